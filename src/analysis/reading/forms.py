"""The plain digits that a numeral's glyphs may stand for, by the damage that leaves a mark on them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations, product

from analysis.reading.glyphs import ONE, Numeral

_ONE = re.compile(ONE)
_GROUPED = re.compile(r"\d{1,3}( \d{3})+(\.\d+)?")  # as GB/T 15835 groups thousands
_INTEGER = re.compile(r"\d{1,3}(?:,\d{0,3}){0,3}|\d+")
_LONGEST = 40  # glyphs; more are no number


@dataclass(frozen=True)
class Form:
    """A plain decimal number, perhaps with masks, at a power of ten; and the damage assumed."""

    digits: str
    scale: int
    damage: tuple[str, ...] = ()

    @property
    def masked(self) -> bool:
        return "x" in self.digits or "*" in self.digits

    def damaged(self, *damage: str) -> Form:
        return replace(self, damage=(*self.damage, *damage))


def forms(numeral: Numeral, unit: str) -> list[Form]:
    """The forms of a numeral as a figure in `unit`, the likeliest first; none if unreadable."""
    if numeral.sign:
        return [f.damaged("dollar-for-yuan") for f in forms(replace(numeral, sign=""), unit)]
    glyphs, scale = numeral.glyphs, numeral.scale
    if not glyphs or len(glyphs) > _LONGEST:
        return []
    if numeral.spelled:
        return [Form(glyphs, scale)]
    if numeral.chinese:
        return _chinese_forms(glyphs, scale)
    if numeral.zeros_lost and _INTEGER.fullmatch(glyphs):
        return _zeros_restored(glyphs, scale)
    return _english_forms(glyphs, scale, unit)


def _english_forms(glyphs: str, scale: int, unit: str) -> list[Form]:
    damage: tuple[str, ...] = ()
    if "+" in glyphs:
        glyphs, damage = _ONE.sub("1", glyphs).lstrip(" ,."), ("one-artefact",)
    if not glyphs or "+" in glyphs:
        return []
    if ". " in glyphs:
        damage = (*damage, "gap")
    groups = glyphs.replace(". ", ".").split(" ")
    if len(groups) == 1:
        return _single(groups[0], scale, damage, unit)
    return _of_groups(groups, scale, damage, unit)


def _of_groups(groups: list[str], scale: int, damage: tuple[str, ...], unit: str) -> list[Form]:
    """Groups apart: before a spelled-out 10,000 or 100 million, before a 10, or one number."""
    if scale == 6 and groups[-1] == "100":
        return _spelled(groups[:-1], 8, damage)
    if not scale and groups[-1] in ("10,000", "10000"):
        return _spelled(groups[:-1], 4, damage)
    if not scale and re.fullmatch(r"1[0,]+", groups[-1]):
        return _ended(groups, damage)
    return _joined(groups, scale, damage, unit)


def _zeros_restored(glyphs: str, scale: int) -> list[Form]:
    """The numbers that lost zeros: groups of three have them back; a first group seldom had any."""
    head, *groups = glyphs.split(",")
    if not groups:
        return [
            Form(digits, scale, ("zeros-deleted",) * (1 + len(digits) - len(head)))
            for size in range(len(head), 4)
            for digits in _filled(head, size)
            if digits[0] != "0"
        ]
    heads = [h for size in range(len(head), 4) for h in _filled(head, size) if h[0] != "0"]
    forms = [
        Form("".join(parts), scale, ("comma-zeros-lost", *["zeros-lost"] * (len(parts[0]) - len(head))))
        for parts in product(heads, *(_filled(group, 3) for group in groups))
    ]
    return [*forms, Form(head, scale, ("zeros-lost",))] if not any(groups) else forms


def _filled(digits: str, size: int) -> list[str]:
    """The numbers of so many digits that are these without their zeros: 41 is 410, 401 or 041."""
    out = []
    for places in combinations(range(size), len(digits)):
        given = dict(zip(places, digits, strict=True))
        out.append("".join(given.get(i, "0") for i in range(size)))
    return out


def _spelled(groups: list[str], scale: int, damage: tuple[str, ...]) -> list[Form]:
    """`23 1` before a spelled-out 10,000: the point before a last 1 may be lost or moved."""
    if len(groups) == 1:
        return [*_single(groups[0], scale, damage), *_swallowed(groups[0], scale, damage)]
    if len(groups) > 2:
        return []
    head, tail = groups[0].replace(",", ""), groups[1].replace(",", "")
    if not re.fullmatch(r"\d+(\.\d+)?", head) or not tail.isdigit():
        return []
    if "." in head:
        return [Form(head + tail, scale, (*damage, "gap"))]
    joined = Form(head + tail, scale, (*damage, "digits-joined"))
    forms = [joined]
    if "1" in (head, tail):
        forms.append(Form(f"{head}.{tail}", scale, (*damage, "point-lost")))
    if moved := _point_moved(head, tail):
        forms.append(Form(moved, scale, (*damage, "point-moved")))
    return [*forms, *(Form(joined.digits, scale + up, joined.damage).damaged("zeros-lost") for up in (1, 2))]


def _point_moved(head: str, tail: str) -> str:
    """Where the point stood before it moved or took a zero with it: `90 1` was 9.01."""
    if len(head) == 1:
        return f"0.{head}{tail}"
    if head.endswith("0"):
        return f"{head[:-1]}.0{tail}"
    return f"{head[0]}.{head[1:]}{tail}" if tail == "1" else ""


def _ended(groups: list[str], damage: tuple[str, ...]) -> list[Form]:
    """`23 10` is 2310, or 231 of 10,000 that lost its zeros; `5 1000` is 51,000 either way."""
    head, tail = "".join(groups[:-1]).replace(",", ""), groups[-1].replace(",", "")
    if not head.isdigit() or len(tail) > 4 or (len(tail) == 4 and len(head) > 2):
        return []
    forms = [Form(head + tail, 0, (*damage, "gap"))]
    if groups[-2:] == ["1", "1000"] and len(groups) > 2:  # one 1 printed twice
        forms.append(Form(head + tail[1:], 0, (*damage, "gap", "residue")))
    if len(tail) < 4 and "," not in groups[0]:
        forms.append(Form(head + "1", 4, (*damage, "gap", "zeros-lost")))
    return forms


def _swallowed(head: str, scale: int, damage: tuple[str, ...]) -> list[Form]:
    """`7 10,000` may be 7 of 10,000, or the 1 of 71 run into what is left of its 10,000."""
    if not re.fullmatch(r"[1-9]\d?", head):
        return []
    lost = (*damage, "gap", "ten-thousand-zeros")
    return [Form(f"{head}1", scale, lost), Form(f"{head}.1", scale, (*lost, "point-lost"))]


def _joined(groups: list[str], scale: int, damage: tuple[str, ...], unit: str) -> list[Form]:
    joined = "".join(groups)
    forms = []
    if joined.count(".") <= 1:
        forms = [Form(f.digits, f.scale, (*f.damage, "gap")) for f in _single(joined, scale, damage)]
    if groups[0] == "1" and len(groups) == 2:
        stray = "residue" if unit == "percent" else "stray-digit"
        forms += [Form(f.digits, f.scale, (*f.damage, stray)) for f in _single(groups[1], scale, damage)]
    if len(groups) == 2 and "." not in joined and "," not in joined and (scale or len(joined) < 4):
        forms.append(Form(f"{groups[0]}.{groups[1]}", scale, (*damage, "point-lost", "residue")))
    return forms


def _single(group: str, scale: int, damage: tuple[str, ...], unit: str = "") -> list[Form]:
    group = group.strip(",")
    if unit == "percent" and re.fullmatch(r"\d{1,3},\d{1,2}", group):  # a comma before decimals
        return [Form(group.replace(",", "."), scale, (*damage, "separator"))]
    if marked := re.fullmatch(r"(\d{1,3}(?:,\d{3})*,000)[1-9]", group):  # the sign of a footnote
        return [Form(marked[1].replace(",", ""), scale, (*damage, "stray-digit"))]
    if group.count(".") == 2 and not group.startswith("."):
        return _two_points(group.replace(",", ""), scale, damage)
    plain = group.replace(",", "")
    if not re.fullmatch(r"[\dx*]*\.?[\dx*]+", plain):
        return []
    if re.search(r"[x*]", plain):
        return [Form(plain, scale, (*damage, "masked"))]
    well = re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?|\.\d+", group)
    if well and not (damage and "," in group):
        return [Form(plain, scale, damage)]
    return _misplaced_comma(group, plain, scale, damage)


def _two_points(plain: str, scale: int, damage: tuple[str, ...]) -> list[Form]:
    head, middle, tail = plain.split(".")
    return [
        Form(f"{head}.{middle}", 4, (*damage, "two-points")),
        Form(f"{head}.{middle}{tail}", scale, (*damage, "two-points", "residue")),
        Form(f"{head}{middle}.{tail}", scale, (*damage, "two-points", "residue")),
    ]


def _misplaced_comma(group: str, plain: str, scale: int, damage: tuple[str, ...]) -> list[Form]:
    """Commas that part no thousands: the sign is wrong, zeros are lost, or there is one too many."""
    forms = [Form(plain, scale, (*damage, "separator"))]
    head, _, last = group.rpartition(",")
    if re.fullmatch(r"\d{1,2}", last) and not scale:
        forms.append(Form(head.replace(",", "") + last.ljust(3, "0"), scale, (*damage, "separator")))
        forms[0] = Form(plain, scale, (*damage, "separator", "zeros-lost"))
    if last == "000" and not scale and (damage or (len(plain) > 4 and plain[-4] == "0")):
        forms.append(Form(plain[:-1], scale, (*damage, "ten-thousand-zeros")))
    return forms


def _chinese_forms(glyphs: str, scale: int) -> list[Form]:
    point = re.sub(r"[,，。．・•](?=[\dloi〇○]{1,2}\Z)", ".", glyphs)
    apart = " " in glyphs and not _GROUPED.fullmatch(glyphs)
    damage: tuple[str, ...] = ("gap",) if apart or point != glyphs else ()
    damage += ("separator",) * ("，" in point)
    plain = re.sub("[,， ]", "", point)
    if re.search(r"[loi〇○]", plain):
        plain, damage = re.sub("[li]", "1", re.sub("[o〇○]", "0", plain)), (*damage, "gap")
    plain = plain.replace("×", "x").rstrip(".")
    damage += ("gap",) * plain.startswith(".")
    if re.search(r"[x*]", plain):
        damage = (*damage, "masked")
    return [Form(plain, scale, damage)] if re.fullmatch(r"[\dx*]*\.?[\dx*]+", plain) else []
