"""Joint inference: what is proven, what is only likely, what stays open."""

import math
import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook import load
from analysis.codebook.notes import Code, note
from analysis.reading import Decision, Observation, judge, parse, read, reconcile

CORPUS = Path(__file__).parent / "corpus"


def observations(text: str, year: int = 2010, **options) -> list[Observation]:
    """What is made of a text whose links and years are beyond doubt."""
    parsed = parse(text, year=year, kind="bureau-report")
    sure = [(replace(s, margin=math.inf, notes=s.notes if not s.sure else ()), n) for s, n in parsed.stated]
    given = {"others": (), "decisions": (), "codebook": load()} | options
    return judge(replace(parsed, stated=sure), "r", "d", **given).observations


def observe(text: str, year: int = 2010, **options) -> dict[tuple[str, str], Observation]:
    found = observations(text, year, **options)
    return {(o.indicator.split(".")[1], o.measure): o for o in found}


FUNDS = (
    "Social insurance premiums of five types totaled {total}. The endowment insurance for urban workers covers "
    "300,000 people, and the collection fund is 1.12 billion yuan; Unemployment insurance covers 120,000 people, "
    "and the collection fund is {unemployment}; Medical insurance for urban workers covers 310,000 people, and the "
    "collection fund is 402 million yuan; Work injury insurance covers 90,000 people, and the collection fund is "
    "27 million yuan; Maternity insurance covers 80,000 people, and the collection fund is {maternity}."
)


def test_a_damaged_total_is_repaired_by_its_parts() -> None:
    seen = observe(
        FUNDS.format(total="654.38+60.34 billion yuan", unemployment="48.1 million yuan", maternity="6.3 million yuan")
    )
    assert seen["total", "outturn"].status in ("repaired", "plausible", "range", "conflict")
    seen = observe(
        FUNDS.format(total="654.38+60.34 million yuan", unemployment="48.1 million yuan", maternity="6.3 million yuan")
    )
    total = seen["total", "outturn"]
    assert (total.status, total.value) == ("repaired", Decimal(1603400000))
    assert "five-insurances-add-up" in total.basis.split()


def test_a_sum_with_two_terms_repaired_proves_neither() -> None:
    seen = observe(
        FUNDS.format(total="654.38+60.34 million yuan", unemployment="48 1 million yuan", maternity="6.3 million yuan")
    )
    for name in ("total", "unemployment"):
        assert seen[name, "outturn"].status not in ("repaired", "confirmed")


def test_two_way_tie_is_plausible_not_repaired() -> None:
    seen = observe(
        FUNDS.format(total="1.6007 billion yuan", unemployment="4 7 10,000 yuan", maternity="0.4 7 100 million yuan")
    )
    for name in ("unemployment", "maternity"):
        assert seen[name, "outturn"].status not in ("repaired", "confirmed")


def test_a_transposed_target_is_repaired_by_its_completion() -> None:
    seen = observe(
        "Small secured loans to individuals: personal loans of 64.38 million yuan were issued, and 238 of "
        "the target tasks of personal loans 20.70 million yuan were completed."
    )
    target = seen["small_loans_personal", "target"]
    assert (target.value, target.status) == (Decimal(27000000), "repaired")
    assert target.runner_up == Decimal(20700000)


def test_a_figure_printed_again_is_held_by_the_readings_of_its_first_print() -> None:
    said = "The unemployment insurance: target 190,000, actual 197,yuan (105."
    seen = observe(f"{said}{said}9 million yuan.")
    assert seen["unemployment", "target"].value == Decimal(190000)


def test_a_broken_sum_is_a_conflict_of_all_its_terms() -> None:
    seen = observe(
        "Small secured loans of 61 million yuan were issued (including personal loans of 33 million yuan "
        "and loans from labor-intensive enterprises of 21 million yuan)."
    )
    assert {o.status for o in seen.values()} == {"conflict"}
    assert seen["small_loans", "outturn"].low == Decimal(54000000)


def test_a_masked_figure_is_a_range_until_another_document_prints_it() -> None:
    text = "4xx new jobs were created in cities and towns, which is 131 of the target of 33,000."
    alone = observe(text)["new_urban_jobs", "outturn"]
    assert (alone.status, alone.value, alone.low, alone.high) == ("range", None, Decimal(40000), Decimal(49999))
    other = replace(
        alone, document="e", status="printed", value=Decimal(43200), low=Decimal(43150), high=Decimal(43250)
    )
    seen = observe(text, others=[other])["new_urban_jobs", "outturn"]
    assert (seen.status, seen.value) == ("plausible", Decimal(43200))
    assert "same-figure:e" in seen.basis.split()


def test_another_document_that_disagrees_makes_a_conflict() -> None:
    text = "43,200 new urban jobs were created."
    own = observe(text)["new_urban_jobs", "outturn"]
    other = replace(own, document="e", value=Decimal(51000), low=Decimal(50500), high=Decimal(51500))
    assert observe(text, others=[other])["new_urban_jobs", "outturn"].status == "conflict"


def test_a_decision_wins_and_is_marked() -> None:
    text = "Medical insurance for urban residents covers 44 1 10,000 people."
    assert observe(text)["urban_resident_medical", "outturn"].status == "range"
    decision = Decision(
        "insured.urban_resident_medical", "outturn", "2010", Decimal(441000), "li", "yearbook", "44 1 10,000"
    )
    decided = observe(text, decisions=[decision])["urban_resident_medical", "outturn"]
    assert (decided.value, decided.status) == (Decimal(441000), "decided")
    assert "decision:li" in decided.basis.split()
    assert note(Code.DECIDED, who="li", why="yearbook") in decided.notes


def test_a_decision_made_on_another_print_is_not_applied() -> None:
    decision = Decision("employment.new_urban_jobs", "outturn", "2010", Decimal(1), "li", "x", "9,999")
    report = read(
        "43,200 new urban jobs were created.",
        region="r",
        document="d",
        year=2010,
        kind="bureau-report",
        decisions=[decision],
    )
    assert report.observations[0].value == Decimal(43200)


def clean_report(rng: random.Random) -> tuple[str, dict[tuple[str, str], Decimal]]:
    target = rng.randrange(20, 60) * 1000
    result = target + rng.randrange(100, 9000)
    personal, enterprise = (Decimal(rng.randrange(2001, 8999)) / 100, Decimal(rng.randrange(501, 1999)) / 100)
    text = (
        f"{result:,} new urban jobs were created, completing {result / target * 100:.1f}% of the annual target of "
        f"{target:,}. Small secured loans of {personal + enterprise} million yuan were issued (including personal "
        f"loans of {personal} million yuan and loans from labor-intensive enterprises of {enterprise} million yuan)."
    )
    return text, {
        ("new_urban_jobs", "outturn"): Decimal(result),
        ("new_urban_jobs", "target"): Decimal(target),
        ("small_loans", "outturn"): (personal + enterprise) * 10**6,
        ("small_loans_personal", "outturn"): personal * 10**6,
    }


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_consistent_input_comes_back_unchanged(seed: int) -> None:
    text, truth = clean_report(random.Random(seed))
    seen = observe(text)
    assert {k: seen[k].value for k in truth} == truth
    assert {o.status for o in seen.values()} <= {"confirmed", "printed"}
    assert seen["new_urban_jobs", "completion"].status == "confirmed"


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.randoms())
def test_the_order_of_the_rules_does_not_matter(seed: int, shuffler: random.Random) -> None:
    text, _ = clean_report(random.Random(seed))
    text = text.replace(" new urban", "0 new urban", 1) if seed % 2 else text.replace("million", "billion", 1)
    book = load()
    rules = list(book.rules.items())
    shuffler.shuffle(rules)
    assert observe(text) == observe(text, codebook=replace(book, rules=dict(rules)))


@pytest.mark.parametrize("kind", ["bureau-report", "government-report"])
@settings(max_examples=150)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_whatever_gives_a_table(kind: str, noise: str) -> None:
    text = (
        f"城镇新增就业3.{noise}2万人，完成目标的{noise}110%；Unemployment insurance covers {noise} 12.4 million people"
    )
    for sample in (noise, text):
        report = read(sample, region="r", document="d", year=2010, kind=kind)
        assert len(report.numerals) >= len(report.observations)


SCHEMES = {  # insured, target, premiums in millions of yuan
    "endowment insurance for urban workers": (68_300, 67_000, 312),
    "medical insurance for urban workers": (81_700, 80_000, 104),
    "unemployment insurance": (59_000, 58_500, 21),
    "work injury insurance": (48_300, 46_000, 7),
    "maternity insurance": (31_700, 30_000, 3),
}


def test_a_report_whose_figures_all_hang_together_is_settled_whole() -> None:
    said = [
        f"The {name} covers {insured / 10_000:.2f} million people, completing {insured / target:.1%} of the "
        f"target of {target:,} people, and the collection fund is {fund} million yuan"
        for name, (insured, target, fund) in SCHEMES.items()
    ]
    total = sum(fund for _, _, fund in SCHEMES.values())
    text = f"Social insurance premiums of five types totaled {total} million yuan. {'; '.join(said)}."
    stated = observations(text, 2008)
    assert {o.value for o in stated if o.measure == "outturn"} == {
        *(Decimal(insured) for insured, _, _ in SCHEMES.values()),
        *(Decimal(fund * 10**6) for _, _, fund in SCHEMES.values()),
        Decimal(total * 10**6),
    }
    assert {o.status for o in stated} <= {"confirmed", "repaired", "printed"}


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*-labor-bureau-report.txt"))[::6])
def test_folded_figures_come_out_as_searched_ones_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    year = int(path.stem.split("-")[1])
    monkeypatch.setattr(reconcile, "LIMIT", 10**6)
    found = []
    for few in (0, 10**6):
        monkeypatch.setattr(reconcile, "FEW", few)
        found.append(observe(path.read_text("utf-8"), year=year))
    assert found[0] == found[1]


def test_a_figure_printed_twice_with_other_digits_is_a_conflict_not_a_repair() -> None:
    text = "全年城镇登记失业率3.94%。年末，全市城镇登记失业率为3.49%。"
    stated = read(text, region="r", document="d", year=2011, kind="bureau-report").observations
    assert [(o.status, o.printed) for o in stated] == [("conflict", "3.94%"), ("conflict", "3.49%")]
