"""Which date phrase belongs to an event.

In: the frames of one sentence with its date phrases. Out: one `EventDate` per frame. The phrase of its own clause wins, the nearest
first, unless it stands behind another event word and tells the day of that one; then the day of the clause it goes on from or is
said in; then a phrase that opens the sentence; then the publication day, and that is said. What already happened does not begin
after publication, and a period that is not over («هذا الشهر») ends with it.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from tasks.extract.coding.model import Frame, Sentence
from tasks.normalize.dates import DatePhrase

OPENERS = frozenset({"stop", "subordinator", "relative", "complementizer", "colon"})
# Words of mouth are news of the day or of yesterday; an older day in their clause is that of the act they speak of.
VERBAL = frozenset({"01", "02", "03", "05", "10", "11", "12", "13"})
ALONGSIDE = frozenset({"كما", "بينما", "فيما", "في"})  # «في حين»
MATERIAL = frozenset({"14", "15", "16", "17", "18", "19", "20"})
FRESH_WORDS, FRESH_DEEDS = timedelta(days=2), timedelta(days=8)


class EventDate(NamedTuple):
    """First and last day of an event and how they were found: phrase, sentence, clause or publication."""

    first_day: date | None
    last_day: date | None
    granularity: str
    method: str
    phrase: DatePhrase | None


class Dater:
    """Finds the dates of the events of one sentence."""

    def __init__(self, sentence: Sentence, published: date | None, merged: Collection[Frame] = ()) -> None:
        """`merged` are frames that tell an event with another one: «قتل في تبادل لإطلاق النار في 23 ديسمبر» has one day."""
        self.sentence = sentence
        self.published = published
        self.known = [d for d in sentence.dates if d.first_day is not None]
        items = {f.item for f in merged if f.kind == "noun"}
        self.triggers = sorted(f.trigger for f in sentence.frames if f.kind != "noun" or f.item not in items)

    def date_of(self, frame: Frame, code: str, is_plan: bool) -> EventDate:
        """Return the date of the event that `frame` tells; `is_plan`: it lies ahead or may."""
        for method, phrase in self._phrases(frame, code[:2]):
            if (days := self._days(phrase, is_plan)) is not None:
                if self._goes_on(phrase, frame, code[:2]):
                    days = (days[0], self.published)
                return EventDate(*days, phrase.granularity, method, phrase)
        return EventDate(self.published, self.published, "day", "publication", None)

    def _day_of_when(self, frame: Frame) -> list[DatePhrase]:
        """«منذ منتصف فبراير، حين دعا»: a clause opened by حين behind a date tells what happened then."""
        opener = self.sentence.items[frame.item - 1] if frame.kind == "verb" and frame.item > 0 else None
        if opener is None or opener.kind != "subordinator" or opener.lemma not in ("حين", "عندما", "حينما"):
            return []
        before = self.sentence.tokens[: opener.first]
        while before and before[-1].kind == "mark":
            before = before[:-1]
        return [d for d in self.known if before and d.start < before[-1].end <= d.end]

    def lies_ahead(self, frame: Frame, code: str) -> bool:
        """Is the verb in the imperfect and its own day after publication? Headlines tell plans without سـ."""
        if frame.kind != "verb" or frame.analysis.aspect != "imperfect" or self.published is None:
            return False
        own = self._own(frame, code[:2])
        return bool(own) and own[0].first_day is not None and own[0].first_day > self.published

    def _goes_on(self, phrase: DatePhrase, frame: Frame, root: str) -> bool:
        """«منذ أمس» tells from when on: what is still going on, or was done again and again, lasts until publication."""
        at = self._token_at(phrase)
        if at == 0 or not self.sentence.tokens[at - 1].key.endswith("منذ") or self.published is None:
            return False
        return frame.analysis.aspect == "imperfect" or (phrase.granularity == "day" and root in MATERIAL)

    def _phrases(self, frame: Frame, root: str) -> list[tuple[str, DatePhrase]]:
        """Phrases that may tell the day, best first, each with how it was found."""
        if not self.known:
            return []
        found = [("phrase", phrase) for phrase in (*self._day_of_when(frame), *self._own(frame, root))]
        before = self._goes_on_from(frame, root)
        while before is not None:
            found += [("clause", phrase) for phrase in self._own(before, root)]
            before = self._goes_on_from(before, root)
        if _opens(self.sentence, self.known[0]) and not frame.is_relative:
            found.append(("sentence", self.known[0]))
        return found

    def _days(self, phrase: DatePhrase, is_plan: bool) -> tuple[date, date | None] | None:
        first, last = phrase.first_day, phrase.last_day
        assert first is not None
        if self.published is None or is_plan:
            return first, last
        if first > self.published:
            return None
        return first, min(last, self.published) if last is not None else None

    def _own(self, frame: Frame, root: str) -> list[DatePhrase]:
        """Date phrases of the clause that are the event's own: those after its trigger first, the nearest first."""
        tokens = self.sentence.tokens
        first, last = self._segment(frame)
        begin, end = tokens[first].start, tokens[last - 1].end
        trigger = tokens[frame.trigger].start
        inside = [d for d in self.known if d.start < end and d.end > begin and not self._is_anothers(d, frame, root)]
        ruler = tokens[frame.governor.trigger].start if frame.governor is not None else trigger

        def nearness(phrase: DatePhrase) -> tuple[bool, bool, int]:
            is_before = phrase.start < min(ruler, trigger)
            return self._has_between(phrase, frame), is_before, abs(phrase.start - trigger)

        return sorted(inside, key=nearness)

    def _is_anothers(self, phrase: DatePhrase, frame: Frame, root: str) -> bool:
        """Does the phrase stand behind another event word and is no fresh day, or one right behind a word of its own?"""
        if frame.kind != "verb":
            return False
        at = self._token_at(phrase)
        if at < frame.trigger:
            return any(t in (at - 1, at - 2) and t != frame.trigger for t in self.triggers)
        if not self._has_between(phrase, frame):
            return False
        if self.published is None or phrase.first_day is None:
            return True
        fresh = FRESH_WORDS if root in VERBAL else FRESH_DEEDS
        return phrase.granularity != "day" or abs(self.published - phrase.first_day) > fresh

    def _token_at(self, phrase: DatePhrase) -> int:
        return next((i for i, t in enumerate(self.sentence.tokens) if t.end > phrase.start), 0)

    def _has_between(self, phrase: DatePhrase, frame: Frame) -> bool:
        """Does another event word stand between the trigger and the phrase after it?"""
        own = {frame.trigger, *([frame.governor.trigger] if frame.governor is not None else [])}
        return any(frame.trigger < t < self._token_at(phrase) and t not in own for t in self.triggers)

    def _goes_on_from(self, frame: Frame, root: str) -> Frame | None:
        """The clause that lends its day: of the verb that governs a noun, of the verb before «و», of who says it about himself."""
        if frame.governor is not None:
            return frame.governor
        verbs = [f for f in self.sentence.frames if f.kind == "verb" and f.trigger < frame.trigger]
        for verb in reversed(verbs):
            if verb.content is not None and verb.content[0] <= frame.trigger < verb.content[1]:
                is_own = frame.analysis.person == "1" or frame.analysis.aspect == "imperfect"
                return verb if root in VERBAL and is_own else None
        if frame.kind == "verb" and verbs and self._is_joined(frame):
            return verbs[-1]
        return None

    def _is_joined(self, frame: Frame) -> bool:
        """«زار ليبيا أمس واعتذر», «اعتقلت متظاهرا السبت، كما حثت السلطات»: the clause goes on with the one before."""
        before = self.sentence.items[frame.item - 1] if frame.item > 0 else None
        if before is not None and before.kind == "subordinator":
            return before.lemma.removeprefix("و") in ALONGSIDE
        return "و" in frame.analysis.proclitics and frame.subject_from == "inherited"

    def _segment(self, frame: Frame) -> tuple[int, int]:
        """The tokens between the clause openers around the trigger; a clause that goes on behind a relative one keeps its end."""
        first, last = 0, len(self.sentence.tokens)
        for item in self.sentence.items:
            opens = item.kind in OPENERS or (
                item.kind == "verb"
                and item.first != frame.trigger
                and item.analysis
                and bool({"و", "ف"} & set(item.analysis.proclitics))
            )
            if not opens:
                continue
            if item.last <= frame.trigger:
                first = item.first
            elif item.first > frame.trigger_last:
                last = item.first
                break
        return first, max(last, frame.last if frame.kind == "verb" else 0, first + 1)


def _opens(sentence: Sentence, phrase: DatePhrase) -> bool:
    return sum(t.end <= phrase.start for t in sentence.tokens) <= 2
