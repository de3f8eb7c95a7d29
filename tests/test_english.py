"""English sentences in wordings of many translators, each with all the figures it states."""

from __future__ import annotations

import pytest

from analysis.reading import read

HEAD = "Work report of the labor bureau of 2009\n\nI. Work in 2009\nIn 2009 all worked hard.\n"
SENTENCES = {
    (
        "V. Work plan for 2010\nUrban workers' pension 205,000; medical insurance of "
        "workers 222,000; unemployment 93,000; industrial injury 88,000; five premiums "
        "1.5 billion yuan."
    ): (
        "insured.urban_worker_pension target 2010 205000; insured.urban_worker_medical "
        "target 2010 222000; insured.unemployment target 2010 93000; insured.work_injury "
        "target 2010 88000; fund.total target 2010 1500000000"
    ),
    ("(3) Jobless insurance. Insured 76,000, premium 12.8 million yuan."): (
        "insured.unemployment outturn 2009 76000; fund.unemployment outturn 2009 12800000"
    ),
    ("The number of people insured for unemployment rose from 90,000 to 95,000."): (
        "insured.unemployment outturn 2009 95000"
    ),
    ("Entrepreneurship training: assignment of 1,000, actually 1,120, being 112%."): (
        "employment.entrepreneurship_training target 2009 1000; "
        "employment.entrepreneurship_training outturn 2009 1120; "
        "employment.entrepreneurship_training completion 2009 112"
    ),
    ("5,600 people were trained for re-employment and 720 in entrepreneurship."): (
        "employment.reemployment_training outturn 2009 5600; "
        "employment.entrepreneurship_training outturn 2009 720"
    ),
    ("The registered unemployment rate was 3.9%, 4.5% being the limit set."): (
        "employment.registered_unemployment_rate outturn 2009 3.9; "
        "employment.registered_unemployment_rate ceiling 2009 4.5"
    ),
    (
        "New jobs and re-employment reached 23,000 and 9,000, completing 103% and 110% of "
        "the target respectively."
    ): (
        "employment.new_urban_jobs outturn 2009 23000; employment.reemployed outturn 2009 "
        "9000; employment.new_urban_jobs completion 2009 103; employment.reemployed "
        "completion 2009 110"
    ),
    (
        "Medical subsidies for urban residents were 80 yuan per person per year, and "
        "150,000 residents took part in the medical insurance for urban residents."
    ): ("insured.urban_resident_medical outturn 2009 150000"),
    (
        "Social insurance benefits totaled 420 million yuan: pension 300 million yuan, "
        "medical 110 million yuan and unemployment 10 million yuan."
    ): (""),
    (
        "Basic pensions of 33,000 retirees totaling 450 million yuan were paid in full and on time."
    ): (""),
    ("Unemployment benefits of 4.5 million yuan were granted to 2,300 people."): (""),
    (
        "Coverage: pension 120,000 (target 118,000), unemployment 65,000 (64,000), "
        "maternity 30,000 (29,000)."
    ): (
        "insured.urban_worker_pension outturn 2009 120000; insured.urban_worker_pension "
        "target 2009 118000; insured.unemployment outturn 2009 65000; insured.maternity "
        "outturn 2009 30000"
    ),
    (
        "In the whole year, the city realized 26,800 newly increased employed people in "
        "cities and towns, which is 107.2% of the target of 25,000 people set by the "
        "province."
    ): (
        "employment.new_urban_jobs outturn 2009 26800; employment.new_urban_jobs "
        "completion 2009 107.2; employment.new_urban_jobs target 2009 25000"
    ),
    ('9,640 laid-off workers found jobs again (of which the "4050" personnel 2,890).'): (
        "employment.reemployed outturn 2009 9640; employment.reemployed_4050 outturn 2009 2890"
    ),
    ("All 126 registered zero-employment families achieved dynamic clearing."): (
        "employment.zero_employment_families outturn 2009 126"
    ),
    (
        "The number of people insured in basic pension, unemployment, basic medical care, "
        "work injury and maternity reached 214,000, 118,000, 236,000, 132,000 and 87,000, "
        "up 5%, 3%, 7%, 9% and 4%."
    ): (
        "insured.urban_worker_pension outturn 2009 214000; insured.unemployment outturn "
        "2009 118000; insured.urban_worker_medical outturn 2009 236000; "
        "insured.work_injury outturn 2009 132000; insured.maternity outturn 2009 87000"
    ),
    (
        "Premium income was 640 million yuan for pension, 21 million yuan for "
        "unemployment and 310 million yuan for medical insurance."
    ): (
        "fund.urban_worker_pension outturn 2009 640000000; fund.unemployment outturn 2009 "
        "21000000; fund.urban_worker_medical outturn 2009 310000000"
    ),
    ("Pensions of 33,400 retirees were raised by 120 yuan per month, and all were paid in full."): (
        ""
    ),
    ("The unemployment insurance fund paid 5.6 million yuan to 2,140 unemployed people."): (""),
    ("Medical expenses of 180 million yuan were reimbursed for 12,400 inpatients."): (""),
    (
        "In total 1,820 employers of various types were supervised and inspected, 9,400 "
        "labor contracts were supplemented, wages and deposits of 12.6 million yuan were "
        "recovered for 4,300 workers, 56 employers were urged to register for social "
        "insurance and 3.1 million yuan of premiums was paid back."
    ): (
        "relations.employers_inspected outturn 2009 1820; relations.contracts_signed "
        "outturn 2009 9400; relations.wages_recovered outturn 2009 12600000; "
        "relations.workers_paid_back outturn 2009 4300; relations.employers_registered "
        "outturn 2009 56; relations.premiums_recovered outturn 2009 3100000"
    ),
    (
        "In 2010 we will strive to reach 220,000 insured in pension, 120,000 in "
        "unemployment, 240,000 in medical care, 135,000 in work injury and 90,000 in "
        "maternity insurance, and to collect premiums of 1.1 billion yuan."
    ): (
        "insured.urban_worker_pension target 2010 220000; insured.unemployment target "
        "2010 120000; insured.urban_worker_medical target 2010 240000; "
        "insured.work_injury target 2010 135000; insured.maternity target 2010 90000; "
        "fund.total target 2010 1100000000"
    ),
    (
        "The target of five insurance premiums was 960 million yuan and 1.02 billion yuan "
        "was actually collected, 106.3 per cent of the target."
    ): (
        "fund.total target 2009 960000000; fund.total outturn 2009 1020000000; fund.total "
        "completion 2009 106.3"
    ),
    (
        "By the end of December, the city had 31,260 newly employed people in towns, "
        "exceeding the yearly task of 30,000."
    ): (
        "employment.new_urban_jobs outturn 2009 31260; employment.new_urban_jobs target 2009 30000"
    ),
    (
        "There were 12,100 laid-off and unemployed workers re-employed, of whom 3,300 "
        "were in difficulty."
    ): ("employment.reemployed outturn 2009 12100; employment.reemployed_4050 outturn 2009 3300"),
    (
        "The employment rate after training reached 78%, and the entrepreneurship success rate 41%."
    ): (
        "employment.post_training_employment_rate outturn 2009 78; "
        "employment.entrepreneurship_success_rate outturn 2009 41"
    ),
    ("Allocated re-employment funds of 9.7 million yuan and small loans of 32 million yuan."): (
        "employment.subsidies outturn 2009 9700000; employment.small_loans outturn 2009 32000000"
    ),
    (
        "Pension insurance 201,000 people, unemployment insurance 99,000 people, medical "
        "insurance 221,000 people (excluding residents), work injury insurance 90,000 "
        "people, maternity insurance 61,000 people."
    ): (
        "insured.urban_worker_pension outturn 2009 201000; insured.unemployment outturn "
        "2009 99000; insured.urban_worker_medical outturn 2009 221000; "
        "insured.work_injury outturn 2009 90000; insured.maternity outturn 2009 61000"
    ),
    (
        "61,000 female workers were covered by maternity insurance and 90,000 workers by "
        "work-related injury insurance, of which 30,000 migrant workers."
    ): ("insured.maternity outturn 2009 61000; insured.work_injury outturn 2009 90000"),
    (
        "Cleared back 14 million yuan of pension arrears, and paid 480 million yuan of "
        "pensions to 31,000 retirees on time."
    ): (""),
    (
        "The minimum wage was raised to 620 yuan per month, and the unemployment benefit "
        "to 434 yuan."
    ): (""),
    (
        "We supervised 830 enterprises to sign collective contracts, and 410 enterprises "
        "to implement collective wage negotiation."
    ): (
        "relations.collective_contract_enterprises outturn 2009 830; "
        "relations.wage_negotiation_enterprises outturn 2009 410"
    ),
    ("The signing rate of labor contracts was 97%, and that of collective contracts 82%."): (
        "relations.contract_rate outturn 2009 97"
    ),
    (
        "Next year we will add 32,000 new jobs in cities and towns, realize the "
        "re-employment of 12,000 laid-off people (including 3,300 people with "
        "difficulties) and control the urban registered unemployment rate within 4.3%."
    ): (
        "employment.new_urban_jobs target 2010 32000; employment.reemployed target 2010 "
        "12000; employment.reemployed_4050 target 2010 3300; "
        "employment.registered_unemployment_rate ceiling 2010 4.3"
    ),
    (
        "Employment and reemployment. The city's 21,340 new urban jobs equal 106.7% of "
        "the yearly target; 7,050 jobless people are back at work (target 6,500); 1,980 "
        "of them belong to groups hard to place."
    ): (
        "employment.new_urban_jobs outturn 2009 21340; employment.new_urban_jobs "
        "completion 2009 106.7; employment.reemployed outturn 2009 7050; "
        "employment.reemployed target 2009 6500; employment.reemployed_4050 outturn 2009 "
        "1980"
    ),
    ("311,000 rural workers found employment outside agriculture and earned 2.4 billion yuan."): (
        "employment.labor_transfer outturn 2009 311000; employment.labor_income outturn "
        "2009 2400000000"
    ),
    (
        "The five funds took in 611 million yuan, 103.2% of the planned 592 million yuan, "
        "and paid out 498 million yuan."
    ): (
        "fund.total outturn 2009 611000000; fund.total completion 2009 103.2; fund.total "
        "target 2009 592000000"
    ),
    (
        "Income of the funds (million yuan): pension of enterprises 402; unemployment "
        "12.2; medical of workers 168; work injury 6.6; maternity 3.1; total 611."
    ): (
        "fund.urban_worker_pension outturn 2009 402000000; fund.unemployment outturn 2009 "
        "12200000; fund.urban_worker_medical outturn 2009 168000000; fund.work_injury "
        "outturn 2009 6600000; fund.maternity outturn 2009 3100000; fund.total outturn "
        "2009 611000000"
    ),
    (
        "Expenditure of the funds (million yuan): pension of enterprises 351; "
        "unemployment 4.2; medical of workers 139."
    ): (
        "fund_expenditure.urban_worker_pension outturn 2009 351000000; "
        "fund_expenditure.unemployment outturn 2009 4200000; "
        "fund_expenditure.urban_worker_medical outturn 2009 139000000"
    ),
    ("402 labor dispute cases were accepted and 389 closed, the closing rate being 96.8%."): (
        "relations.disputes_accepted outturn 2009 402; relations.settlement_rate outturn 2009 96.8"
    ),
}


@pytest.mark.parametrize(("sentence", "stated"), SENTENCES.items())
def test_all_figures_of_a_sentence_and_no_other(sentence: str, stated: str) -> None:
    rows = read(f"{HEAD}{sentence}\n", region="c", document="d", year=2009, kind="bureau-report")
    found = {f"{o.indicator} {o.measure} {o.period}": o.value for o in rows.observations}
    expected = dict(figure.rsplit(" ", 1) for figure in stated.split("; ") if figure)
    assert {k: None if v is None else float(v) for k, v in found.items()} == {
        k: float(v) for k, v in expected.items()
    }
