"""The damage channel: patterns met in machine-translated and scanned reports, one per function.

Each pattern takes a figure and a random source and returns the damaged print (with its unit
words), or None where it does not apply. Weights are near the counts of each pattern among the
damaged figures of a translated bureau report of 2009, less for those that apply to any figure
(drawn again where a pattern does not apply), so that shares come out as they are in that report.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from decimal import Decimal

from .truths import WAN, YI, Figure

Damage = Callable[[Figure, random.Random], "str | None"]


def commas(value: Decimal) -> str:
    return f"{value:,f}".rstrip("0").rstrip(".") if value % 1 else f"{int(value):,}"


def english(figure: Figure) -> str:
    """The figure as a clean translation prints it."""
    if figure.unit == "percent":
        return f"{figure.digits}%"
    if figure.unit == "yuan":
        return f"{english_money(figure)} yuan"
    if figure.scale == 1:
        return commas(figure.value) if figure.value >= 2500 else figure.digits
    return commas(figure.value)


def english_money(figure: Figure) -> str:
    billions = figure.value / 1_000_000_000
    if billions >= 1:
        return f"{billions.normalize():f} billion"
    if figure.value >= 1_000_000:
        return f"{(figure.value / 1_000_000).normalize():f} million"
    return commas(figure.value)


CHINESE_UNITS = {
    "people": "人",
    "households": "户",
    "enterprises": "户",
    "employers": "户",
    "contracts": "份",
    "cases": "件",
    "projects": "个",
    "yuan": "元",
    "percent": "%",
}


def chinese(figure: Figure) -> str:
    scale = {WAN: "万", YI: "亿"}.get(figure.scale, "")
    return f"{figure.digits}{scale}{CHINESE_UNITS[figure.unit]}"


def _tail(figure: Figure) -> str:
    return " yuan" if figure.unit == "yuan" else ""


def _millions(figure: Figure) -> str:
    return " million yuan" if figure.unit == "yuan" else ""


# -- patterns of translated English -------------------------------------------------------------


def artefact(figure: Figure, rng: random.Random) -> str | None:
    """A 1 printed as 654.38+0, the 0 or the point at times misplaced."""
    text = english(figure)
    ones = [m.start() for m in re.finditer("1", text)]
    if not ones or figure.unit == "percent":
        return None
    at = rng.choice(ones)
    one = rng.choice(("654.38+0", "654.38+0", "6543.8+0", "65438+0"))
    head, rest = text[:at], text[at + 1 :]
    if rest[:1] == "0" and rng.random() < 0.4:
        one = one[:-1]
    return f"{head}{one}{rest.removeprefix(',') if rng.random() < 0.3 else rest}"


def gap(figure: Figure, rng: random.Random) -> str | None:
    """A space beside a 1 or after a point."""
    text = english(figure)
    places = [
        m.start()
        for m in re.finditer(
            r"(?<=[0-9])(?=1)|(?<=1)(?=[0-9])|(?<=,)(?=1)"
            r"|(?<=[0-9]\.)(?=1)",
            text,
        )
    ]
    if not places:
        return None
    at = rng.choice(places)
    return f"{text[:at].rstrip(',')} {text[at:]}"


def point_before_one(figure: Figure, rng: random.Random) -> str | None:
    """23.1万 → `23 1 10,000`, 8.01万 → `80 1 10,000`, 2.41亿 → `2.4 1 100 million`."""
    if figure.scale == 1 or not figure.digits.endswith("1") or "." not in figure.digits:
        return None
    if figure.scale == YI:
        return f"{figure.digits[:-1].rstrip('.')} 1 100 million{_tail(figure)}"
    return f"{figure.digits[:-1].replace('.', '').lstrip('0')} 1 10,000{_tail(figure)}"


def wan_as_million(figure: Figure, rng: random.Random) -> str | None:
    return f"{figure.digits} million{_tail(figure)}" if figure.scale == WAN and ("." in figure.digits) else None


def yi_as_billion(figure: Figure, rng: random.Random) -> str | None:
    """121.97亿 → `121.97 billion`; 7.7471亿 → `7.7471 million`."""
    if figure.scale != YI:
        return None
    return f"{figure.digits} {rng.choice(('billion', 'billion', 'million'))}{_tail(figure)}"


def zeros_run_in(figure: Figure, rng: random.Random) -> str | None:
    """13.9万 → `1390,000`."""
    if figure.scale != WAN or not re.fullmatch(r"[0-9]+\.[0-9]", figure.digits):
        return None
    return f"{figure.digits.replace('.', '').lstrip('0')}0,000{_tail(figure)}"


def separator_lost(figure: Figure, rng: random.Random) -> str | None:
    """58,120,000 → `58120,000`."""
    if figure.unit == "percent" or figure.value < 10_000 or figure.value % 1:
        return None
    plain = str(int(figure.value))
    if len(plain) > 7 and figure.unit == "yuan" and len(plain) > 9:
        return None
    return f"{plain[:-3]},{plain[-3:]}{_tail(figure)}"


def zeros_lost(figure: Figure, rng: random.Random) -> str | None:
    """54,000 → `54,00` or `54,`."""
    if figure.unit == "percent" or figure.value < 10_000 or figure.value % 1000 or (figure.value > 10_000_000):
        return None
    text = commas(figure.value)
    return text[:-1] + _tail(figure) if rng.random() < 0.7 else text[:-3] + _tail(figure)


def transposed(figure: Figure, rng: random.Random) -> str | None:
    """2.7285 → `2.2785`; 18.00 → `10.80`."""
    text = english(figure)
    pairs = [
        i
        for i in range(len(text) - 1)
        if text[i].isdigit() and text[i + 1].isdigit() and text[i] != text[i + 1] and (i or text[i + 1] != "0")
    ]
    if not pairs:
        return None
    i = rng.choice(pairs)
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def percent_lost(figure: Figure, rng: random.Random) -> str | None:
    return figure.digits if figure.unit == "percent" else None


def factor(figure: Figure, rng: random.Random) -> str | None:
    if figure.measure != "c":
        return None
    return f"{(figure.value / 100).normalize():f}"


def glued(figure: Figure, rng: random.Random) -> str | None:
    """No space before the number (the renderer takes the space away)."""
    return "\b" + english(figure)


def residue(figure: Figure, rng: random.Random) -> str | None:
    return f"1 {figure.digits}%" if figure.measure == "c" else None


def two_points(figure: Figure, rng: random.Random) -> str | None:
    if figure.scale != WAN or not re.fullmatch(r"[0-9]{1,3}\.[0-9]", figure.digits):
        return None
    return f"{figure.digits}.10 million{_tail(figure)}"


def masked(figure: Figure, rng: random.Random) -> str | None:
    if figure.unit == "percent":
        whole, _, decimals = figure.digits.partition(".")
        return f"{whole[0]}*.{decimals}%" if len(whole) == 2 and decimals else None
    if figure.unit == "yuan":
        whole, _, rest = (
            english(figure).partition(".")
            if "." in english(figure)
            else (*english(figure).split(" ")[:1], "", " ".join(english(figure).split(" ")[1:]))
        )
        if not whole.isdigit() or len(whole) < 2:
            return None
        point = "." if "." in english(figure) else " "
        return f"{whole[0]}{'x' * (len(whole) - 1)}{point}{rest}"
    if figure.scale == WAN:
        return figure.digits[0] + "xx"
    if figure.scale != 1 or len(figure.digits) not in (3, 4):
        return None
    return figure.digits[0] + "x" * (len(figure.digits) - 1)


def missing(figure: Figure, rng: random.Random) -> str | None:
    """The number is lost before its unit."""
    unit = {"percent": "\b%", "yuan": "yuan"}
    return unit.get(figure.unit, "\b")


ENGLISH: dict[str, tuple[Damage, float]] = {
    "1 as 654.38+0": (artefact, 3.5),
    "space beside a 1": (gap, 5.5),
    "point before a last 1 lost": (point_before_one, 15),
    "万 as million": (wan_as_million, 3),
    "亿 as billion or million": (yi_as_billion, 4),
    "zeros of 10,000 run in": (zeros_run_in, 4),
    "separator misplaced": (separator_lost, 3),
    "zeros lost": (zeros_lost, 1.5),
    "digits transposed": (transposed, 0.6),
    "% lost": (percent_lost, 6),
    "rate as factor": (factor, 3),
    "glued to a word": (glued, 3.5),
    "residue of a lost number": (residue, 3),
    "two points": (two_points, 2),
    "masked digits": (masked, 1.5),
    "number missing": (missing, 0.2),
}

# -- patterns of scanned or re-typed Chinese ------------------------------------------------------

WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
OLD = str.maketrans("万亿务业劳动险", "萬億務業勞動險")


def zh_wide(figure: Figure, rng: random.Random) -> str | None:
    return chinese(figure).translate(WIDE)


def zh_space(figure: Figure, rng: random.Random) -> str | None:
    text = chinese(figure)
    places = [i for i in range(1, len(figure.digits) + 1)]
    at = rng.choice(places)
    return f"{text[:at]} {text[at:]}"


def zh_ell(figure: Figure, rng: random.Random) -> str | None:
    if "1" not in figure.digits:
        return None
    return chinese(figure).replace("1", rng.choice("lI"))


def zh_oh(figure: Figure, rng: random.Random) -> str | None:
    return chinese(figure).replace("0", rng.choice("Oo")) if "0" in figure.digits else None


def zh_point(figure: Figure, rng: random.Random) -> str | None:
    if "." not in figure.digits:
        return None
    return chinese(figure).replace(".", rng.choice(("．", "·", "。", ",")))


def zh_percent(figure: Figure, rng: random.Random) -> str | None:
    return f"{figure.digits}{rng.choice(('%0', '％', '﹪', '%o'))}" if figure.unit == "percent" else None


def zh_traditional(figure: Figure, rng: random.Random) -> str | None:
    text = chinese(figure)
    return text.translate(OLD) if text.translate(OLD) != text else None


def zh_head_lost(figure: Figure, rng: random.Random) -> str | None:
    """A leading digit lost: 15.7% → `5.7%`."""
    whole = figure.digits.partition(".")[0]
    return chinese(figure)[1:] if len(whole) > 1 and whole[1] != "0" else None


def zh_point_lost(figure: Figure, rng: random.Random) -> str | None:
    return chinese(figure).replace(".", "") if "." in figure.digits else None


CHINESE: dict[str, tuple[Damage, float]] = {
    "full-width digits": (zh_wide, 3),
    "space inside a number": (zh_space, 5),
    "1 as l or I": (zh_ell, 2),
    "0 as O": (zh_oh, 2),
    "point as another mark": (zh_point, 2),
    "% as %0 or %o": (zh_percent, 2),
    "half-converted traditional": (zh_traditional, 2),
    "leading digit lost": (zh_head_lost, 0.7),
    "point lost": (zh_point_lost, 1),
}


def strike(figure: Figure, rng: random.Random, language: str) -> tuple[str, str] | None:
    """A damaged print of the figure and the pattern's name; None where none applies."""
    channel = ENGLISH if language == "en" else CHINESE
    names, weights = zip(*((n, w) for n, (_, w) in channel.items()), strict=True)
    for _ in range(20):
        name = rng.choices(names, weights)[0]
        text = channel[name][0](figure, rng)
        if text is not None and text != (english if language == "en" else chinese)(figure):
            return text, name
    return None
