"""What there is, as tables: regions with their codes, indicators with their units."""

import pytest

from analysis import codebook
from analysis.desk import catalog
from analysis.system.errors import InputError
from processed import FIGURES, project


def test_regions_have_the_names_and_codes_of_the_places_file(tmp_path):
    project(tmp_path, region="northshire")
    project(tmp_path, FIGURES[:2], year=2011, region="south-shire")
    (tmp_path / "data/places.csv").write_text(
        "id,name,name_zh,code,level,parent\nnorthshire,North Shire,北县,010203,county,shire\n", "utf-8"
    )
    table = catalog.regions("zh", root=tmp_path).set_index("region")
    assert table.loc["northshire", ["name", "code", "level"]].tolist() == ["北县", "010203", "county"]
    assert table.loc["south-shire", "name"] == "South Shire"
    assert [*catalog.regions("en", root=tmp_path).set_index("region")] == [*table], "a name in one language"
    assert table.loc["south-shire", ["first_year", "last_year", "figures"]].tolist() == [2011, 2011, 2]
    assert table.loc["northshire", "settled"] < table.loc["northshire", "figures"]


def test_regions_need_no_file_of_places(tmp_path):
    assert catalog.regions(root=project(tmp_path))["name"].tolist() == ["Testshire"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_indicator_has_label_unit_and_the_rules_it_enters(language):
    table = catalog.indicators(language).set_index("indicator")
    assert list(table.index) == list(codebook.load().indicators)
    assert table[["label", "name", "unit", "measures", "stata"]].ne("").all(axis=None)
    assert "=" in table.loc["employment.small_loans", "identities"]
    assert "employment." not in "".join(table["identities"])


def test_a_language_without_words_is_refused():
    with pytest.raises(InputError, match="there are en, zh"):
        catalog.indicators("fr")
