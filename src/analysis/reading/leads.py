"""What a heading, or the sentence before, leaves in force for a sentence that does not say it."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.reading.clauses import Scene, Sentence, between

Hit = tuple[int, int, str]


@dataclass
class Lead:
    """The subject and the insurance facet that sentences may inherit, walked through a text.

    `topic` holds for a line, `head` and `heading` for the lines under a heading; `pending` for the
    next sentence alone (after an `aim`, for its outcome).
    """

    topic: list[Hit] = field(default_factory=list)
    facet: str = ""
    head: str = ""
    pending: list[Hit] = field(default_factory=list)
    headed: bool = False
    aim: bool = False
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
        said = [name for _, _, name in sentence.events if name != "aside"]
        kinds = set(said)
        if not live:
            if not scene.folded[sentence.start : sentence.end].strip():
                return
            self.pending, self.aim = own[-1:], False
            self.topic = own if len({h[2] for h in own}) == 1 else []
            self.headed = scene.folded[sentence.end : sentence.end + 1] == "\n"
            self.facet = next(iter(kinds)) if len(kinds) == 1 else ""
            if self.headed:
                self.head = self.facet
            return
        self.headed, self.aim, self.pending = False, False, []
        if own and scene.folded[own[0][1] : own[0][1] + 1] in ":：":
            self.topic = own[:1]
        if said:
            self.facet = said[-1]

    def _inherit(self, scene: Scene, sentence: Sentence) -> None:
        first = next(scene.numerals[i].start for i in sentence.numerals if i not in scene.fates)
        if not any(h[2] in scene.by_subject or h[0] < first for h in sentence.hits):
            inherited = self.pending or self.topic
            if self.aim and not scene.cue["outcome"].search(scene.folded, sentence.start, first):
                inherited = self.topic
            known = {n.section for h in inherited for n in scene.by_subject.get(h[2], ())}
            if "insurance" in known or not (sentence.spare or sentence.events):
                sentence.hits = [*inherited, *sentence.hits]
        elif {h[2] for h in self.topic} & {h[2] for h in sentence.hits}:
            sentence.hits = [*self.topic, *sentence.hits]
        sentence.loose |= self.loose & set(sentence.hits)
        sections = {n.section for h in sentence.hits for n in scene.by_subject.get(h[2], ())}
        for hit in sentence.spare:
            section = scene.by_subject[hit[2]][0].section
            alone = "insurance" not in sections if section == "insurance" else all(
                between(scene, min(hit[1], h[1]), max(hit[0], h[0]))[0] for h in sentence.hits
            )  # fmt: skip
            if alone:
                sentence.hits = sorted([*sentence.hits, hit])
