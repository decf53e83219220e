"""From frames to candidate events: rows chosen, contents of speech acts composed, means of attack merged.

In: the frames of one sentence. Out: `Candidate`s, each with code, sources, targets, polarity and modality, and a reason when it is
not to be an event.
"""

from dataclasses import dataclass, field

from tasks.extract.actors import Actor
from tasks.extract.coding.match import GOVERNED, PLACES, choose, rows_of, turn_passive
from tasks.extract.coding.model import Frame, Sentence
from tasks.extract.coding.tables import CodingTables, Predicate, compose
from tasks.extract.coding.who import Participants

VIOLENCE = ("18", "19", "20")
# Roots that are acts toward somebody: where no slot of the row names him, he stands inside one («انتقد قرار الحكومة»).
TOWARD = frozenset({"02", "03", "05", "07", "10", "11", "12", "13", "16", "17"})
ATTRIBUTING = frozenset({"بحسب", "حسب", "وفق", "وفقا", "حسبما", "وفقما", "بحسبما", "وبحسب", "وحسب", "ووفق", "وحسبما"})
WIDER_SLOTS = ("obj", "ب", "علي", "ل", "الي", "من", "ضد", "عن", "gen")
NO_TARGET_SLOTS = frozenset({"في", "خلال", "بعد", "بحسب", "من قبل", "علي يد", "اثر", "رغم"})


@dataclass(slots=True)
class Candidate:
    """One predicate that a row fits. `dropped` says why it gives no event, or is empty."""

    frame: Frame
    row: Predicate
    code: str
    sources: list[Actor]
    targets: list[Actor]
    polarity: str = "asserted"
    modality: str = "actual"
    rows: list[str] = field(default_factory=list)
    speakers: list[Actor] = field(default_factory=list)
    dropped: str = ""
    failed: list[tuple[str, str]] = field(default_factory=list)
    content: "Candidate | None" = None

    @property
    def trigger(self) -> int:
        return self.frame.trigger


class CandidateReader:
    """Finds the candidates of one sentence."""

    def __init__(self, sentence: Sentence, who: Participants, tables: CodingTables) -> None:
        self.sentence = sentence
        self.who = who
        self.tables = tables
        self.candidates: list[Candidate] = []
        self.rejected: list[tuple[Frame, list[tuple[str, str]]]] = []

    def run(self) -> list[Candidate]:
        before: Frame | None = None
        for frame in sorted(self.sentence.frames, key=lambda f: f.trigger):
            turn_passive(frame, self.who, rows_of(frame, self.tables), before)
            if frame.kind == "verb":
                self.who.settle(frame)
                before = frame
        for frame in self.sentence.frames:
            self._candidate(frame)
        self.candidates.sort(key=lambda c: c.trigger)
        self._merge_light_verbs()
        for candidate in sorted(self.candidates, key=lambda c: -c.trigger):
            if candidate.row.act:
                self._compose(candidate)
        self._future()
        self._merge_means()
        for candidate in self.candidates:
            if not candidate.dropped:
                self._widen(candidate)
                self._parties(candidate)
                self._anaphora(candidate)
        self._once()
        self._hush()
        return self.candidates

    def _candidate(self, frame: Frame) -> None:
        row, failed = choose(frame, self.who, self.tables)
        if row is None:
            if failed:
                self.rejected.append((frame, failed))
            return
        candidate = Candidate(
            frame, row, row.code, self._first(frame, row.source), self._targets(frame, row), failed=failed
        )
        candidate.rows = [row.row, *([frame.light_row] if frame.light_row else [])]
        if row.code == "none":
            candidate.dropped = "counterexample"
        elif not row.alone:
            candidate.dropped = "content only"
        if frame.is_negated:
            candidate.polarity = "negated"
            if row.negative_code:
                candidate.code, candidate.polarity = row.negative_code, "asserted"
        elif frame.is_hypothetical or frame.auxiliary == "near" or self._is_unreal(frame, candidate.code):
            candidate.modality = "hypothetical"
        self._pair(candidate)
        self.candidates.append(candidate)

    def _is_unreal(self, frame: Frame, code: str) -> bool:
        """«احتمال وقوع هجوم», «لقصف أهداف»: a fear, a chance or a purpose is no act yet."""
        if frame.kind != "noun" or frame.light_row:
            return False
        item = self.sentence.items[frame.item]
        slot = item.phrase.slot if item.phrase is not None else ""
        if slot == "ل" and code[:2] in (*VIOLENCE, "15", "17") and item.first == frame.trigger:
            return True
        keys = self.sentence.lemma_keys[max(0, frame.trigger - 4) : frame.trigger]
        return any(key in self.tables.unreal for key in keys)

    def _first(self, frame: Frame, slots: tuple[str, ...]) -> list[Actor]:
        for slot in slots:
            if actors := self.who.of(frame, slot):
                return actors
        return []

    def _targets(self, frame: Frame, row: Predicate) -> list[Actor]:
        if frame.phrases("patient") or frame.subject_from == "inherited patient":
            if actors := self.who.of(frame, "patient"):
                return actors
        taken = {(a.start, a.country) for a in self._first(frame, row.source)}
        for slot in row.target:
            actors = [a for a in self.who.of(frame, slot) if (a.start, a.country) not in taken]
            if actors:
                return actors
        return []

    def _pair(self, candidate: Candidate) -> None:
        """Reciprocal acts of several subjects («روسيا وتركيا», «بين الهند وباكستان») are between them."""
        if not candidate.row.reciprocal or candidate.targets:
            return
        both = candidate.sources if len(candidate.sources) > 1 else self.who.of(candidate.frame, "بين")
        if len(candidate.sources) == 1 and both and len(both) == 1:
            candidate.targets = both
        elif len(both) > 1:
            candidate.sources, candidate.targets = both[:1], both[1:]

    def _once(self) -> None:
        """«تحدثا خلال مكالمة», «التقيا في اجتماع»: the noun in a slot of its verb names the verb's own act again."""
        verbs = {id(c.frame): c for c in self.candidates if c.frame.kind == "verb" and not c.dropped}
        for candidate in self.candidates:
            verb = verbs.get(id(candidate.frame.governor))
            if verb is None or candidate.dropped or candidate.frame.light_row or candidate.row.act:
                continue
            if not verb.row.act and self._is_condition(candidate.frame, verb):
                candidate.dropped = f"part of {verb.row.row}"
            if candidate.code[:2] != verb.code[:2]:
                continue
            if candidate.code[:2] == "04" and len(candidate.sources) + len(candidate.targets) <= len(verb.sources) + len(verb.targets):
                candidate.dropped = f"names {verb.row.row} again"

    @staticmethod
    def _is_condition(noun: Frame, verb: "Candidate") -> bool:
        """Did the verb's row ask for this very noun («قطعت علاقاتها», «علقت مساعداتها»)?"""
        return any(
            noun.lemma in condition.words and any(p.first <= noun.trigger < p.last for p in verb.frame.phrases(condition.slot))
            for condition in verb.row.needs
            if not condition.negated
        )

    def _hush(self) -> None:
        """Who only relays an act makes no statement of his own beside it (coding guide, 5)."""
        for candidate in self.candidates:
            if candidate.code != "010" or candidate.dropped:
                continue
            if self._attributes(candidate):
                candidate.dropped = "names the source of the report"
                continue
            region = self._region(candidate)
            inside = [c for c in self.candidates if c is not candidate and not c.dropped and c.polarity == "asserted"]
            if any(a <= c.trigger < b for c in inside for a, b in region):
                candidate.dropped = "relays another event"

    def _attributes(self, candidate: Candidate) -> bool:
        """«بحسب ما أورد البيان», «حسبما ذكرت الوكالة»: says whence the report comes."""
        keys = self.sentence.lemma_keys
        t = candidate.trigger - (keys[candidate.trigger - 1] == "قد" if candidate.trigger else 0)
        if candidate.frame.kind != "verb" or t == 0:
            return False
        return keys[t - 1] in ATTRIBUTING or (keys[t - 1] == "ما" and t > 1 and keys[t - 2] in ATTRIBUTING)

    def _anaphora(self, candidate: Candidate) -> None:
        """«المكالمة», «الاجتماع» with the article and no partner of their own only point back to an event already told."""
        frame = candidate.frame
        if frame.kind == "noun" and candidate.code[:2] in ("06", "07") and not candidate.targets:
            candidate.dropped = "nobody receives it"
        if frame.kind != "noun" or candidate.code[:2] not in ("04", "05") or candidate.targets or frame.light_row:
            return
        if "ال" in frame.analysis.proclitics and not any(frame.phrases(s) for s in ("adj", "مع", "بين", "الي")):
            candidate.dropped = "points back to an event told before"

    def _widen(self, candidate: Candidate) -> None:
        """Look for a missing source in the governing clause, for a missing target inside the phrases of the clause."""
        root = candidate.code[:2]
        if not candidate.sources and candidate.frame.kind == "noun" and root in GOVERNED:
            own = {(a.start, a.country) for a in candidate.targets}
            candidate.sources = [a for a in self.who.ruler(candidate.frame) if (a.start, a.country) not in own]
        if not candidate.targets and (root == "15" or candidate.code == "192"):
            candidate.targets = self._ground(candidate)
        if candidate.targets:
            return
        if root == "14":
            candidate.targets = self._protested(candidate)
        elif root in VIOLENCE and candidate.sources:
            candidate.targets = self._struck(candidate)
        if root not in TOWARD:
            return
        own = {a.start for a in candidate.sources}
        for slot in (*candidate.row.target, *candidate.row.content, *WIDER_SLOTS):
            for phrase in candidate.frame.phrases(slot):
                inside = [a for a in (*phrase.actors, *phrase.inner) if a.start not in own and a.kind != "place"]
                if inside:
                    candidate.targets = inside[:1]
                    return
        if candidate.content is not None:
            content = candidate.content
            candidate.targets = [a for a in (*content.sources, *content.targets) if a.start not in own][:1]
        if not candidate.targets:
            candidate.targets = self._next_actor(candidate.frame, own)

    def _protested(self, candidate: Candidate) -> list[Actor]:
        """Against whom a protest is: after ضد or احتجاجا على, else whom the crowd makes demands on in the same sentence."""
        own = {a.start for a in candidate.sources}
        for slot in ("ضد", "احتجاجا", "علي"):
            for phrase in candidate.frame.phrases(slot):
                if inside := [a for a in (*phrase.actors, *phrase.inner) if a.start not in own]:
                    return inside[:1]
        for other in self.candidates:
            if other.row.act in ("demand", "appeal", "reject") and other.trigger > candidate.trigger and other.targets:
                ours = {a.country for a in candidate.sources}
                if not ours or not other.sources or ours & {a.country for a in other.sources}:
                    return [a for a in other.targets if a.start not in own]
        return []

    def _struck(self, candidate: Candidate) -> list[Actor]:
        """Whom an attack hits when no slot says it: an actor inside the phrases after it, else another country where it took place."""
        own = {a.start for a in candidate.sources}
        ours = {a.country for a in candidate.sources}
        for slot in ("obj", "علي", "ضد", "ل", "ب", "نحو"):
            for phrase in candidate.frame.phrases(slot):
                if inside := [a for a in (*phrase.actors, *phrase.inner) if a.start not in own]:
                    return inside[:1]
        for phrase in candidate.frame.phrases("في"):
            if inside := [a for a in (*phrase.actors, *phrase.inner) if a.country and a.country not in ours and a.kind in PLACES]:
                return inside[:1]
        return []

    def _next_actor(self, frame: Frame, own: set[int]) -> list[Actor]:
        """The first actor after the trigger in the same clause, places of action aside."""
        end = self._content_end(frame.trigger)
        for item in self.sentence.items:
            if item.phrase is None or item.first <= frame.trigger or item.first >= end or item.phrase.slot in NO_TARGET_SLOTS:
                continue
            inside = [a for a in (*item.phrase.actors, *item.phrase.inner) if a.start not in own and a.kind != "place"]
            if inside:
                return inside[:1]
        return []

    def _ground(self, candidate: Candidate) -> list[Actor]:
        """Troops are sent to, and land is taken from, the country of the place named next: «نشرت قوات في سوريا»."""
        end = self._content_end(candidate.trigger)
        own = {a.start for a in candidate.sources}
        for item in self.sentence.items:
            if item.phrase is None or not candidate.trigger < item.first < end:
                continue
            found = [a for a in (*item.phrase.actors, *item.phrase.inner) if a.start not in own and a.kind in ("place", "country")]
            if found:
                return found[:1]
        return []

    def _parties(self, candidate: Candidate) -> None:
        """«المفاوضات بين حماس وإسرائيل بوساطة مصرية»: who mediates, mediates between the parties of the talks beside it."""
        if candidate.code != "045" or candidate.targets:
            return
        for other in self.candidates:
            if other is not candidate and other.code[:2] in ("04", "05", "08") and other.sources and other.targets:
                own = {a.country for a in candidate.sources}
                candidate.targets = [a for a in (*other.sources, *other.targets) if a.country not in own]
                return
        own_starts = {a.start for a in candidate.sources}
        after = [a for a in self.sentence.actors if a.first > candidate.trigger and a.start not in own_starts and a.kind != "place"]
        candidate.targets = after[:2]

    def _merge_light_verbs(self) -> None:
        """The light verb itself is no second event beside its noun."""
        carried = {id(c.frame.governor) for c in self.candidates if c.frame.light_row and not c.dropped}
        for candidate in self.candidates:
            if id(candidate.frame) in carried and candidate.frame.kind == "verb":
                candidate.dropped = candidate.dropped or "light verb"

    def _region(self, candidate: Candidate) -> list[tuple[int, int]]:
        """Token ranges where the content of a speech act stands."""
        frame, ranges = candidate.frame, []
        for slot in candidate.row.content:
            if slot == "ان":
                if frame.content is not None:
                    ranges.append(frame.content)
            else:
                for phrase in frame.phrases(slot):
                    ranges.append((phrase.first, self._content_end(phrase.first)))
        return ranges

    def _content_end(self, first: int) -> int:
        for item in self.sentence.items:
            if item.first > first and item.kind in ("stop", "subordinator", "verb", "colon"):
                return item.first
        return len(self.sentence.tokens)

    def _compose(self, candidate: Candidate) -> None:
        act = self.tables.acts.get(candidate.row.act)
        region = self._region(candidate)
        inside = [
            c
            for c in self.candidates
            if c is not candidate and any(a <= c.trigger < b for a, b in region) and c.dropped in ("", "content only")
        ]
        if act is not None and act.is_asserted:
            for content in inside:
                content.speakers = content.speakers or candidate.sources
                if act.target_from == "lend" and self._may_borrow(content):
                    content.sources = candidate.sources
            candidate.code = candidate.row.code or act.code
            return
        content = next((c for c in inside if c.code), None)
        candidate.content = content
        code = content.code if content else ""
        if content is not None and content.frame.is_negated:
            code = "!" + code
        candidate.code = compose(self.tables, candidate.row.act, code) or candidate.row.code
        if candidate.row.code and not content:
            candidate.code = candidate.row.code
        if candidate.polarity == "negated" and candidate.row.negative_code:
            candidate.code, candidate.polarity = candidate.row.negative_code, "asserted"
        self._consume(candidate, inside, region)
        if content is not None:
            candidate.rows += content.rows
            self._borrow_target(candidate, content, act.target_from if act else "")

    @staticmethod
    def _may_borrow(content: Candidate) -> bool:
        """«أعلنت قطر تجميد علاقاتها»: who announces his own measure is its source; nobody announces his own violence so."""
        return content.frame.kind == "noun" and not content.sources and content.code[:2] not in (*VIOLENCE, "14")

    def _consume(self, candidate: Candidate, inside: list[Candidate], region: list[tuple[int, int]]) -> None:
        """What is only asked for or threatened did not happen."""
        limit = self._content_end(inside[0].trigger) if inside else 0
        for content in inside:
            if content.trigger < max(limit, inside[0].frame.last) and not content.dropped:
                content.dropped = f"content of {candidate.row.row}"
                content.modality = "demanded" if candidate.row.act in ("demand", "appeal") else candidate.row.act

    def _borrow_target(self, candidate: Candidate, content: Candidate, side: str) -> None:
        """«دعا إلى انسحاب القوات الروسية»: the addressee is who would carry the content out."""
        if candidate.targets or not side:
            return
        actors = {"source": content.sources, "target": content.targets}.get(side, [])
        if not actors and side == "source":
            actors = []
        own = {(a.start, a.country) for a in candidate.sources}
        candidate.targets = [a for a in actors if (a.start, a.country) not in own]

    def _future(self) -> None:
        """A future act is a plan, and has a code of its own: «سيزور» 036, «ستواصل دعم» 033."""
        for candidate in self.candidates:
            frame = candidate.frame
            if candidate.row.act or candidate.dropped or not (frame.is_future or frame.auxiliary == "plan"):
                continue
            candidate.modality = "planned"
            composed = self.tables.composition.get("future", {})
            code = next(
                (
                    composed[candidate.code[:n]]
                    for n in range(len(candidate.code), 0, -1)
                    if candidate.code[:n] in composed
                ),
                "",
            )
            if code:
                candidate.code = code

    def _merge_means(self) -> None:
        """«قُتل خمسة مدنيين في غارة إسرائيلية»: patient of the killing, source and code of the attack; one event."""
        live = [c for c in self.candidates if not c.dropped and c.code[:2] in VIOLENCE]
        for killing in live:
            if killing.sources or not killing.targets or killing.dropped:
                continue
            for attack in live:
                if attack is killing or attack.dropped or attack.frame.kind != "noun":
                    continue
                if self._is_means(killing.frame, attack.frame) and not self._other_target(attack, killing):
                    killing.sources = attack.sources
                    where = next((a.country for a in attack.targets if a.country and a.method != "inferred"), None)
                    if where:  # «قتل مدنيون في غارة على جنوب لبنان»: people without a country are those of the place hit
                        killing.targets = [a._replace(country=where) if a.method == "inferred" else a for a in killing.targets]
                    killing.code = attack.code
                    killing.rows += attack.rows
                    attack.dropped = f"means of {killing.row.row}"
                    break

    def _is_means(self, killing: Frame, attack: Frame) -> bool:
        phrases = [p for slot in ("في", "ب", "اثر", "خلال", "من") for p in killing.phrases(slot)]
        return any(p.first <= attack.trigger < p.last for p in phrases)

    @staticmethod
    def _other_target(attack: Candidate, killing: Candidate) -> bool:
        ours = {a.country for a in killing.targets if a.method != "inferred"}
        if not ours:
            return False
        return any(a.country not in ours and a.country for a in attack.targets)


def find_candidates(
    sentence: Sentence, who: Participants, tables: CodingTables
) -> tuple[list[Candidate], list[tuple[Frame, list[tuple[str, str]]]]]:
    """Return the candidates of a sentence and the frames that no row fits, with the conditions that failed."""
    reader = CandidateReader(sentence, who, tables)
    return reader.run(), reader.rejected
