"""Everything sentences can name, by key: figures of a page and what follows from them."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from analysis import measures
from analysis.codebook.notes import Code, decode
from analysis.codebook.status import SET, Fate, Status, settled
from analysis.tables.figures import years_of
from analysis.writing import past, words
from analysis.writing.notebook import Page
from analysis.writing.words import Row

Facts = Mapping[str, Row]
_MAIN = "employment.new_urban_jobs"  # whose targets the trends count
_PARTS = 3  # of a total that is drawn
_RATE = "employment.registered_unemployment_rate"  # and whose ceilings


def legible(row: Row) -> bool:
    """Whether anything is known of a figure's size."""
    return any(pd.notna(row[column]) for column in ("value", "low", "high"))


@lru_cache(maxsize=4)
def facts(page: Page) -> Facts:
    """Everything sentences can name, by key: figures of the page and what follows from them."""
    if page.years[0] != page.years[1]:
        return _spanning(page)
    known: dict[str, Row] = {}
    results, targets = (page.rows[page.rows["measure"] == m] for m in ("outturn", "target"))
    for table in (
        page.rows,
        ratios(page),
        measures.ratio(results, targets, ["year", "indicator"], "computed", "percent", 100),
        measures.implied(page.rows),
        measures.growth(page.panel),
        measures.per_head(page.rows),
    ):
        known |= {f"{row['indicator']}:{row['measure']}": row for row in table.to_dict("records")}
    for row in measures.completion(page.rows).to_dict("records"):
        if row["agrees"] is False:
            known[f"{row['indicator']}:disagrees"] = known[f"{row['indicator']}:completion"]
    known |= _rivals(page) | _aims(page) | _sums(page) | _extremes(page) | _counts(page) | past.flows(page)
    known |= past.of_funds(page, _ends_of) | past.long_series(page) | _of_population(page)
    return known | past.over_time(page, known)


def ratios(page: Page) -> pd.DataFrame:
    """The ratios listed in `words.yaml`, year by year."""
    ids = page.rows["indicator"] + ":" + page.rows["measure"]
    tables: list[pd.DataFrame] = []
    for ratio in words.lexicon()["ratios"]:
        over, under = (page.rows[ids == ratio[side]] for side in ("over", "under"))
        if tables and (over.empty or under.empty):
            continue
        name = ratio["name"].split(":")[1]
        tables.append(measures.ratio(over, under, ["year"], name, ratio["unit"], ratio["scale"]))
    return pd.concat([table for table in tables if len(table)] or tables[:1])


def _rivals(page: Page) -> dict[str, Row]:
    """`<indicator>:other_target` where another document prints another target."""
    known: dict[str, Row] = {}
    noted = page.rows.reindex(columns=[*page.rows.columns.union(["note_code"])])
    for row in noted[noted["measure"] == "target"].fillna({"note_code": ""}).to_dict("records"):
        for note in decode(row["note_code"]):
            if note.code == Code.OTHER_TARGET:
                said = dict(note.fields)
                value = float(said["value"])
                other = {"value": value, "low": value, "high": value, "document": said["document"]}
                known[f"{row['indicator']}:other_target"] = {**row, **other}
    return known


def _aims(page: Page) -> dict[str, Row]:
    """How many targets of a section have a rate, computed or printed (`count.<section>.compared`), and of these how
    many were met for certain (`.met`) or perhaps (`.unsure`)."""
    table = measures.completion(page.rows)
    low, high = (table[f"computed_{end}"].fillna(table[f"completion_{end}"]) for end in ("low", "high"))
    known: dict[str, Row] = {}
    for section, at in table[low.notna()].groupby(table["indicator"].str.split(".").str[0]).groups.items():
        counts = {
            "compared": len(at),
            "met": low[at].ge(100).sum(),
            "unsure": (low[at].lt(100) & ~high[at].lt(100)).sum(),
        }
        known |= {f"count.{section}.{name}": words.count_of(int(count)) for name, count in counts.items()}
    return known


def _sums(page: Page) -> dict[str, Row]:
    """For totals with parts `<total>:sum`, and `:apart` or `:adds_up` as the rule is broken or holds.

    And `:parts`, how many are known, where these are enough to be drawn beside the total.
    """
    known: dict[str, Row] = {}
    results = set(page.rows.loc[page.rows["measure"].eq("outturn"), "indicator"])
    for rule in measures.sums(page.edits, page.year).to_dict("records"):
        parts = len(results.intersection(rule["parts"]))
        if rule["total"] in results and parts >= _PARTS:
            known[f"{rule['total']}:parts"] = words.count_of(parts)
        for figure in measures.totals(page.rows, rule["parts"]).to_dict("records"):
            known[f"{rule['total']}:sum"] = figure
            if rule["holds"] is not None:
                known[f"{rule['total']}:{'adds_up' if rule['holds'] else 'apart'}"] = figure
    return known


def _extremes(page: Page) -> dict[str, Row]:
    """Largest and smallest scheme, and how many there are."""
    known: dict[str, Row] = {}
    for name, table in (
        ("insured", measures.single(measures.insured(page.rows))),
        ("fund", measures.funds(page.rows)),
        ("per_head", measures.per_head(page.rows)),
    ):
        known |= _ends_of(name, table)
        settled_ones = table[table["value"].notna()]
        if len(settled_ones) < len(table):  # what is certain of those known to a number
            known |= _ends_of(f"{name}.known", settled_ones)
        read = table[measures.bounds(table)["low"].notna()]
        known[f"count.{name}"] = words.count_of(len(read))
        if len(read) == 1:
            known[f"{name}.only"] = read.iloc[0].to_dict()
    if "fund.top" in known:
        share = measures.shares(page.rows, "fund.total", [known["fund.top"]["indicator"]])
        for row in share.to_dict("records"):
            known["fund.top:share"] = row
    return known


def _ends_of(name: str, table: pd.DataFrame) -> dict[str, Row]:
    """Top and bottom of a table of figures, where the intervals leave no doubt which they are."""
    table = measures.bounds(table).dropna(subset="low")
    known: dict[str, Row] = {}
    for at, row in table.iterrows() if len(table) > 1 else ():
        others = table.drop(index=at)
        if (row["low"] >= others["high"]).all():
            known[f"{name}.top"] = row.to_dict()
        if (row["high"] <= others["low"]).all():
            known[f"{name}.bottom"] = row.to_dict()
    return known


def _of_population(page: Page) -> dict[str, Row]:
    """`insured.<scheme>:of_population` where the population of that very year is known."""
    people = page.people.get((page.region, page.year))
    if people is None:
        return {}
    there = {(page.region, page.year): people}
    shares = measures.per_inhabitants(measures.insured(page.rows), there, "of_population", "percent", 100)
    found = {f"{row['indicator']}:of_population": row for row in shares.to_dict("records")}
    return found | {"count.people": words.count_of(people)}


def _counts(page: Page) -> dict[str, Row]:
    """How many figures, by how sure they are; rules; numerals."""
    status = page.stated["status"].astype(str)
    firm = int(status.map(settled).sum())
    holds = page.edits.get("holds", pd.Series(dtype=object))
    figure = page.numerals.get("fate", pd.Series(dtype=str)).eq(Fate.OBSERVATION)
    period = page.numerals.loc[figure, "period"].map(years_of)
    here = int(period.map(lambda p: p[0] <= page.year and p[1] >= page.years[0]).sum())
    counts = {
        "all": len(status),
        "firm": firm,
        "open": len(status) - firm,
        "conflict": int(status.eq(Status.CONFLICT).sum()),
        "unreadable": int(status.eq(Status.UNREADABLE).sum()),
        "rules": int(holds.isin([True, False]).sum()),
        "broken": int(holds.eq(False).sum()),
        "numerals": len(page.numerals),
        "here": here,
        "other_years": int(figure.sum()) - here,
        "none": int((~figure).sum()),
    }
    return {f"count.{name}": words.count_of(value) for name, value in counts.items()}


def _spanning(page: Page) -> Facts:
    """Facts over several years: first, last, highest and lowest of each series."""
    known: dict[str, Row] = {}
    rows = pd.concat([page.rows, ratios(page)]).fillna({"sources": ""})
    rows = rows[rows["value"].notna()].sort_values("year", kind="stable")
    for row in rows.to_dict("records"):
        key = f"{row['indicator']}:{row['measure']}"
        known.setdefault(f"{key}:first", row)
        known[f"{key}:last"] = row
        if row["bound"]:
            continue  # "at most 4" is no extreme
        for name, beats in (("highest", operator.gt), ("lowest", operator.lt)):
            best = known.setdefault(f"{key}:{name}", row)
            if beats(row["value"], best["value"]):
                known[f"{key}:{name}"] = row
    heads = measures.against_the_law(page.rows)
    grown = measures.change(heads[heads["indicator"].str.startswith("fund_income.")])
    known |= {} if page.indicator else _ends_of("grown", grown)
    table = measures.completion(page.rows)
    jobs = table[(table["indicator"] == _MAIN) & table["computed"].notna()]
    rates = table[(table["indicator"] == _RATE) & table["outturn"].notna() & table["ceiling"].notna()]
    main = page.rows[page.rows["indicator"] == _MAIN]
    results = main["measure"].eq("outturn")
    counts = {
        "points": int((results | main["measure"].isin(SET) & main["value"].notna()).sum()),
        "compared": len(jobs),
        "met": int((jobs["computed_low"] >= 100).sum()),
        "limited": len(rates),
        "within": int((rates["outturn"] <= rates["ceiling"]).sum()),
        "regions": page.rows.loc[page.rows["measure"].eq("outturn"), "region"].nunique(),
    }
    over, under = (page.rows[page.rows["measure"] == m] for m in ("outturn", "target"))
    shares = measures.ratio(over, under, ["year", "indicator"], "computed", "percent", 100)
    long = shares.groupby("region")["year"].nunique() >= past.POINTS
    drawn = page.rows[page.rows["measure"].eq("outturn") & page.rows["low"].notna()].sort_values("year", kind="stable")
    places = [rows for _, rows in drawn.groupby("region") if rows["year"].nunique() >= past.POINTS]
    grown = sum(rows["low"].iloc[-1] > rows["high"].iloc[0] for rows in places)
    known["count.compared"] = words.count_of(int(long.sum()))
    known |= {"count.drawn": words.count_of(len(places)), "count.grown": words.count_of(int(grown))}
    known |= {
        f"{indicator}:{measure}:years": words.count_of(len(group))
        for (indicator, measure), group in rows.groupby(["indicator", "measure"])
    }
    if page.indicator:
        heads = measures.per_thousand(page.rows, page.people)
        known |= _ends_of("per_thousand", heads)
        known["count.per_thousand"] = words.count_of(len(heads)) | {"year": heads["year"].max()}
    known |= past.streak(page) | past.long_series(page) | past.contradicted(page)
    return known | {f"trend.{n}": words.count_of(value) for n, value in counts.items()}
