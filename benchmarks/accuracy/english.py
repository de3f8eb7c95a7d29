"""How machine-translated bureau reports word the figures, several ways each, and filler sentences.

`{jobs.o}` is a slot: short name of `truths.NAMES`, a dot, a short measure (outturn, target,
completion, ceiling). Numbers outside slots state nothing the codebook knows.
"""

from __future__ import annotations

OPENINGS = [
    "I. Main work and results of the year\n",
    "First, the completion of the main objectives and tasks\n",
    "Summary of labor and social security work in {year} and work plan for {next}\n",
    "Over the past year, under the strong leadership of the municipal party committee and the "
    "municipal government, the bureau has achieved the following results.\n",
]

#: one group of variants per topic, by section
EMPLOYMENT = [
    [
        "There were {jobs.o} new jobs in cities and towns, accounting for {jobs.c} of the annual target of {jobs.t};",
        "The city created {jobs.o} new urban jobs, completing {jobs.c} of the target task of {jobs.t} people.",
        "New urban employment reached {jobs.o} people, and the annual target of {jobs.t} was completed by {jobs.c}.",
        "In the whole year, {jobs.o} urban jobs were newly added, {jobs.c} of the goal of "
        "{jobs.t} issued by the province.",
        "The number of newly employed people in urban areas was {jobs.o}, the target being "
        "{jobs.t}, a completion rate of {jobs.c}.",
        "Newly increased urban employment of {jobs.o} people, fulfilling {jobs.c} of the annual plan.",
        "The annual plan for urban new jobs was {jobs.t}; {jobs.o} were actually created, or {jobs.c} of the plan.",
        "We provided {jobs.o} people in cities and towns with new jobs ({jobs.c} of the target).",
    ],
    [
        "{re.o} laid-off and unemployed persons were re-employed, completing {re.c} of the target "
        "of {re.t}, of which {hard.o} were people with employment difficulties such as "
        '"4050", completing {hard.c} of the target of {hard.t};',
        "Re-employment of {re.o} laid-off workers, {re.c} of the target of {re.t}; re-employment "
        "of {hard.o} persons in difficulty, {hard.c} of the target of {hard.t}.",
        '{re.o} laid-off workers and landless farmers found work again, including {hard.o} "4050" personnel;',
        "A total of {re.o} laid-off unemployed people realized reemployment and the target task "
        "of {re.t} was completed {re.c}.",
        "{re.o} unemployed people and {hard.o} people with employment difficulties were helped to "
        "find jobs, {re.c} and {hard.c} of the annual plans.",
    ],
    [
        "at least one member of {zero.o} zero-employment families has been employed;",
        "{zero.o} zero-employment households were helped so that at least 1 person in each "
        "had a job, and zero-employment families were dynamically cleared.",
        "Job assistance was given to {zero.o} zero-employment families.",
    ],
    [
        "The registered urban unemployment rate was {rate.o}, controlled within the target of {rate.l}.",
        "the urban registered unemployment rate is {rate.o}, which is lower than the control target of {rate.l};",
        "Registered unemployment in cities and towns was held at {rate.o}.",
        "At the end of December urban registered unemployment was {rate.o}, against a control figure of {rate.l}.",
        "The registered unemployment rate in urban areas is {rate.o}, effectively controlled within the annual target.",
    ],
    [
        "{retrain.o} people took part in reemployment training, completing {retrain.c} of the "
        "target of {retrain.t}, and the employment rate after training was {placed.o}; {startup.o} "
        "people received entrepreneurship training, with a success rate of {success.o}.",
        "The city organized re-employment training for {retrain.o} people, with an employment rate "
        "of {placed.o} after training, and entrepreneurial training for {startup.o} people, with "
        "an entrepreneurship success rate of {success.o}.",
        "Reemployment training covered {retrain.o} people, {retrain.c} of the annual task; "
        "business start-up training was carried out for {startup.o} people, {startup.c} of the "
        "target of {startup.t}.",
    ],
    [
        "Train {migrants.o} migrant workers and complete {migrants.c} of the target task of {migrants.t};",
        "{migrants.o} migrant workers were trained, {migrants.c} of the target of {migrants.t};",
        "The training of migrant workers reached {migrants.o} person-times, completing {migrants.c} of the target.",
    ],
    [
        "{transfer.o} rural laborers were transferred and exported, fulfilling {transfer.c} of the "
        "target of {transfer.t}, and the labor income was {income.o}, {income.c} of the target of "
        "{income.t}.",
        "The transfer and export of rural labor force was {transfer.o} people, completing "
        "{transfer.c} of the target task of {transfer.t}; labor service income of {income.o} was "
        "realized, completing {income.c} of the target task of {income.t}.",
        "The city exported {transfer.o} rural surplus laborers and earned {income.o} of labor income.",
        "{transfer.o} farmers worked outside as migrant labor under organized transfer, and their "
        "labor income came to {income.o} (target {income.t}, completed {income.c}).",
        "Rural labor transfer amounted to {transfer.o} people and realized labor income "
        "of {income.o}, which were {transfer.c} and {income.c} of the annual targets respectively.",
    ],
    [
        "Small secured loans of {loans.o} were issued (including {personal.o} of personal loans "
        "and {enterprise.o} of loans to labor-intensive enterprises), completing {personal.c} of "
        "the target of {personal.t} for personal loans.",
        "{loans.o} of small guaranteed loans were granted throughout "
        "the year, of which {personal.o} "
        "were loans to individuals and {enterprise.o} were loans for labor-intensive small "
        "enterprises;",
        "Banks lent {loans.o} of small secured loans: {personal.o} to individuals and "
        "{enterprise.o} to labor-intensive enterprises.",
        "Micro-credit: small-amount secured loans totaled {loans.o}, including personal loans of "
        "{personal.o} and labor-intensive enterprise loans of {enterprise.o}.",
    ],
    [
        "Re-employment subsidies for posts, social security, training and job placement of {subsidy.o} were paid.",
        "All kinds of re-employment subsidies allocated amounted to {subsidy.o}.",
    ],
    [
        "Urban new employment, re-employment of laid-off workers and re-employment of people with "
        "difficulties were {jobs.o}, {re.o} and {hard.o} respectively, completing {jobs.c}, {re.c} "
        "and {hard.c} of the annual targets respectively."
    ],
]

INSURANCE_TOTAL = [
    "The premiums of pension, medical care, work-related injury, unemployment and maternity "
    "insurance totaled {f_all.o}, a new high.",
    "The total amount of the five social insurance premiums collected was {f_all.o}, completing "
    "{f_all.c} of the target of {f_all.t}.",
    "In the whole year, five kinds of social insurance funds of {f_all.o} were collected.",
    "The collection of premiums for the five insurances of endowment, medical treatment, "
    "unemployment, industrial injury and maternity reached {f_all.o}.",
]
INSURANCE = {
    "wp": [
        "Among them, the endowment insurance for urban workers covers {i_wp.o} people, and the "
        "collection fund is {f_wp.o};",
        "The basic old-age insurance for urban employees had {i_wp.o} participants and collected {f_wp.o};",
        "{i_wp.o} people participated in the basic pension insurance for urban workers, and the "
        "premiums collected were {f_wp.o};",
        "The number of people insured by urban workers' pension insurance was {i_wp.o}, completing "
        "{i_wp.c} of the target of {i_wp.t}, and the fund collected {f_wp.o}, completing {f_wp.c} "
        "of the target of {f_wp.t};",
    ],
    "ip": [
        "the endowment insurance of government agencies and institutions covers {i_ip.o} people, "
        "and the collection fund is {f_ip.o};",
        "the pension insurance of organs and public institutions had {i_ip.o} participants and collected {f_ip.o};",
        "{i_ip.o} people joined the old-age insurance of government organs and institutions, and "
        "funds of {f_ip.o} were collected;",
    ],
    "un": [
        "unemployment insurance covers {i_un.o} people, and the collection fund is {f_un.o};",
        "the unemployment insurance had {i_un.o} participants and collected {f_un.o};",
        "{i_un.o} people took out unemployment insurance, with {f_un.o} of premiums collected;",
        "there were {i_un.o} people in unemployment insurance ({i_un.c} of the target of {i_un.t}) "
        "and the premiums collected were {f_un.o};",
    ],
    "wm": [
        "medical insurance for urban workers covers {i_wm.o} people, and the collection fund is {f_wm.o};",
        "the basic medical insurance for urban employees had {i_wm.o} participants and collected {f_wm.o};",
        "{i_wm.o} urban workers participated in basic medical insurance and {f_wm.o} was collected;",
    ],
    "rm": [
        "Medical insurance for urban residents covers {i_rm.o} people;",
        "the number of participants in medical insurance for urban residents reached {i_rm.o}, {i_rm.c} of the target;",
        "{i_rm.o} people are enrolled in urban residents' basic medical insurance, and {f_rm.o} of "
        "funds was collected;",
    ],
    "wi": [
        "industrial injury insurance covers {i_wi.o} people, and the collection fund is {f_wi.o};",
        "the work-related injury insurance had {i_wi.o} participants and collected {f_wi.o};",
        "{i_wi.o} people participated in work injury insurance, with funds of {f_wi.o};",
    ],
    "ma": [
        "maternity insurance covers {i_ma.o} people, and the collection fund is {f_ma.o};",
        "the maternity insurance had {i_ma.o} participants and collected {f_ma.o};",
        "{i_ma.o} people were insured for maternity, and the fund collected {f_ma.o};",
    ],
    "np": [
        "The new rural social endowment insurance covers {i_np.o} people, and the fund raised is {f_np.o}.",
        "{i_np.o} farmers were insured by the new rural old-age insurance, and {f_np.o} of premiums was collected.",
        "The new rural social pension insurance has {i_np.o} participants.",
    ],
}
#: the same figures as lists whose header says once what is counted
INSURANCE_LISTS = [
    "People insured at the end of the year: urban workers' pension {i_wp.o}; pension of government "
    "agencies and institutions {i_ip.o}; unemployment {i_un.o}; urban workers' medical {i_wm.o}; "
    "work injury {i_wi.o}; maternity {i_ma.o}. Premiums collected in the year, {f_all.o} in all: "
    "urban workers' pension {f_wp.o}; pension of government agencies and institutions {f_ip.o}; "
    "unemployment {f_un.o}; urban workers' medical {f_wm.o}; work injury {f_wi.o}; maternity "
    "{f_ma.o}.",
    "The five insurances collected {f_all.o}. In detail: pension of urban workers, {i_wp.o} people "
    "and {f_wp.o}; pension of government bodies and institutions, {i_ip.o} people and {f_ip.o}; "
    "unemployment, {i_un.o} people and {f_un.o}; medical care of urban workers, {i_wm.o} people and "
    "{f_wm.o}; work-related injury, {i_wi.o} people and {f_wi.o}; maternity, {i_ma.o} people and "
    "{f_ma.o}.",
    "The numbers of participants in urban workers' pension, unemployment, urban workers' medical, "
    "work-related injury and maternity insurance were {i_wp.o}, {i_un.o}, {i_wm.o}, {i_wi.o} and "
    "{i_ma.o} respectively, and the premiums collected were {f_wp.o}, {f_un.o}, {f_wm.o}, {f_wi.o} "
    "and {f_ma.o} respectively.",
]
RELATIONS = [
    [
        "The number of enterprises covered by collective contracts reached {contracts.o}, and "
        "{contracts.c} of the target of {contracts.t} was completed; {wages.o} enterprises have "
        "established the collective wage negotiation system.",
        "{contracts.o} enterprises signed collective contracts, completing {contracts.c} of the "
        "task of {contracts.t}; collective wage consultation was carried out in {wages.o} "
        "enterprises.",
        "{contracts.o} enterprises are under collective contracts and {wages.o} have wage negotiation agreements.",
        "Collective contracts were concluded in {contracts.o} enterprises and the wage negotiation "
        "system was established in {wages.o} enterprises.",
    ],
    [
        "{inspected.o} employers were inspected, {signed.o} labor contracts were signed, wages and "
        "deposits of {recovered.o} were recovered for {paid.o} workers, {registered.o} employers "
        "were urged to register for social insurance, and {premiums.o} of social insurance "
        "premiums were paid back.",
        "In the whole year we inspected {inspected.o} employing units, re-signed {signed.o} labor "
        "contracts and recovered {recovered.o} of unpaid wages for {paid.o} workers;",
        "Inspectors checked {inspected.o} employers and had {signed.o} labor contracts signed; "
        "{paid.o} workers received {recovered.o} of wages that had been owed to them.",
        "Supervision was carried out on {inspected.o} employers; {signed.o} labor contracts were "
        "supplemented; {paid.o} workers got back wages and deposits of {recovered.o}; "
        "{registered.o} units were urged to handle social insurance registration and back-paid "
        "{premiums.o} of social insurance premiums.",
    ],
    [
        "Throughout the year, {accepted.o} labor dispute cases were "
        "accepted, of which {mediated.o} "
        "were settled through mediation, with a settlement rate of {settled.o}.",
        "The city accepted {accepted.o} cases of labor disputes and {mediated.o} were closed by "
        "mediation; the settlement rate was {settled.o}.",
        "Of the {accepted.o} labor dispute cases accepted, {mediated.o} ended in mediation and the "
        "settlement rate came to {settled.o}.",
        "Labor dispute arbitration: {accepted.o} cases were accepted, {mediated.o} were mediated "
        "and the case settlement rate reached {settled.o}.",
    ],
]
RECONSTRUCTION = [
    [
        "After the adjustment, there are {planned.t} reconstruction projects of employment and "
        "social security service facilities, with a planned investment of {plan_money.t}.",
        "The post-disaster reconstruction plan comprises {planned.t} "
        "service facility projects with "
        "a planned investment of {plan_money.t}.",
    ],
    [
        "Up to now, {started.o} projects have been started and {finished.o} projects have been "
        "completed, with an investment of {money.o}.",
        "By the end of the year, construction had begun on {started.o} projects, {finished.o} had "
        "been completed and an investment of {money.o} had been made.",
    ],
    [
        "Among them, {county.o} county-level comprehensive service centers were started, with an "
        "investment of {county_money.o}; {town.o} township (street) and community service centers "
        "were started and {town_done.o} were completed, with an investment of {town_money.o}; "
        "{system.o} information systems were started and {system_done.o} were completed, with an "
        "investment of {system_money.o}.",
        "Of these, the county-level employment and social security service centers started "
        "{county.o} projects with an investment of {county_money.o}; the township and community "
        "service centers started {town.o} and completed {town_done.o} with an investment of "
        "{town_money.o}; the service information systems started {system.o} and completed "
        "{system_done.o} with an investment of {system_money.o}.",
    ],
]
PILOT = [
    "In the pilot county, there are {pilot_jobs.o} new jobs for urban and rural workers, "
    "{pilot_residents.o} urban and rural residents are insured and {pilot_pension.o} people joined "
    "the new rural insurance."
]

#: sentences a verb was lost from: the target looks like a part
VERB_LOST = {
    "income": "Labor income was {income.o}, {income.c}, including {income.t}.",
    "transfer": "{transfer.o} rural laborers were transferred, {transfer.c}, including {transfer.t}.",
    "migrants": "Migrant workers trained {migrants.o}, {migrants.c}, including {migrants.t};",
    "jobs": "{jobs.o} new urban jobs, {jobs.c}, including {jobs.t}.",
}

FILLER = [
    "The city's GDP reached {n1}.{d} billion yuan, an increase of {n2}.{d}% over the previous year.",
    "{n2} special job fairs were held, {n3} enterprises took part and {n4} posts were offered.",
    "According to document No. {n2} [{year}] of the municipal government, the bureau set up a leading group.",
    "On March {n2}, {year}, the city held a mobilization meeting on employment work.",
    "Pensions of {n3} million yuan were paid on time and in full to {n4} retirees.",
    "Unemployment benefits of {n2}.{d} million yuan were paid to {n3} people.",
    "The 12333 hotline answered {n4} calls from the masses.",
    "{n2} training courses for grass-roots staff were held with {n3} trainees.",
    "The monthly pension of enterprise retirees was raised by {n3} yuan per person.",
    'We carried out the "Spring Breeze Action" and the "{n2} special actions", and issued {n4} leaflets.',
    "{n3} technicians obtained national vocational qualification certificates.",
    "The medical insurance fund paid {n3}.{d} million yuan for the treatment of {n4} patients.",
    "The construction of {n2} kilometers of roads to the industrial park was completed.",
    "Article {n2} of the Labor Contract Law was publicized in {n3} enterprises.",
    "{n2} units were rated as advanced collectives and {n3} comrades were commended.",
    "We must further emancipate our minds, strengthen services and improve our style of work.",
    "The service window handled business for {n4} person-times.",
    "The balance of the pension fund at the end of the year was {n3} million yuan.",
]
