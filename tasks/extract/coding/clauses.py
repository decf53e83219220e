"""Verb frames: who is the subject, what is the object, which prepositional partners stand in the clause.

In: a sentence with its items. Out: one `Frame` for each finite verb, and for each participle that stands for one (مطالبا، داعين).
Rules follow Arabic news order: VSO in running text, SVO after أن/إن, in headlines and relatives; agreement decides between subject
and object, since case is not written (sources: docs/how_an_event_is_coded.md).
"""

from tasks.extract.coding.agreement import agrees, auxiliary_effect, is_addressing, is_carrying_out, is_counting_group, is_deciding
from tasks.extract.coding.fronted import Fronted
from tasks.extract.coding.model import PRONOUNS, Frame, Item, Phrase, Sentence
from tasks.extract.coding.reach import phrases_after
from tasks.normalize.letters import fold

IMPERSONAL = frozenset({"وَجَب", "اِنْبَغَى", "تَعَيَّن", "أَمْكَن", "لَزِم"})  # verbs that stand in the masculine singular whoever must
CEASING = frozenset({"زَال", "بَرِح", "اِنْفَكّ"})  # denied they say that it goes on (Wright II, 102)
NAMED = frozenset({"country", "place", "group", "organization"})
RESUMING = frozenset({"ب", "الي", "علي", "في", "عن", "ل", "من"})
CONTENT_REACH = 14  # tokens of an أن-clause that still colour the verb before it


class ClauseReader(Fronted):
    """Builds the verb frames of one sentence."""

    def __init__(self, sentence: Sentence, speech: frozenset[str]) -> None:
        super().__init__(sentence)
        self.speech = speech  # lemmas of verbs of saying
        self.frames: list[Frame] = []

    def run(self) -> list[Frame]:
        for k, item in enumerate(self.items):
            if item.kind == "verb" and not self._is_auxiliary(k):
                self._verb(k)
        return self.frames

    def _is_auxiliary(self, k: int) -> bool:
        """A verb that only colours the next verb of its clause: كان X قد زار، واصلت القوات تقدم."""
        effect = auxiliary_effect(self.items[k].lemma)
        if not effect:
            return False
        for item in self.items[k + 1 : k + 8]:
            if item.kind == "verb":
                return not self._starts_clause(item)
            if item.kind in ("stop", "subordinator", "colon", "relative"):
                return effect == "none"
            if item.kind == "complementizer":
                return True
        return effect == "none"

    def _verb(self, k: int) -> None:
        item = self.items[k]
        assert item.analysis is not None
        frame = Frame(item.first, "verb", item.lemma, item.analysis, item.first, item.last, item=k)
        frame.trigger_last = item.last
        self._colour(frame, k)
        after, end = phrases_after(self.sentence, k, self.speech)
        frame.last = self.items[end - 1].last if end > k + 1 else item.last
        before = self._before(k, frame)
        after = [(j, self._counted(j) or p) if is_counting_group(p.lemma) and not p.slot else (j, p) for j, p in after]
        bare = [(j, p) for j, p in after if not p.slot]
        if frame.is_relative and before is not None:
            self.antecedents[k] = frame.antecedent = before
        resumed = self._resumed(frame, before, after)
        self._subject_and_object(frame, item, None if resumed else before, bare)
        if resumed and before is not None:
            frame.add(resumed, before)
        for _, phrase in after:
            if phrase.slot:
                frame.add(phrase.slot, phrase)
        self._impersonal(frame)
        if item.analysis.enclitic and not self._takes_up_clause(k):
            frame.add("obj", Phrase(item.first, item.last, item.first, "", enclitic=item.analysis.enclitic))
        self._content(frame, end)
        frame.lemmas = self._clause_words(frame, before)
        frame.homographs = self._homographs(item)
        self.frames.append(frame)

    def _resumed(self, frame: Frame, before: Phrase | None, after: list[tuple[int, Phrase]]) -> str:
        """«الزيارة التي قاما بها», «اتفاق توصلوا إليه»: the slot in which a pronoun takes up what the clause describes, or ""."""
        if not frame.is_relative or before is None or frame.analysis.voice == "passive":
            return ""
        for _, phrase in after:
            gender, number = PRONOUNS.get(phrase.enclitic, ("-", ""))
            if phrase.lemma or phrase.slot not in RESUMING or gender == "-":
                continue
            is_open = before.gender in ("", gender) or (gender == "f" and before.number == "p") or before.lemma == "ما"
            is_taken_up = number == "s" and is_open
            if is_taken_up and all(a.kind in ("place", "country") for a in before.actors):
                return phrase.slot
        return ""

    def _impersonal(self, frame: Frame) -> None:
        """«المدون الذي حكم عليه بالسجن»: taken up by the pronoun of على or عن he is no subject; the verb is passive."""
        described = frame.antecedent
        if described is None or frame.phrases("subj") != [described] or frame.analysis.voice == "active":
            return
        if any(p.actors or p.inner for p in frame.phrases("obj")):
            return
        pronouns = [p.enclitic for slot in ("علي", "عن") for p in frame.phrases(slot) if not p.lemma]
        taken = [PRONOUNS[enclitic] for enclitic in pronouns if enclitic in PRONOUNS]
        genders, is_plural = {"", described.gender, *(a.gender for a in described.inner)}, described.number == "p"
        if any(gender in genders and (gender == "f" or (number == "p") == is_plural) for gender, number in taken):
            frame.slots.pop("subj")
            frame.subject_from, frame.is_passive = "passive", True

    def _takes_up_clause(self, k: int) -> bool:
        """«وهو ما رفضته إسرائيل»: the pronoun means all that was said before, nobody in it."""
        return k > 0 and self.items[k - 1].kind == "subordinator" and self.items[k - 1].lemma == "ما"

    def _clause_words(self, frame: Frame, before: Phrase | None) -> frozenset[str]:
        """Lemmas of the clause, of what stands before it as its topic, and of the beginning of its أن-clause."""
        keys = self.sentence.lemma_keys
        words = {*keys[frame.first : frame.last], *(before.lemmas if before is not None else ())}
        if frame.content is not None:
            words.update(keys[frame.content[0] : min(frame.content[1], frame.content[0] + CONTENT_REACH)])
        return frozenset(words)

    def _homographs(self, item: Item) -> tuple[str, ...]:
        chosen = item.analysis
        assert chosen is not None
        others = self.sentence.readings[item.first] if self.sentence.readings else ()
        same = (chosen.aspect, chosen.person, chosen.enclitic, chosen.proclitics)
        return tuple(
            dict.fromkeys(
                r.lemma
                for r in others
                if r.kind == "verb" and r.lemma != chosen.lemma and (r.aspect, r.person, r.enclitic, r.proclitics) == same
            )
        )

    def _colour(self, frame: Frame, k: int) -> None:
        """Negation, future and auxiliaries stand left of the verb, with nothing but the subject between."""
        analysis = frame.analysis
        frame.is_future = "س" in analysis.proclitics
        frame.is_negated = self._shares_negation(frame)
        for j in range(k - 1, max(-1, k - 6), -1):
            item = self.items[j]
            if item.kind == "negation":
                frame.is_negated = frame.is_negated or j >= k - 2
            elif item.kind == "particle":
                frame.is_future = frame.is_future or item.lemma in ("سوف", "لن")
                frame.is_hypothetical = frame.is_hypothetical or (
                    item.lemma in ("قد", "ربما", "لعل") and analysis.aspect == "imperfect"
                )
            elif item.kind == "verb":
                effect = auxiliary_effect(item.lemma)
                if not effect:
                    break
                frame.auxiliary = frame.auxiliary or ("" if effect == "none" else effect)
                frame.is_future = frame.is_future or bool(item.analysis and "س" in item.analysis.proclitics)
                frame.first = min(frame.first, item.first)
                if j > 0 and self.items[j - 1].kind == "negation":
                    frame.is_negated = frame.is_negated or item.lemma not in CEASING
                    break
            elif item.kind in ("stop", "comma", "colon", "relative"):
                break
            elif item.kind == "subordinator" and item.lemma in ("لو", "اذا", "اذ"):
                frame.is_hypothetical = item.lemma != "اذ"

    def _shares_negation(self, frame: Frame) -> bool:
        """«لم يقتل أو يجرح أحد»: a verb joined by or shares the negation of the one before it."""
        if frame.first < 2 or self.sentence.lemma_keys[frame.first - 1] != "او":
            return False
        return any(other.kind == "verb" and other.is_negated and other.trigger_last == frame.first - 1 for other in self.frames)

    def _subject_and_object(self, frame: Frame, item: Item, before: Phrase | None, bare: list[tuple[int, Phrase]]) -> None:
        analysis = item.analysis
        assert analysis is not None
        groups = self._groups(bare)
        if analysis.person in ("1", "2"):  # «سنرفض الاستفتاء»: who speaks or is spoken to; what stands beside it is the object
            before, frame.is_relative, said = None, False, True
        else:
            said = False
        if frame.is_relative and before is not None:
            self._relative(frame, item, before, groups)
            return
        if before is not None and item.lemma in IMPERSONAL:
            frame.subject_from = "before"
            frame.add("subj", before)  # «الحكومة يجب أن تقوي»: the topic, whatever the verb shows
            rest = groups
        elif before is not None and agrees(item, before, before=True) and not self._yields(item, before, groups):
            frame.subject_from = "before"
            frame.add("subj", before)
            self.topics[frame.item] = before
            self._conjuncts_before(frame, before)
            rest = groups
        elif not said and groups and analysis.number in ("s", "") and self._may_be_subject(item, groups):
            frame.subject_from = "post"
            self._claim(frame, "subj", groups[0])
            rest = groups[2:] if self._is_titled(groups) else groups[1:]
        else:
            frame.subject_from = "inherited"
            rest = groups
        rest = [group for group in rest if not self._is_no_accusative(group[0][1])]
        if rest:
            self._claim(frame, "obj", rest[0])
        if len(rest) > 1:
            self._claim(frame, "obj2", rest[1])

    def _yields(self, item: Item, before: Phrase, groups: list[list[tuple[int, Phrase]]]) -> bool:
        """«قبل الساعة الثامنة مساء، استقبل الرئيس»: an adverb set off by a comma is no subject when an actor follows the verb."""
        if before.actors or before.inner or not groups or not groups[0][0][1].actors:
            return False
        if item.analysis is not None and item.analysis.enclitic:  # «العثور على جثث مدنيين قتلهم الجيش»
            return agrees(item, groups[0][0][1], before=False)
        between = self.items[: self.items.index(item)]
        return bool(between) and between[-1].kind == "comma" and agrees(item, groups[0][0][1], before=False)

    def _may_be_subject(self, item: Item, groups: list[list[tuple[int, Phrase]]]) -> bool:
        """«جدد اتصاله»: a thing with a pronoun that stands alone after the verb belongs to the subject before: it is the object."""
        phrase = groups[0][0][1]
        owned = bool(self.sentence.analyses[phrase.head].enclitic) and not phrase.actors and len(groups) == 1
        if owned and self.frames and item.analysis is not None and not item.analysis.enclitic:
            return False
        if self._addresses(item, groups) or self._is_oblique(phrase) or self._is_decided(item, phrase):
            return False
        return agrees(item, phrase, before=False)

    @staticmethod
    def _is_titled(groups: list[list[tuple[int, Phrase]]]) -> bool:
        """«استقبل الأمير فيصل بن بندر أمير الرياض السفير»: an office right behind a name, with an object still to come."""
        if len(groups) < 3 or any(len(group) > 1 or len(group[0][1].actors) != 1 for group in groups[:3]):
            return False
        name, office = groups[0][0][1], groups[1][0][1]
        same = name.actors[0].country == office.actors[0].country
        return name.actors[0].kind == "person" and office.actors[0].kind == "office" and name.last == office.first and same

    def _is_decided(self, item: Item, phrase: Phrase) -> bool:
        """«قرر التخلي عن الرئيس»: only people decide; a verbal noun behind such a verb is what they decide."""
        is_act = self.sentence.analyses[phrase.head].kind == "masdar" and not phrase.actors
        return is_act and bool(self.frames) and is_deciding(item.lemma)

    def _is_oblique(self, phrase: Phrase) -> bool:
        """«طالب سائقي السيارات», «استقبل المبعوثين»: ين, and ي before a genitive, show the object (Wright I, 302)."""
        analysis, token = self.sentence.analyses[phrase.head], self.sentence.tokens[phrase.head]
        if any(a.kind == "nationals" and a.head == phrase.first for a in phrase.actors) and token.key.endswith("يين"):
            return True  # «دعا الأوروبيين»
        is_first = phrase.head == phrase.first and not phrase.is_counted and not analysis.enclitic  # not «آلاف المتظاهرين»
        is_named = any(a.kind in NAMED or a.method == "name" for a in phrase.actors)  # «البحرين», «أحمدي نجاد»
        if not is_first or is_named or analysis.kind not in ("noun", "participle") or analysis.number not in ("p", "d"):
            return False
        return token.key.endswith((fold(analysis.lemma) + "ين", fold(analysis.lemma) + "ي"))

    def _is_no_accusative(self, phrase: Phrase) -> bool:
        """«في تفجير لصهريج مفخخ محمل بالغاز»: one indefinite adjective without the ا of an object (Wright I, 235)."""
        analysis, text = self.sentence.analyses[phrase.first], self.sentence.tokens[phrase.first].text
        is_named = bool(phrase.actors or phrase.inner)
        is_bare = phrase.last == phrase.first + 1 and not (is_named or analysis.enclitic or analysis.proclitics)
        describes = analysis.kind in ("adjective", "participle") or (analysis.kind == "noun" and text.startswith("م"))
        ends_plain = not text.rstrip("ًٌٍ").endswith(("ا", "ة", "ى", "ء", "ات", "ين", "ان", "ي"))
        return is_bare and describes and ends_plain and analysis.number in ("s", "") and bool(phrase.first)

    def _addresses(self, item: Item, groups: list[list[tuple[int, Phrase]]]) -> bool:
        """«انتقدت X ودعت إسرائيل إلى»: a joined verb that wants an addressee and has one phrase keeps the subject of before."""
        if not self._starts_clause(item) or not self.frames or len(groups) != 1 or not is_addressing(item.lemma):
            return False
        subjects, actors = self.frames[-1].phrases("subj"), groups[0][0][1].actors
        if not subjects or not actors or not agrees(item, subjects[0], before=True):
            return False
        before = subjects[0].actors[0].country if subjects[0].actors else None
        return actors[0].country != before and actors[0].country is not None

    def _relative(self, frame: Frame, item: Item, before: Phrase, groups: list[list[tuple[int, Phrase]]]) -> None:
        """«الهجوم الذي شنه الجيش»: a pronoun on the verb is the antecedent, the noun after it the subject."""
        assert item.analysis is not None
        frame.subject_from = "relative"
        if self._speaks_of(frame, item, before):
            frame.subject_from = "inherited"
            return
        if item.analysis.enclitic and groups:
            self._claim(frame, "subj", groups[0])
            frame.add("obj", before)
            return
        if item.analysis.enclitic and is_carrying_out(item.lemma) and not before.actors:
            frame.subject_from = "inherited"  # «معارك عنيفة خاضتها ضد»
            frame.add("obj", before)
            return
        if groups and not agrees(item, before, before=True) and agrees(item, groups[0][0][1], before=False):
            self._claim(frame, "subj", groups[0])
            frame.add("obj", before)
            return
        frame.add("subj", before)
        self._conjuncts_before(frame, before)
        if groups:
            self._claim(frame, "obj", groups[0])

    def _speaks_of(self, frame: Frame, item: Item, before: Phrase) -> bool:
        """«الحكومة الإيرانية التي قال إنها»: the pronoun of إن takes up the antecedent; who speaks is somebody else."""
        following = self.items[frame.item + 1] if frame.item + 1 < len(self.items) else None
        if item.lemma not in self.speech or following is None or following.kind != "complementizer" or following.analysis is None:
            return False
        gender, _ = PRONOUNS.get(following.analysis.enclitic, ("-", ""))
        assert item.analysis is not None
        return gender in ("", before.gender) and item.analysis.gender != before.gender

    @staticmethod
    def _groups(bare: list[tuple[int, Phrase]]) -> list[list[tuple[int, Phrase]]]:
        """Bare phrases with their conjuncts together."""
        groups: list[list[tuple[int, Phrase]]] = []
        for j, phrase in bare:
            if phrase.conjunct_of is not None and groups:
                if any(phrase.conjunct_of is other for _, other in groups[-1]):  # else it goes on in another clause's list
                    groups[-1].append((j, phrase))
            else:
                groups.append([(j, phrase)])
        return groups

    def _claim(self, frame: Frame, slot: str, group: list[tuple[int, Phrase]]) -> None:
        for j, phrase in group:
            self.claimed.add(j)
            frame.add(slot, phrase)

    def _conjuncts_before(self, frame: Frame, before: Phrase) -> None:
        for item in self.items[: frame.item]:
            if item.phrase is not None and item.phrase.conjunct_of is before:
                frame.add("subj", item.phrase)

    def _content(self, frame: Frame, end: int) -> None:
        """The clause after أن, إن or a colon, up to the end of the sentence part."""
        if end >= len(self.items) or self.items[end].kind not in ("complementizer", "colon", "quote"):
            return
        last = len(self.sentence.tokens)
        for item in self.items[end + 1 :]:
            if item.kind == "stop":
                last = item.first
                break
        frame.content = (self.items[end].last, last)
        frame.is_quoted = self.items[end].kind in ("colon", "quote")


def verb_frames(sentence: Sentence, speech: frozenset[str]) -> list[Frame]:
    """Return the frames of the finite verbs, in order; `speech` are the lemmas of verbs of saying."""
    return ClauseReader(sentence, speech).run()
