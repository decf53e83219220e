"""What stands behind an event noun in its own phrase: genitive, country adjective, doer and object of a verbal noun.

In: a noun frame and its phrase. Out: the slots `gen`, `adj` and `subj` of the frame filled.
"""

from abc import ABC, abstractmethod

from tasks.extract.coding.match import VICTIM_ROLES
from tasks.extract.coding.model import Frame, Phrase, Sentence

# Verbal nouns of what happens to somebody or what he does alone: their genitive does nothing to anybody.
INTRANSITIVE = frozenset({"استشهاد", "مقتل", "مصرع", "وفاة", "اصابة", "سقوط", "نزوح", "انسحاب", "فرار", "استقالة", "خروج", "وصول"})


class Genitives(ABC):
    """Reads the phrases of event nouns of one sentence."""

    sentence: Sentence
    doing: frozenset[str]  # nouns that only carry another: «قيام إسرائيل ببناء»

    @abstractmethod
    def _following(self, frame: Frame, k: int) -> None:
        """Add the partners behind item `k`."""

    def _inside(self, frame: Frame, phrase: Phrase, t: int) -> None:
        """Genitive and country adjective that stand behind the noun in its own phrase."""
        analysis = self.sentence.analyses[t]
        if analysis.enclitic:
            frame.add("gen", Phrase(t, t + 1, t, "", enclitic=analysis.enclitic))
        for actor in phrase.inner:
            if actor.first <= t:
                continue
            slot = "adj" if actor.kind == "nisba" and self._describes(t, actor.first, phrase) else "gen"
            keys = self.sentence.lemma_keys
            inside = Phrase(actor.first, actor.last, actor.head, keys[actor.head], actors=[actor])
            inside.lemmas = tuple(keys[actor.first : actor.last])
            frame.add(slot, inside)
        if any(a.first > t and a.kind != "nisba" for a in phrase.inner):
            self._conjoined(frame, phrase, "gen")
        elif phrase.last == t + 1 and not analysis.enclitic:
            self._shared(frame, phrase)
        self._rest_of_phrase(frame, phrase, t)

    def _shared(self, frame: Frame, phrase: Phrase) -> None:
        """«استشهاد وإصابة عدد من المصلين»: two verbal nouns share the genitive of the second (Wright II, 200)."""
        following = self.sentence.items[frame.item + 1] if frame.item + 1 < len(self.sentence.items) else None
        joined = following.phrase if following is not None else None
        if joined is None or joined.conjunct_of is not phrase or self.sentence.analyses[joined.first].kind != "masdar":
            return
        for actor in joined.inner:
            if actor.kind != "nisba":
                keys = self.sentence.lemma_keys[actor.first : actor.last]
                lemma = self.sentence.lemma_keys[actor.head]
                frame.add("gen", Phrase(actor.first, actor.last, actor.head, lemma, actors=[actor], lemmas=tuple(keys)))

    def _describes(self, t: int, nisba: int, phrase: Phrase) -> bool:
        """Does the country adjective belong to the noun at `t`? Not in «إرسال أسلحة إيرانية», where another noun is nearer."""
        others = {a.first for a in phrase.inner if a.kind == "nisba"}  # «مباحثات مصرية قطرية»
        between = [a for i, a in enumerate(self.sentence.analyses[t + 1 : nisba], t + 1) if i not in others]
        is_definite = "ال" in self.sentence.analyses[t].proclitics
        return all(a.kind in ("adjective", "participle", "number") or ("ال" in a.proclitics and is_definite) for a in between)

    def _rest_of_phrase(self, frame: Frame, phrase: Phrase, t: int) -> None:
        """What follows inside the phrase and is no actor: its words count for conditions on `gen`."""
        if t + 1 < phrase.last and not frame.phrases("gen"):
            lemmas = tuple(self.sentence.lemma_keys[t + 1 : phrase.last])
            rest = Phrase(t + 1, phrase.last, t + 1, lemmas[0], lemmas=lemmas)
            sides = {a.first for p in frame.phrases("adj") for a in p.actors} if len(frame.phrases("adj")) > 1 else set()
            rest.inner = [a for a in phrase.inner if a.first > t and a.first not in sides]
            frame.add("gen", rest)

    def _doer_and_object(self, frame: Frame, phrase: Phrase, k: int) -> None:
        """«اعتقال الشرطة 900 متظاهر», «انتقاد أنقرة لإسرائيل»: a verbal noun with both has its subject in the genitive."""
        doers = [p for p in frame.phrases("gen") if p.actors]
        if frame.analysis.kind != "masdar" or frame.lemma in INTRANSITIVE or not doers or k + 1 >= len(self.sentence.items):
            return
        k = self._over_time(k)
        following = self.sentence.items[k + 1].phrase if k + 1 < len(self.sentence.items) else None
        if following is None or following.conjunct_of is not None or following.first != self.sentence.items[k].last:
            return
        joined = self.sentence.analyses[following.first]
        if joined.kind == "nominal" and self.sentence.tokens[following.first].text.startswith("و"):
            return  # «استهداف الجنود وآلياتهم»: an unknown word with و
        may_do = not VICTIM_ROLES & set(doers[0].actors[0].roles)  # «إيقاف شخصين أصيلي القصرين»: whom it was done to
        is_object = may_do and not following.slot and self._may_be_object(following, doers[0])
        if is_object or (may_do and following.slot == "ل" and following.actors):
            frame.slots["subj"] = doers
            frame.subject_from = "doer"
            frame.slots["gen"] = [following]
            if is_object:  # «إرسال الولايات المتحدة أسلحة إلى أوكرانيا»: the partners stand behind the object
                frame.last = max(frame.last, following.last)
                self._following(frame, k + 1)

    def _carried(self, frame: Frame, k: int) -> None:
        """«قيام إسرائيل ببناء», «إعلان واشنطن فرض عقوبات»: who the noun of doing before it belongs to does it."""
        before = self.sentence.items[k - 1].phrase if k > 0 else None
        if (
            before is None
            or before.lemma not in self.doing
            or frame.phrases("subj")
            or frame.analysis.kind not in ("masdar", "noun")
        ):
            return
        named = [a for a in (*before.actors, *before.inner) if a.kind != "nisba"]
        keys = self.sentence.lemma_keys
        for a in named:
            frame.add("subj", Phrase(a.first, a.last, a.head, keys[a.head], actors=[a], lemmas=tuple(keys[a.first : a.last])))
        if not named and (enclitic := self.sentence.analyses[before.head].enclitic):
            frame.add("subj", Phrase(before.head, before.head + 1, before.head, "", enclitic=enclitic))
        if frame.phrases("subj"):
            frame.subject_from = "doer"

    def _over_time(self, k: int) -> int:
        """«تحرير المقاومة، أمس، المدينة»: the item before what follows a day set between commas, else `k` itself."""
        items = self.sentence.items
        inside = items[k + 1 : k + 3]
        if [item.kind for item in inside] != ["comma", "comma"]:
            return k
        between = range(inside[0].last, inside[1].first)
        return k + 2 if between and self.sentence.in_time.issuperset(between) else k

    def _may_be_object(self, phrase: Phrase, doer: Phrase) -> bool:
        """Indefinite, or another state's: «مطالبة واشنطن الحكومة الإسرائيلية بوقف»; what is definite may describe the doer."""
        analysis = self.sentence.analyses[phrase.first]
        countries = {a.country for a in doer.actors}
        if analysis.kind == "masdar" and not phrase.actors and self.sentence.tokens[phrase.first].text.rstrip("ًٌٍ").endswith("ا"):
            return False  # «استهداف الجنود دعما للشعب»: why, not what (Wright II, 121)
        if phrase.actors and all(a.country and a.country not in countries for a in phrase.actors[:1]):
            return True
        return analysis.kind not in ("adjective", "participle") and "ال" not in analysis.proclitics

    def _conjoined(self, frame: Frame, phrase: Phrase, slot: str) -> None:
        for item in self.sentence.items[frame.item + 1 :]:
            if item.phrase is None or item.phrase.conjunct_of is None:
                break
            if item.phrase.actors:
                frame.add(slot, item.phrase)
