"""The index over all regions, years and notebooks: one static page with its data inside.

Rows are made by a script as they come into view, so that thousands of region-years stay quick,
and the page opens from a file as well as from a server.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analysis import codebook
from analysis.codebook.status import OPEN, STRONG
from analysis.pages import assets, fonts, reliability
from analysis.pages.beside import MARK
from analysis.pages.gathered import GLANCE, Folder, Region, Year, pages, region
from analysis.pages.ways import Way, page_href, page_name
from analysis.system import project
from analysis.system.saving import write_atomic
from analysis.writing import words

_YEAR = re.compile(r"\d{4}\Z")
_PLAIN = 600  # pages listed for readers without scripts; of more, the folders are named
#: A page opened as a file looks for this beside the index, and says that it is alone without it.
HERE = "here.svg"


def write_index(root: Path) -> Path:
    """Write `reports/index.html`, and one for every other language that has pages.

    Returns
    -------
    Path
        of the English index.
    """
    root = Path(root)
    regions = [region(root, name) for name in project.regions(root)]
    found = pages(root / "reports")
    languages = {language for named in found.values() for _, language in named}
    for language in sorted(languages | {"en"}):
        here = {folder: sorted(name for name, spoken in named if spoken == language) for folder, named in found.items()}
        html = _html(root, regions, here, language, languages)
        write_atomic(root / "reports" / f"{_index(language)}.html", html)
    write_atomic(root / "reports" / HERE, MARK)
    return root / "reports" / "index.html"


def _index(language: str) -> str:
    return "index" if language == "en" else f"index.{language}"


def _html(
    root: Path, regions: Sequence[Region], here: Mapping[Folder, list[str]], language: str, languages: Iterable[str]
) -> str:
    """The index in one language."""
    say = assets.texts("index", language)
    data = _data(root, regions, here, language)
    still: Counter[bool] = sum((region.settled for region in regions), Counter())
    summary = say["summary"].format(
        regions=f"{len(regions):,}",
        documents=f"{sum(len(r.documents) for r in regions):,}",
        settled=words.number(still[True], language),
        open=words.number(still[False], language),
    )
    tongues = [
        Way(f"{_index(other)}.html", assets.texts("page", other)["tongue"], other)
        for other in sorted({*languages, "en"} - {language})
    ]
    many = sum(map(len, here.values())) > _PLAIN
    meaning, reliable = _meaning(language), reliability.told(language)
    return assets.fill(
        "index.html.j2",
        say=say,
        lang="zh-Hans" if language == "zh" else "en",
        csp=assets.policy("index.js"),
        style=Markup(
            assets.read("style.css")
            + fonts.faces(f"{tongues}{summary}{meaning}{reliable}{say}{_shown(data)}", language)
        ),
        meaning=meaning + words.word("phrases/stop", language),
        summary=summary,
        reliable=reliable,
        languages=tongues,
        across=_links((), here, language),
        plain=[
            (" ".join([words.region_name(folder[0], language, root), *folder[1:]]), _links(folder, here, language))
            for folder in sorted(here)
            if folder and here[folder] and not many
        ],
        data=Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")),
        script=Markup(assets.read("index.js")),
    )


def _meaning(language: str) -> str:
    """What settled and open mean, with the statuses that each is made of."""
    names = {
        key: words.listing([words.word(f"statuses/{each}", language) for each in of], language)
        for key, of in (("settled", STRONG), ("open", OPEN))
    }
    return assets.texts("index", language)["meaning"].format(**names)


def _data(root: Path, regions: Sequence[Region], here: Mapping[Folder, list[str]], language: str) -> dict[str, Any]:
    """What the script makes its rows from: names once, and figures that point to them."""
    names = sorted({name for named in here.values() for name in named})
    kinds = sorted({document[5:] for region in regions for document in region.documents})
    indicators, sections = _indicators(regions)
    listed = _Listed(root, names, kinds, indicators)
    return {
        "language": language,
        "suffix": "" if language == "en" else f".{language}",
        "say": assets.texts("index", language),
        "pages": [[name, page_name(name, language), _sought(name)] for name in names],
        "kinds": [words.kind_name(kind, language) for kind in kinds],
        "sections": [words.word(f"sections/{section}", language) for section in sections],
        "indicators": [_indicator(id_, sections, language) for id_ in indicators],
        "glance": [words.label(indicator, language) for indicator in GLANCE],
        "regions": [listed.region(region, here, language) for region in regions],
    }


def _indicators(regions: Sequence[Region]) -> tuple[list[str], list[str]]:
    """The indicators that regions have figures of, and their sections, in the codebook's order."""
    known = {i for region in regions for year in region.years.values() for i in year.indicators}
    stated = [each for each in codebook.load().indicators.values() if each.id in known]
    return [each.id for each in stated], list(dict.fromkeys(each.section for each in stated))


def _shown(data: Mapping[str, Any]) -> str:
    """The names that the script shows; not those that something is only found by."""
    listed = (("regions", 1), ("pages", 1), ("indicators", 0))
    names = [str(entry[at]) for key, at in listed for entry in data[key]]
    return "".join([*names, *data["kinds"], *data["sections"], *data["glance"]])


def _sought(name: str) -> str:
    """What a page is found by: its names in all languages."""
    return " ".join([name, *(page_name(name, each) for each in words.languages())]).lower()


def _indicator(id_: str, sections: Sequence[str], language: str) -> list[Any]:
    """Label, place of its section, and what it is found by: its names in all languages."""
    each = [name(id_, spoken) for spoken in words.languages() for name in (words.label, words.full_name)]
    section = sections.index(codebook.load().indicators[id_].section)
    return [words.full_name(id_, language), section, " ".join([id_, *dict.fromkeys(each)]).lower()]


class _Listed:
    """Regions as the script reads them, names as places in the lists of all."""

    def __init__(self, root: Path, names: list[str], kinds: list[str], indicators: list[str]) -> None:
        self.root = root
        self.names = {name: n for n, name in enumerate(names)}
        self.kinds = {kind: n for n, kind in enumerate(kinds)}
        self.indicators = {indicator: n for n, indicator in enumerate(indicators)}

    def region(self, region: Region, here: Mapping[Folder, list[str]], language: str) -> list[Any]:
        """Id, name, years, own pages, settled, open, trends, and what it is found by."""
        paged = {int(f[1]) for f in here if len(f) == 2 and f[0] == region.id and _YEAR.match(f[1])}
        years = [
            self.year(year, region.years.get(year, Year()), here.get((region.id, str(year)), ()))
            for year in sorted({*region.years, *paged}, reverse=True)
        ]
        own = [self.names[name] for name in here.get((region.id,), ())]
        sought = [region.id, *(words.region_name(region.id, each, self.root) for each in words.languages())]
        name = words.region_name(region.id, language, self.root)
        return [
            region.id,
            name,
            years,
            own,
            region.settled[True],
            region.settled[False],
            *region.trends,
            " ".join(dict.fromkeys(sought)).lower(),
        ]

    def year(self, year: int, entry: Year, named: Iterable[str]) -> list[Any]:
        """Year, settled, open, documents, pages, indicators."""
        documents = [[int(d[:4]), self.kinds[d[5:]]] for d in sorted(entry.documents)]
        known = sorted(self.indicators[i] for i in entry.indicators if i in self.indicators)
        return [year, entry.settled[True], entry.settled[False], documents, [self.names[name] for name in named], known]


def _links(folder: Folder, here: Mapping[Folder, list[str]], language: str) -> list[Way]:
    """The pages of a folder."""
    return [Way(page_href([*folder, name], language), page_name(name, language)) for name in here.get(folder, [])]
