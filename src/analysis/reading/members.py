"""Members told apart without the scheme's name: "basic pension 318万人，其中城镇职工96万人"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from analysis.reading.mentions import Mention


def named(
    subjects: Sequence[Mention], before: Iterable[str], members: Mapping[str, Mapping[str, str]]
) -> list[Mention]:
    """The subjects of a sentence, with words for members as the part of the scheme named last.

    `before` are the subjects that went before the sentence, `members` the part that each word for
    members names in each scheme. Members of no scheme are left out.
    """
    schemes, out = list(before), []
    for m in subjects:
        parts = members.get(m.name)
        if parts is None:
            schemes.append(m.name)
            out.append(m)
        elif whole := next((name for name in reversed(schemes) if name in parts), None):
            out.append(m._replace(name=parts[whole]))
    return out
