"""The closed vocabulary: one order, one line between settled and open, words in every language."""

from __future__ import annotations

import string
from decimal import Decimal
from pathlib import Path

import pytest

from analysis import codebook, reading
from analysis.codebook.model import UNITS
from analysis.codebook.notes import Code, decode, encode, note
from analysis.codebook.status import OPEN, STRONG, Fate, Measure, Status, rank, settled, weakest
from analysis.writing import reasons, words

CASES = Path(__file__).parent / "cases" / "passages"
VOCABULARY = {
    "statuses": Status,
    "status_help": Status,
    "measures": Measure,
    "fates": Fate,
    "units": UNITS,
    "notes": Code,
}


@pytest.mark.parametrize("section", VOCABULARY)
def test_every_word_of_the_vocabulary_has_its_text_in_every_language(section):
    texts = words.lexicon()[section]
    for word in VOCABULARY[section]:
        assert set(words.languages()) <= texts[word].keys(), f"{section}/{word}"
        assert all(texts[word][language] for language in words.languages())


def test_every_kind_of_damage_has_its_text_in_every_language():
    book = codebook.load()
    assert set(book.says) == set(book.damage)
    assert all(set(words.languages()) == said.keys() for said in book.says.values())


def test_a_note_says_the_same_fields_in_every_language():
    for code, texts in words.lexicon()["notes"].items():
        slots = [{f for _, f, _, _ in string.Formatter().parse(t) if f} for t in texts.values()]
        assert all(s == slots[0] for s in slots), code


def test_a_note_comes_back_from_its_cell_as_it_was():
    notes = (
        note(Code.CANDIDATES, values=(Decimal("66100"), Decimal("6.61E+6"))),
        note(Code.SAID, text='"quoted"; 引用, {braces}'),
        note(Code.ABOUT),
    )
    assert decode(encode(notes)) == notes
    assert decode("") == () and encode(()) == ""
    assert reasons.noted(notes[:1], "en") == "candidates: 66,100 or 6,610,000"
    with pytest.raises(ValueError, match="holds no notes"):
        decode("about")


def test_what_is_settled_is_what_can_be_used_unread():
    assert [s for s in Status if settled(s)] == list(STRONG)
    assert [s for s in Status if not settled(s)] == list(OPEN)
    with pytest.raises(ValueError, match="certain"):
        settled("certain")


def test_a_figure_computed_from_others_is_as_weak_as_the_weakest():
    assert weakest(["printed", "conflict", "confirmed"]) == "conflict"
    assert rank("confirmed") < rank("decided") < rank("printed") < rank("repaired")


def test_every_number_of_real_texts_meets_a_known_fate():
    fates = set()
    for path in sorted(CASES.glob("*.txt"))[::4]:
        parsed = reading.parse(path.read_text("utf-8"), year=2012, kind="government-report")
        fates |= {row.fate for row in parsed.numerals}
    assert fates <= set(Fate) and len(fates) > 8
