"""The codebook refuses what it does not know; its words as patterns; its rules."""

import re
import shutil
from pathlib import Path

import pytest

from analysis import codebook as codebooks
from analysis.codebook import expressions
from analysis.codebook.phrases import phrase
from analysis.codebook.reader import FOLDER
from analysis.system.errors import InputError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in FOLDER.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def change(path: Path, old: str, new: str) -> int:
    """Puts `new` where `old` stands first; the line of it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1 + new.count("\n", 0, len(new.rstrip()))


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("indicators.yaml", "    about: ", "    abuot: ", "unknown key 'abuot'; is 'about' meant?"),
        ("indicators.yaml", "    unit: people", "    unit: persons", "unknown unit 'persons'"),
        ("indicators.yaml", "    stata: fund_total", "    stata: fund.total", "use a-z, 0-9 and _"),
        ("indicators.yaml", "    stata: fund_total", "    stata: ins_maternity", "name of insured.mat"),
        ("indicators.yaml", "    section: emp", "    section: empl", "unknown section"),
        ("indicators.yaml", "    about: reemployed\n", "    about: reemploid\n", "is 'reemployed'"),
        ("indicators.yaml", "    facet: insured", "    facet: insure", "unknown facet 'insure'"),
        ("indicators.yaml", "    context: pilot", "    context: pilots", "unknown context"),
        ("indicators.yaml", "    measures: [outturn]", "    measures: [guess]", "measure 'guess'"),
        ("indicators.yaml", "    measures: [outturn]", "    measures: outturn", "needs a list"),
        ("indicators.yaml", "    typical: [", "    typical: [7, ", "two numbers"),
        ("indicators.yaml", "    typical: [", "    typical: [20] #", "two numbers"),
        ("indicators.yaml", "    typical: [", "    typical: [9, 3] #", "the second the larger"),
        ("indicators.yaml", "    typical: [", "    typical: 20-50 #", "needs a list"),
        ("indicators.yaml", "    typical: [", "    typical: [few, many] #", "needs a number"),
        ("indicators.yaml", "    typical: {nation:", "    typical: {land:", "key 'land'"),
        ("indicators.yaml", "    years: [null, 2017]", "    years: [null, soon]", "two years"),
        ("indicators.yaml", "    years: [null, 2017]", "    years: 2017", "needs a list"),
        ("indicators.yaml", "    years: [2018, null]", "    years: [2018, 2009]", "later one last"),
        ("indicators.yaml", "    about: enterprise-pension", "    about: anterprise-pension", "unknown about 'anter"),
        ("meanings.yaml", "  medical:\n", "  medicall:\n", "is 'medical' meant?"),
        ("members.yaml", "    basic-pension: urban-worker-pension", "    basic-pension: workers", "subject"),
        (
            "totals.yaml",
            "    - [urban-worker-medical, resident-medical]\n",
            "    - [urban-worker-medical, residents]\n",
            "subject",
        ),
        ("members.yaml", "  member-workers:\n", "  member-worker:\n", "is 'member-workers' meant?"),
        ("meanings.yaml", "    urban-worker-pension: [", "    worker-pension: [", "unknown key"),
        ("indicators.yaml", "indicators:\n", "indicator:\n", "unknown key 'indicator'"),
        ("rules.yaml", "    kind: hard", "    kind: stern", "unknown kind 'stern'"),
        ("rules.yaml", "    kind: hard", "    kinds: hard", "unknown key 'kinds'"),
        ("rules.yaml", "    rule: fund.total ==", "    rule: fund.all ==", "indicator `fund.all`"),
        ("rules.yaml", "    optional: [fund.", "    optional: [fond.", "is no term of it"),
        ("rules.yaml", "rules:\n", "rules: [\n", "not YAML"),
        ("rules.yaml", "    rule: fund_surplus.each", "    rule: fund_profit.each", "fund_profit"),
        ("rules.yaml", "    years: [2012, null]", "    years: [2012]", "two years"),
        ("series.yaml", "    2010: 36539", "    2010: much", "needs a number"),
        ("series.yaml", "    2010: 36539", "    yearly: 36539", "needs a year"),
        ("damage.yaml", "rate: 0.6", "rate: 6", "between 0 and 1"),
        ("damage.yaml", "says: {en:", "says: {fr:", "unknown key 'fr'"),
        ("plans.yaml", "plans:\n", "plans:\n  sixteenth: soon\n", "needs a number"),
        ("pieces.en.yaml", "  workers: '", "  workers: '<fond>", "unknown piece <fond>"),
        ("pieces.en.yaml", "  workers: '", "  workers: '<workers>", "holds itself"),
        ("subjects.en.yaml", "    - '<pension>", "    - '<fond>", "unknown piece <fond>"),
        ("subjects.en.yaml", "    - '<pension>", "    - '((<pension>", "cannot read"),
        ("subjects.en.yaml", "    - '<pension>", "    - '<pension>*", "in brackets"),
        ("subjects.zh.yaml", "  maternity:\n", "  maternity: 生育\n  births:\n", "needs a list"),
        ("subjects.zh.yaml", "  maternity:\n", "  work-injury:\n", "stands there twice"),
        ("facets.zh.yaml", "    not:\n", "    nott:\n", "unknown key 'nott'; is 'not' meant?"),
        ("facets.en.yaml", "    words:\n", "    words: covered\n    only:\n", "needs a list"),
        ("contexts.en.yaml", "    only: bureau-report", "    only: leaflet", "kind of report"),
    ],
)
def test_what_the_codebook_does_not_know_is_refused_with_file_and_line(
    folder: Path, file: str, old: str, new: str, says: str
) -> None:
    lines = change(folder / file, old, new)
    with pytest.raises(InputError) as error:
        codebooks.load(folder)
    assert re.match(rf"{re.escape(file)}:(\d+): ", str(error.value)), error.value
    assert says in str(error.value)
    named = int(str(error.value).split(":")[1])
    assert abs(named - lines) <= 3


def test_what_an_indicator_needs_is_named_where_it_is_missing(folder: Path) -> None:
    change(folder / "indicators.yaml", "    unit: people\n", "")
    with pytest.raises(InputError, match=r"indicators\.yaml:7: indicators pilot\.new_jobs: needs `unit:`"):
        codebooks.load(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "facets.zh.yaml").unlink()
    with pytest.raises(InputError, match=r"facets\.zh\.yaml: cannot be opened"):
        codebooks.load(folder)


def about(subject: str, facet: str, year: int) -> set[str]:
    """The indicators that a subject's words name in a year."""
    stated = codebooks.load().in_year(year)
    return {i.id for i in stated if i.about == subject and i.facet == facet}


@pytest.mark.parametrize(
    ("subject", "facet", "before", "since", "year"),
    [
        ("basic-pension", "insured", "urban_worker_pension", "basic_pension", 2012),
        ("enterprise-pension", "income", "urban_worker_pension", "enterprise_pension", 2014),
        ("urban-basic-medical", "balance", "urban_worker_medical", "basic_medical", 2007),
        ("resident-medical-bare", "insured", "urban_resident_medical", "resident_medical", 2017),
    ],
)
def test_words_name_the_scheme_they_meant_in_the_year(
    subject: str, facet: str, before: str, since: str, year: int
) -> None:
    part = {"insured": "insured", "income": "fund_income", "balance": "fund_balance"}[facet]
    assert about(subject, facet, year - 1) == {f"{part}.{before}"}
    assert about(subject, facet, year) == {f"{part}.{since}"}


def test_what_is_no_more_or_not_yet_is_not_among_the_indicators_of_a_year() -> None:
    assert about("five-insurances", "income", 2017) and not about("five-insurances", "income", 2018)
    assert about("three-insurances", "income", 2018) and not about("three-insurances", "income", 2017)


def test_an_indicator_of_two_subjects_comes_once_with_each() -> None:
    named = [i.about for i in codebooks.load().in_year(2017) if i.id == "fund.urban_worker_pension"]
    assert sorted(named) == ["enterprise-pension", "urban-worker-pension"]


def test_typical_levels_follow_the_kind_of_place() -> None:
    jobs = codebooks.load().indicators["employment.new_urban_jobs"]
    high = [jobs.typical_at(level)[1] for level in codebooks.LEVELS]
    assert high == sorted(high, reverse=True)
    rate = codebooks.load().indicators["employment.registered_unemployment_rate"]
    assert rate.typical_at("nation") == rate.typical_at("county") == (0.5, 10)
    assert codebooks.load().indicators["relations.contracts_signed"].typical_at("city") is None


@pytest.mark.parametrize("level", codebooks.LEVELS)
def test_every_typical_level_of_a_larger_place_is_larger(level: str) -> None:
    for indicator in codebooks.load().indicators.values():
        if found := indicator.typical_at(level):
            nation = indicator.typical_at("nation")
            assert nation and found[0] <= nation[0] and found[1] <= nation[1], indicator.id


KNOWN, SERIES = ("a.b", "a.c", "a.d"), ("wage",)


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("a.b == a.x", "unknown indicator `a.x`"),
        ("a.b ==", "cannot be read"),
        ("a.b + a.c", "needs =="),
        ("a.b < a.c", "needs =="),
        ("a.b == a.b", "itself"),
        ("a.b == open('x')", "open('x')"),
        ("a.b == a.c ** 2", "is not a figure"),
        ("a.b.goal == a.c", "unknown measure in `a.b.goal`"),
        ("each == a.c", "`each` is not a figure"),
        ("a.b <= wages", "`wages` is not a figure"),
    ],
)
def test_a_rule_of_unknown_terms_is_refused(rule: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        expressions.check(rule, KNOWN, SERIES)


def test_optional_terms_leave_something_to_compare() -> None:
    expressions.check("a.b == a.c + a.d", KNOWN, SERIES, ("a.d",))
    with pytest.raises(ValueError, match="nothing is left"):
        expressions.check("a.b == a.c + a.d", KNOWN, SERIES, ("a.c", "a.d"))


def test_a_rule_over_a_kind_holds_for_every_name_its_kinds_have() -> None:
    rules = codebooks.load().rules
    ids = [id_ for id_ in rules if id_.startswith("premiums-within-income:")]
    assert "premiums-within-income:unemployment" in ids
    assert "premiums-within-income:total" not in ids  # no income goes by that name
    assert rules["premiums-within-income:unemployment"].rule == ("fund.unemployment <= fund_income.unemployment")


def test_every_phrase_of_the_codebook_is_a_pattern() -> None:
    book = codebooks.load()
    for kind in (book.subjects, book.facets, book.contexts):
        for words in kind.values():
            for of_language in words.values():
                for found in (*of_language.patterns, *of_language.barred):
                    assert found[1].compiled


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        ("<scheme> fund", "the old-age fund", "old-age fund"),
        ("insured … persons", "insured in all persons", "insured in all persons"),
        ("insured … persons", "insured 300 persons", None),
        ("insured # persons", "insured 300 persons", "insured 300 persons"),
        ("new jobs?", "renew jobs", None),
        ("~参保", "参保", "参保"),
    ],
)
def test_a_phrase_matches_as_it_is_written(written: str, text: str, found: str | None) -> None:
    match = phrase(written, {"scheme": "(old-age|rural)"})[1].search(text)
    assert (match[0] if match else None) == found


@pytest.mark.parametrize(
    ("written", "text"), [("(new|added) (urban )?jobs", "added jobs"), ("城镇(实现)?新增就业", "城镇实现新增就业")]
)
def test_every_match_holds_the_strings_a_phrase_needs(written: str, text: str) -> None:
    needs, pattern, _ = phrase(written, {})
    assert needs and pattern.search(text)
    assert all(any(literal in text for literal in need) for need in needs)


def test_every_indicator_is_defined_in_both_languages_by_somebody() -> None:
    book = codebooks.load()
    for id_ in book.indicators:
        parts = book.definition(id_)
        assert parts and all(part.en and part.zh and part.by for part in parts), id_


def test_an_authority_is_cited_by_its_year_or_number_and_its_chinese_title() -> None:
    dated = re.compile(r"\b(19|20)\d\d\b|annual|Yearbook|survey|as the reports use it")
    titled = re.compile("《.+》|依报告用法")
    authorities = [who for definition in codebooks.load().definitions.values() for who in definition.by]
    assert authorities and all(dated.search(who["en"]) and titled.search(who["zh"]) for who in authorities)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_indicator_of_reports_has_words_in_both_languages(language: str) -> None:
    book = codebooks.load()
    of_reports = [each for each in book.indicators.values() if each.about]
    unnamed = [i.id for i in of_reports if not any(language in book.subjects[name] for name in (i.about, *i.others))]
    assert of_reports and not unnamed


def test_a_definition_of_nothing_known_is_refused_with_its_line(folder: Path) -> None:
    path = folder / "definitions.yaml"
    text = path.read_text("utf-8").replace("  work_injury:\n", "  work_injry:\n")
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"definitions.yaml:\d+: .*work_injry.*'work_injury'"):
        codebooks.load(folder)
