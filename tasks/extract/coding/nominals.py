"""Noun frames: events told by a verbal or event noun (هجوم، مقتل، محادثات), alone or carried by a light verb (شن هجوما).

A third of the events of Arabic news have no event verb. In: a sentence with items and verb frames. Out: one `Frame` for each noun
or participle that the predicate tables know.
"""

from itertools import pairwise

from tasks.extract.coding.genitives import Genitives
from tasks.extract.coding.model import Frame, Item, Phrase, Sentence
from tasks.extract.coding.tables import CodingTables, LightVerb

PHRASE_STOPS = frozenset({"stop", "subordinator", "verb", "colon", "complementizer", "negation"})
DUTY = "علي ان"  # the row of predicates for «على X أن»
NEGATING_NOUNS = frozenset({"عدم", "دون", "بدون", "انعدام", "غياب", "غير"})


class NominalReader(Genitives):
    """Builds the noun and participle frames of one sentence."""

    def __init__(self, sentence: Sentence, verbs: list[Frame], tables: CodingTables) -> None:
        self.sentence = sentence
        self.verbs = verbs
        self.tables = tables
        self.phrase_item = {id(item.phrase): k for k, item in enumerate(sentence.items) if item.phrase is not None}
        self.holders = self._holders()
        self.doing = tables.sets.get("doing", frozenset())

    def _holders(self) -> dict[int, list[tuple[Frame, str]]]:
        """phrase -> the verb frames that have it in a slot."""
        holders: dict[int, list[tuple[Frame, str]]] = {}
        for frame in self.verbs:
            for slot, phrases in frame.slots.items():
                for phrase in phrases:
                    holders.setdefault(id(phrase), []).append((frame, slot))
        return holders

    def run(self) -> list[Frame]:
        frames = []
        for t, key in enumerate(self.sentence.lemma_keys):
            analysis = self.sentence.analyses[t]
            phrase = self.sentence.phrase_at.get(t)
            if phrase is None or t in self.sentence.in_time or analysis.kind == "verb":
                continue
            if analysis.kind == "participle" and self._acts_as_verb(t, phrase):
                frames.append(self._participle(t, phrase))
            elif key in self.tables.nouns and not self._inside_actor(t, phrase):
                frames.append(self._noun(t, phrase))
            elif key in self.tables.participles and not self._is_thing(t, phrase):
                frames.append(self._participle(t, phrase))
        return frames + self._obligations()

    def _obligations(self) -> list[Frame]:
        """«على إيران أن تلتزم»: a phrase after على and a clause after أن, with no verb to govern them, tell a duty."""
        frames, items = [], self.sentence.items
        for k, (item, following) in enumerate(pairwise(items)):
            if item.phrase is None or item.phrase.slot != "علي" or not self._is_duty(k):
                continue
            if not item.phrase.actors or (k > 0 and items[k - 1].kind not in ("complementizer", "comma", "stop", "quote", "colon")):
                continue
            first = item.phrase.first
            frame = Frame(first, "noun", DUTY, self.sentence.analyses[first], item.first, following.last, item=k)
            frame.trigger_last = first + 1
            frame.add("علي", item.phrase)
            frame.content = (following.first if following.phrase is not None else following.last, len(self.sentence.tokens))
            frames.append(frame)
        return frames

    def _is_duty(self, k: int) -> bool:
        """«على إيران أن تلتزم», «أن على إيران وقف التخصيب»: a clause, or after أن a verbal noun, that tells what is to be done."""
        items = self.sentence.items
        following = next((item for item in items[k + 1 : k + 4] if not self._belongs_to_duty(item)), items[k + 1])
        if following.kind == "complementizer":
            return following.lemma == "ان"
        opened = k > 0 and items[k - 1].kind == "complementizer"
        if not opened or following.phrase is None or following.phrase.slot:
            return False
        return self.sentence.analyses[following.phrase.first].kind == "masdar"

    @staticmethod
    def _belongs_to_duty(item: Item) -> bool:
        """«على وزراء الاتحاد المجتمعين هذا الأسبوع أن»: a mark, or an adjective of those who are to act."""
        phrase = item.phrase
        return item.kind == "quote" or (phrase is not None and not phrase.slot and phrase.is_definite and not phrase.actors)

    def _inside_actor(self, t: int, phrase: Phrase) -> bool:
        return any(a.first <= t < a.last for a in (*phrase.actors, *phrase.inner) if a.kind != "nisba")

    def _acts_as_verb(self, t: int, phrase: Phrase) -> bool:
        """«مطالبين ب»، «داعيا إلى»: an indefinite accusative participle of a verb with rows, opening its phrase."""
        analysis = self.sentence.analyses[t]
        if not (analysis.verb in self.tables.verbs and phrase.first == t and not phrase.slot and "ال" not in analysis.proclitics):
            return False
        if analysis.voice == "passive":
            return False
        if t + 1 < len(self.sentence.tokens) and self.sentence.analyses[t + 1].kind == "verb":
            return False  # «منتقدين يقولون»: persons, whom the verb describes
        text = self.sentence.tokens[t].text.rstrip("ًٌٍ")
        return text.endswith(("ا", "ين")) or self._opens_clause(t)

    def _is_thing(self, t: int, phrase: Phrase) -> bool:
        """«رفضت المطالب», «للمطالب المشروعة»: definite, one, and behind no definite word that it could describe, it is a noun."""
        analysis = self.sentence.analyses[t]
        if "و" in analysis.proclitics or analysis.number != "s" or phrase.first != t:
            return False
        if "ال" not in analysis.proclitics:  # «ردا على مطالب حماس»
            return bool(phrase.slot) and not self.sentence.tokens[t].text.rstrip("ًٌٍ").endswith(("ا", "ة"))
        before = self.sentence.items[self.phrase_item[id(phrase)] - 1].phrase if self.phrase_item[id(phrase)] else None
        return bool(phrase.slot) or before is None or before.last != t or not before.is_definite

    def _opens_clause(self, t: int) -> bool:
        k = self.phrase_item[id(self.sentence.phrase_at[t])]
        return k > 0 and self.sentence.items[k - 1].kind == "comma"

    def _participle(self, t: int, phrase: Phrase) -> Frame:
        """A participle acts like a verb whose subject is the clause's subject, or the noun it describes."""
        analysis = self.sentence.analyses[t]
        frame = Frame(t, "participle", analysis.verb or analysis.lemma, analysis, phrase.first, phrase.last)
        frame.trigger_last = t + 1
        k = self.phrase_item[id(phrase)]
        frame.item = k
        self._following(frame, k)
        self._rest_of_phrase(frame, phrase, t)
        governor = self._clause_before(t, frame.lemma)
        described = self._described(phrase, k)
        if described is not None:
            frame.add("subj", described)
        elif phrase.first < t and (phrase.actors or phrase.lemmas):
            head = Phrase(phrase.first, t, phrase.head, phrase.lemma, actors=list(phrase.actors), inner=list(phrase.inner))
            frame.add("subj", head)
        elif governor is not None:
            frame.governor = governor
            for subject in governor.phrases("subj"):
                frame.add("subj", subject)
            frame.is_negated = governor.is_negated
        frame.subject_from = "before" if frame.phrases("subj") else "inherited"
        self._close(frame)
        return frame

    def _described(self, phrase: Phrase, k: int) -> Phrase | None:
        """«المعتقلين الفلسطينيين المضربين عن الطعام»: a definite participle right behind definite people speaks of them."""
        before = self.sentence.items[k - 1].phrase if k > 0 else None
        if before is None or before.last != phrase.first or not phrase.is_definite:
            return None
        people = before.actors or [a for a in before.inner if a.kind != "nisba"][-1:]
        is_plural = phrase.number in ("p", "d") or self.sentence.tokens[phrase.first].text.endswith(("ين", "ون"))
        if not people or not is_plural:
            return None
        return Phrase(people[0].first, before.last, people[0].head, self.sentence.lemma_keys[people[0].head], actors=people)

    def _clause_before(self, t: int, verb: str) -> Frame | None:
        """The clause whose subject the participle takes: «أضاف هاغاري أن إيران ...، زاعما» speaks of him who said it."""
        before = [f for f in self.verbs if f.trigger < t]
        before = [f for f in before if self._may_share(f, t)] or before
        rows = (*self.tables.verbs.get(verb, ()), *self.tables.participles.get(self.sentence.lemma_keys[t], ()))
        if any(row.act for row in rows):
            speaking = [f for f in before if f.lemma in self.tables.speech]
            return (speaking or before)[-1] if before else None
        return before[-1] if before else None

    def _may_share(self, verb: Frame, t: int) -> bool:
        """Does the participle at `t` agree with the verb's subject? «أضافت الوكالة أن الشيخ رحب ...، مؤكدا» is the sheikh's."""
        analysis, subjects = self.sentence.analyses[t], verb.phrases("subj")
        if not subjects or analysis.number != "s" or not analysis.gender:
            return True
        gender = next((a.gender for a in subjects[0].actors), "") or subjects[0].gender
        return gender in ("", analysis.gender) and len(subjects) == 1

    def _noun(self, t: int, phrase: Phrase) -> Frame:
        analysis = self.sentence.analyses[t]
        frame = Frame(t, "noun", self.sentence.lemma_keys[t], analysis, phrase.first, phrase.last)
        frame.trigger_last = t + 1
        k = self.phrase_item[id(phrase)]
        frame.item = k
        self._topic(frame, phrase, t, k)
        self._inside(frame, phrase, t)
        self._following(frame, k)
        self._doer_and_object(frame, phrase, k)
        if phrase.first == t:
            self._carried(frame, k)
        self._govern(frame, phrase, t)
        frame.is_negated = frame.is_negated or any(
            self.sentence.lemma_keys[i] in NEGATING_NOUNS for i in range(max(phrase.first, t - 2), t)
        )
        self._close(frame)
        return frame

    def _topic(self, frame: Frame, phrase: Phrase, t: int, k: int) -> None:
        """A nominal clause: «طهران متورطة في الهجوم». An indefinite word behind a definite bare phrase says something of it."""
        if phrase.slot == "في" and phrase.lemmas[:1] == ("حالة",) and k > 0:  # «إسرائيل في حالة تأهب»
            before = self.sentence.items[k - 1].phrase
            if before is not None and not before.slot and before.actors and id(before) not in self.holders:
                frame.add("subj", before)
            return
        if (phrase.first != t and phrase.is_definite) or phrase.slot or "ال" in frame.analysis.proclitics or k == 0:
            return
        before = self.sentence.items[k - 1].phrase
        if before is not None and not before.slot and before.is_definite and id(before) not in self.holders:
            frame.add("subj", before)

    def _close(self, frame: Frame) -> None:
        frame.lemmas = frozenset(self.sentence.lemma_keys[frame.first : frame.last])

    def _following(self, frame: Frame, k: int) -> None:
        """Prepositional partners behind the noun, up to the next clause; a relative clause may bring subject and partners."""
        comma = False
        for m in range(k + 1, len(self.sentence.items)):
            item = self.sentence.items[m]
            if item.kind in PHRASE_STOPS:
                if item.kind == "verb" and m == k + 1:
                    self._relative(frame, k)
                if item.kind == "complementizer" and frame.content is None:
                    frame.content = (item.last, len(self.sentence.tokens))
                break
            if item.kind == "comma":
                comma = True
                continue
            if item.kind == "relative":
                self._relative(frame, m)
                break
            if item.phrase is None:
                continue
            if not item.phrase.slot and not item.phrase.conjunct_of:
                if (comma and self._is_apposition(m)) or (not comma and self._is_stray_adjective(m)):
                    continue
                if comma or frame.kind == "noun":
                    break
                frame.add("obj", item.phrase)
                continue
            if comma and frame.kind == "noun" and item.phrase.slot not in ("مع", "ضد", "علي"):
                continue
            if item.phrase.slot or frame.kind != "noun":
                frame.add(item.phrase.slot or "obj", item.phrase)
            frame.last = max(frame.last, item.last)

    def _is_stray_adjective(self, m: int) -> bool:
        """«إرسال أسلحة وذخيرة إيرانية مصادرة إلى»: a single indefinite word in ة behind an indefinite one describes it."""
        phrase, before = self.sentence.items[m].phrase, self.sentence.items[m - 1].phrase
        if phrase is None or before is None or phrase.actors or phrase.inner or phrase.last - phrase.first != 1:
            return False
        return self.sentence.tokens[phrase.first].text.endswith("ة") and not phrase.is_definite and not before.is_definite

    def _is_apposition(self, m: int) -> bool:
        """«أبو عبيدة، الجناح العسكري لحماس، على»: a name or title set off by commas says who the one before is."""
        item, before = self.sentence.items[m], self.sentence.items[m - 2] if m > 1 else None
        if item.phrase is None or before is None or before.phrase is None:
            return False
        return bool(item.phrase.actors) and bool(before.phrase.actors or before.phrase.inner)

    def _relative(self, frame: Frame, m: int) -> None:
        """«الهجوم الذي شنته القوات على المدينة»: the light verb of the relative clause brings its subject."""
        for verb in self.verbs:
            if verb.item <= m or verb.item > m + 3 or not verb.is_relative:
                continue
            if verb.antecedent is not self.sentence.items[frame.item].phrase:
                break  # «قمة لبحث التطورات التي تشهدها المنطقة»: it describes another word
            resumed = [slot for slot in ("ل", "ب", "في", "الي") if any(not p.lemma for p in verb.phrases(slot))]  # «التي يتعرض لها»
            light = next(filter(None, (self._light(verb, slot) for slot in ("obj", "subj", *resumed))), None)
            if light is not None:
                self._carry(frame, verb, light)
            break

    def _govern(self, frame: Frame, phrase: Phrase, t: int) -> None:
        """The verb that holds the noun's phrase: a light verb lends its subject and partners."""
        leader = phrase.conjunct_of if phrase.conjunct_of is not None and not phrase.conjunct_of.actors else phrase
        held = self.holders.get(id(self._partitive(phrase)), []) or self.holders.get(id(phrase), [])
        for verb, slot in held or self.holders.get(id(leader), []):
            if frame.governor is None:
                frame.governor = verb
            first = verb.phrases(slot)[0]
            is_second = slot != "obj" and not first.lemma and first is not phrase  # «الضغوط التي تتعرض لها ... لإرسال»
            light = None if is_second else self._light(verb, slot)
            if light is not None:
                self._carry(frame, verb, light)
                return
            frame.is_future = frame.is_future or (verb.is_future and slot == "obj")  # «سيصعد هجماته»

    def _partitive(self, phrase: Phrase) -> Phrase | None:
        """«شن مزيدا من الهجمات»: what is counted after من stands in the place of the count."""
        k = self.phrase_item[id(phrase)]
        before = self.sentence.items[k - 1].phrase if k > 0 else None
        is_part = phrase.slot == "من" and before is not None and before.lemma in self.tables.sets["partitive"] and not before.actors
        return before if is_part else None

    def _light(self, verb: Frame, slot: str) -> LightVerb | None:
        for light in self.tables.light_verbs.get(verb.lemma, ()):
            if light.slot == slot or (slot == "subj" and light.slot == "obj" and self._may_be_passive(verb)):
                return light
        return None

    @staticmethod
    def _may_be_passive(verb: Frame) -> bool:
        if verb.phrases("obj"):
            return False
        return verb.analysis.voice == "passive" or (verb.analysis.voice == "either" and verb.subject_from != "before")

    def _carry(self, frame: Frame, verb: Frame, light: LightVerb) -> None:
        frame.governor, frame.light_row, frame.phase = verb, light.row, light.phase
        frame.is_negated = frame.is_negated or verb.is_negated
        frame.is_future = frame.is_future or verb.is_future
        frame.is_hypothetical = frame.is_hypothetical or verb.is_hypothetical
        frame.auxiliary = frame.auxiliary or verb.auxiliary
        frame.first = min(frame.first, verb.first)
        frame.last = max(frame.last, verb.last)
        if light.slot == "obj" and verb.phrases("subj") and verb.phrases("subj")[0].lemma == frame.lemma:
            pass  # «جرت محادثات»: the noun is the verb's own subject
        elif light.role in ("source", "target", "cause"):
            slot = {"source": "subj", "target": "patient", "cause": "cause"}[light.role]
            frame.slots[slot] = list(verb.phrases("subj")) + frame.phrases(slot)
            if not verb.phrases("subj") and verb.subject_from == "inherited" and light.role != "cause":
                frame.subject_from = "inherited" if light.role == "source" else "inherited patient"
        for slot, phrases in verb.slots.items():
            if slot in ("subj", "obj", "obj2") or slot == light.slot:
                continue
            for phrase in phrases:
                if all(phrase is not p for p in frame.phrases(slot)):
                    frame.add(slot, phrase)


def nominal_frames(sentence: Sentence, verbs: list[Frame], tables: CodingTables) -> list[Frame]:
    """Return the noun and participle frames of a sentence, in order."""
    return NominalReader(sentence, verbs, tables).run()
