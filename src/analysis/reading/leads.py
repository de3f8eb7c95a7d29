"""What a heading, or the sentence before, leaves in force for a sentence that does not say it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.reading.clauses import Scene, Sentence, between

Hit = tuple[int, int, str]
_PART = re.compile(r"(?:including|(?:of|among) (?:which|whom|them|these|those))\b")
_DONE = re.compile(r"\b(?:actual|complet|accomplish|achiev|realiz|fulfil)|实际|完成|达到|共")
_LIMIT = re.compile(r"\b(?:target|task|goal|plan|limit|ceiling|required)")


@dataclass
class Lead:
    """The subject and the insurance facet that sentences may inherit, walked through a text.

    `topic` holds for a line, `head` and `heading` for the lines under a heading; `pending` for the
    next sentence alone.
    """

    topic: list[Hit] = field(default_factory=list)
    facet: str = ""
    head: str = ""
    pending: list[Hit] = field(default_factory=list)
    manner: str = ""  # how `pending` came: "head", "aimed" (only a target was set) or "stated"
    heads: list[Hit] = field(default_factory=list)
    headed: bool = False
    series: list[str] = field(default_factory=list)
    loose: set[Hit] = field(default_factory=set)

    def follow(self, scene: Scene, sentence: Sentence, live: bool) -> None:
        """Give a sentence what it inherits, then take from it what the next may."""
        gap = scene.folded[max(0, sentence.start - 2) : sentence.start]
        if "\n" in gap or not sentence.start:
            if not self.headed and gap == "\n\n":
                self.head = ""
            self.topic, self.facet, self.pending, self.series = [], self.head, [], []
        sentence.carried, sentence.series = self.facet, self.series
        own = sentence.hits
        self.loose |= sentence.loose
        if live:
            self._inherit(scene, sentence)
        if not live:
            if not scene.folded[sentence.start : sentence.end].strip():
                return
            self.pending, self.manner, self.heads = own[-1:], "head", own
            self.topic = own if len({h[2] for h in own}) == 1 else []
            self.headed = scene.folded[sentence.end : sentence.end + 1] == "\n"
            kinds = set(self._said(sentence))
            self.facet = next(iter(kinds)) if len(kinds) == 1 else ""
            if self.headed:
                self.head = self.facet
            return
        own = sentence.hits
        self.headed, self.pending, self.manner = False, own[-1:], "stated"
        if own and scene.folded[own[0][1] : own[0][1] + 1] in ":：":
            self.topic = own[:1]
        insurance = "insurance" in _sections(scene, own)
        if not insurance and any(h not in sentence.loose for h in own):
            self.facet = ""
        elif said := self._said(sentence):
            self.facet = said[-1] if insurance else ""

    def _said(self, sentence: Sentence) -> list[str]:
        return [name for _, _, name in sentence.events if name != "aside"]

    def _goes_on(self, scene: Scene, sentence: Sentence, text: str) -> bool:
        """Whether a sentence without a subject speaks of what the one before spoke of."""
        if self.manner == "head":
            return True
        joined = scene.folded[sentence.start - 2 : sentence.start].strip()[-1:] in (";", "；")
        if self.manner == "stated":
            scheme = scene.language == "zh" and "insurance" in _sections(scene, self.pending)
            told = sentence.spare or (scheme and sentence.events)
            return joined and bool(_LIMIT.search(text) or told)
        return bool(_DONE.search(text)) or (joined and scene.language == "en")

    def _kept(self, scene: Scene, sentence: Sentence, inherited: list[Hit]) -> list[Hit]:
        """What of the inherited holds against words that name a subject for want of others."""
        if scene.language == "zh" or self.manner == "head" or self.topic:
            return self.topic or inherited
        schemes = {i.split(".")[1] for i in self.series if i.startswith("insured.")}
        bare = not any("social" in scene.folded[h[0] : h[1]] for h in sentence.spare)
        return inherited if len(schemes) == 1 and bare else []

    def _inherit(self, scene: Scene, sentence: Sentence) -> None:
        text = scene.folded[sentence.start : sentence.end]
        first = next(scene.numerals[i] for i in sentence.numerals if i not in scene.fates)
        if any(h[2] in scene.by_subject or h[0] < first.start for h in sentence.hits):
            gap = scene.folded[first.end : max(first.end, sentence.hits[0][0])]
            again = {h[2] for h in self.topic} & {h[2] for h in sentence.hits}
            if again or _PART.search(gap):  # "31 million was issued, 24 million of it to persons"
                sentence.hits = [*self.topic, *sentence.hits]
        elif not _PART.match(text.lstrip()):
            pending = self.pending if self._goes_on(scene, sentence, text) else []
            listed = scene.cue["respectively"].search(scene.folded, sentence.start, sentence.end)
            if pending and self.manner == "head" and listed:
                pending = self.heads
            stated = self.manner == "stated"
            inherited = self.topic or pending if stated else pending or self.topic
            other = sentence.spare or (sentence.events and scene.language == "zh")
            if other and "insurance" not in _sections(
                scene, self._kept(scene, sentence, inherited)
            ):
                inherited = pending if self.manner == "head" and not self.topic else []
            sentence.hits = [*inherited, *sentence.hits]
        sentence.loose |= self.loose & set(sentence.hits)
        sections = _sections(scene, sentence.hits)
        money = sum(scene.numerals[i].unit == "yuan" for i in sentence.numerals)
        several = len({h[2] for h in sentence.hits}) > 1 and money == 1
        for hit in sentence.spare:
            clause = all(
                sum(between(scene, min(hit[1], h[1]), max(hit[0], h[0]))) for h in sentence.hits
            )
            alone = clause
            if (
                scene.by_subject[hit[2]][0].section == "insurance"
            ):  # "A 2,000, B 900, premiums of 7"
                alone = not sections & {"insurance", "relations"} or (
                    clause and several and "relations" not in sections
                )
            if alone:
                sentence.hits = sorted([*sentence.hits, hit])


def _sections(scene: Scene, hits: list[Hit]) -> set[str]:
    return {n.section for h in hits for n in scene.by_subject.get(h[2], ())}
