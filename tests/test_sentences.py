"""Labelled sentences, in wordings of many writers, each with all the figures it states."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from analysis.reading import read

HEAD = "Work report of the labor bureau of 2009\n\nI. Work in 2009\nIn 2009 all worked hard.\n"
CASES = yaml.safe_load(Path(__file__).with_name("cases").joinpath("sentences.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:60] for c in CASES])
def test_all_figures_of_a_sentence_and_no_other(case: dict) -> None:
    text = case["text"] if "year" in case else HEAD + case["text"]
    kind = case.get("kind", "bureau-report")
    rows = read(f"{text}\n", region="c", document="d", year=case.get("year", 2009), kind=kind)
    found = {f"{o.indicator} {o.measure} {o.period}": o.value for o in rows.observations}
    expected = dict(figure.rsplit(" ", 1) for figure in case["states"])
    assert {k: None if v is None else float(v) for k, v in found.items()} == {k: float(v) for k, v in expected.items()}
