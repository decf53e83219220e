"""Told or only mentioned: which candidates assert an event of their own.

In: the candidates of a sentence, composed and with their actors. Out: the same; those that name another event again, point back to
one told before, or only say whence a report comes are dropped with the reason.
"""

from tasks.extract.coding.candidate import VIOLENCE, Candidate, asks_for, content_regions
from tasks.extract.coding.marks import STOPS
from tasks.extract.coding.model import Frame, Sentence
from tasks.extract.coding.tables import CodingTables

WHETHER_REACH = 7
UNREAL_REACH = 4  # tokens between «احتمال» and the act
WAITING = frozenset({"حتي", "حتى", "لحين", "ريثما"})
QUESTION_MARKS = frozenset("؟?")
WHEN_SLOTS = frozenset({"بعد", "اثر"})
MENTION_REACH = 4  # tokens between «تحقيق», «ذكرى» and the act they are about
TERRITORY = frozenset({"191", "192"})  # to besiege or take a place is told beside the fighting for it
ONE_ACT = frozenset({*VIOLENCE, "03", "05", "06", "07", "08", "09", "15", "16"})  # done once, however many words tell it
ATTRIBUTING = frozenset({"بحسب", "حسب", "وفق", "وفقا", "حسبما", "وفقما", "بحسبما", "وبحسب", "وحسب", "ووفق", "وحسبما"})


class Assertions:
    """Decides for the candidates of one sentence whether they are told."""

    def __init__(self, sentence: Sentence, tables: CodingTables, candidates: list[Candidate]) -> None:
        self.sentence = sentence
        self.tables = tables
        self.candidates = candidates

    def run(self) -> None:
        """Drop what is only mentioned."""
        for candidate in self.candidates:
            if not candidate.dropped:
                self._anaphora(candidate)
        self._once()
        self._nested()
        self._one_act()
        self._interviews()
        self._mentioned()
        self._known_protests()
        self._hush()

    def _once(self) -> None:
        """«تحدثا خلال مكالمة», «التقيا في اجتماع»: the noun in a slot of its verb names the verb's own act again."""
        verbs = {id(c.frame): c for c in self.candidates if c.frame.kind == "verb" and not c.dropped}
        for candidate in self.candidates:
            verb = verbs.get(id(candidate.frame.governor))
            if verb is None or candidate.dropped or candidate.frame.light_row or candidate.row.act:
                continue
            if not verb.row.act and asks_for(verb, candidate.frame):
                candidate.dropped = f"part of {verb.row.row}"
            if candidate.code[:2] != verb.code[:2]:
                continue
            if candidate.code[:2] == "04" and len(candidate.sources) + len(candidate.targets) <= len(verb.sources) + len(
                verb.targets
            ):
                candidate.dropped = f"names {verb.row.row} again"

    def _mentioned(self) -> None:
        """«التحقيق في اغتيال الحريري», «ذكرى مجزرة», «تهمة خطف»: an old act of violence that names what is spoken of now."""
        words, relating = self.tables.sets.get("mention", frozenset()), self.tables.sets["relating"]
        for candidate in self.candidates:
            frame = candidate.frame
            if not candidate.dropped and frame.kind == "noun" and relating.intersection(before_words(self.sentence, frame)):
                candidate.dropped = "only names what is spoken of"  # «المواد المتعلقة بالعقوبات»
            if (
                candidate.dropped
                or frame.kind != "noun"
                or frame.light_row
                or candidate.sources
                or candidate.code[:2] not in VIOLENCE
            ):
                continue
            if self._is_genitive(frame):
                candidate.dropped = "only names what is spoken of"
                continue
            before = range(max(0, frame.trigger - MENTION_REACH), frame.trigger)
            if any(self.sentence.analyses[t].kind == "verb" for t in before):
                before = range(max(t for t in before if self.sentence.analyses[t].kind == "verb") + 1, frame.trigger)
            if any(self.sentence.lemma_keys[t] in words for t in before):
                candidate.dropped = "only names what is spoken of"

    def _known_protests(self) -> None:
        """«جذوة الاحتجاجات», «يشارك في هذه المظاهرات»: with the article, and nobody in it or against, it names what is known."""
        for candidate in self.candidates:
            frame = candidate.frame
            if candidate.dropped or frame.kind != "noun" or candidate.code[:2] != "14" or frame.light_row:
                continue
            phrase = self.sentence.items[frame.item].phrase
            is_when = phrase is not None and phrase.slot in WHEN_SLOTS
            if "ال" in frame.analysis.proclitics and not (candidate.sources or candidate.targets or is_when):
                candidate.dropped = "only names what is spoken of"

    def _is_genitive(self, frame: Frame) -> bool:
        """«نهاية الحرب», «دوامة القتل»: the genitive of a noun that is no phase of it («اندلاع الحرب») is spoken of as known."""
        phrase = self.sentence.items[frame.item].phrase
        if phrase is None or phrase.first == frame.trigger:
            return False
        heads = self.sentence.lemma_keys[phrase.first : frame.trigger]
        return not any(key in self.tables.sets.get("phase", frozenset()) for key in heads)

    def _interviews(self) -> None:
        """«قال في حديث لقناة الجزيرة», «في اتصال مع الصحيفة»: to whom something was said is no consultation."""
        for candidate in self.candidates:
            frame = candidate.frame
            if candidate.dropped or frame.kind != "noun" or candidate.code[:2] != "04":
                continue
            partners = [a for slot in ("مع", "ل", "ب", "علي", "gen") for p in frame.phrases(slot) for a in (*p.actors, *p.inner)]
            words = {key for slot in ("gen", "adj") for p in frame.phrases(slot) for key in p.lemmas} | set(frame.lemmas)
            if any("MED" in a.roles for a in partners) or not words.isdisjoint(self.tables.sets.get("media", frozenset())):
                candidate.dropped = "said to a medium"

    def _nested(self) -> None:
        """«استعادة السيطرة على المدينة»: an event noun whose genitive is a noun of the same root is one act with it."""
        nouns = [c for c in self.candidates if c.frame.kind == "noun" and not c.dropped]
        for outer in nouns:
            for inner in nouns:
                is_next = inner.trigger == outer.trigger + 1 and inner.frame.item == outer.frame.item
                if is_next and inner.code[:2] == "16" and outer.code[:3] == "085":
                    inner.dropped = f"part of {outer.row.row}"  # «رفع العقوبات الدولية»
                if is_next and inner.code[:2] == outer.code[:2] and not (outer.dropped or inner.dropped):
                    inner.dropped = f"one act with {outer.row.row}"
                    outer.sources, outer.targets = outer.sources or inner.sources, outer.targets or inner.targets

    def _one_act(self) -> None:
        """«أطلقوا النار على شاب فأصابوه»: an act of one root by the same on the same is one, told by two words (guide, 10)."""
        told: list[Candidate] = []
        for candidate in self.candidates:
            if candidate.dropped or candidate.code[:2] not in (*ONE_ACT, "11") or candidate.polarity != "asserted":
                continue
            earlier = next((c for c in told if _same_act(c, candidate)), None)
            if earlier is not None and candidate.code not in TERRITORY:
                if candidate.code[:3] == "112":
                    earlier.code = candidate.code
                candidate.dropped = f"one act with {earlier.row.row}"
            else:
                told.append(candidate)

    def _hush(self) -> None:
        """Who only relays an act makes no statement of his own beside it (coding guide, 5)."""
        for candidate in self.candidates:
            if candidate.code != "010" or candidate.dropped:
                continue
            if self._attributes(candidate):
                candidate.dropped = "names the source of the report"
                continue
            if candidate.frame.is_relative and candidate.frame.content is not None and not candidate.targets:
                candidate.dropped = "says of somebody what he is"
                continue
            if self._is_shown(candidate):
                candidate.dropped = "a thing shows it, nobody says it"
                continue
            region = content_regions(self.sentence, candidate)
            inside = [c for c in self.candidates if c is not candidate and not c.dropped and c.polarity == "asserted"]
            if any(a <= c.trigger < b for c in inside for a, b in region):
                candidate.dropped = "relays another event"

    def _is_shown(self, candidate: Candidate) -> bool:
        """«الموقف التركي يؤكد أن»: the adjective of a thing that is no word of anybody says nothing."""
        if candidate.frame.kind != "verb" or not candidate.sources or any(a.kind != "nisba" for a in candidate.sources):
            return False
        heads = {p.lemma for p in candidate.frame.phrases("subj")}
        return not heads & self.tables.sets["wording"]

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


def _same_act(told: Candidate, again: Candidate) -> bool:
    """Does `again` say nothing of its own: same root, the actors of `told` or none?"""
    if again.row.act and again.frame.lemma == told.frame.lemma:
        return False  # «وعد بإرجاع الأطفال كما وعد بإعادة فتح السفارة»: two promises
    if told.code[:2] == "11":
        return _is_joined(told, again)
    if told.code[:2] != again.code[:2] or told.modality != again.modality or not told.targets:
        return False
    known = {(a.start, a.country) for a in told.targets}
    same_targets = bool(again.targets) and {(a.start, a.country) for a in again.targets} == known
    by = {(a.start, a.country) for a in again.sources}
    same_sources = by == {(a.start, a.country) for a in told.sources}
    return (same_targets and (same_sources or not by)) or (same_sources and bool(by) and not again.targets)


def _is_joined(told: Candidate, again: Candidate) -> bool:
    """«استدعت السفير ووبخته», «هاجم الوزير واتهمه»: a second verb of blame with the pronoun of the first one's object."""
    frame = again.frame
    if again.code[:2] != "11" or frame.kind != "verb" or not frame.analysis.enclitic or "و" not in frame.analysis.proclitics:
        return False
    by = {(a.country, a.roles) for a in told.sources}
    return by == {(a.country, a.roles) for a in again.sources}


def is_unreal(sentence: Sentence, tables: CodingTables, frame: Frame, code: str) -> bool:
    """«احتمال وقوع هجوم», «أي هجوم», «لقصف أهداف», «هل قصفت؟»: a fear, a chance, a purpose or a question is no act yet."""
    if _is_asked(sentence, tables, frame):
        return True
    if frame.kind == "verb" and frame.trigger and frame.analysis.aspect == "imperfect":
        before = sentence.lemma_keys[max(0, frame.trigger - 4) : frame.trigger]
        is_expected = before[-1] == "ان" and not tables.sets["possible"].isdisjoint(before)  # «كان متوقعا أن يسيطر»
        return before[-1] in WAITING or is_expected  # «سيظل ساريا حتى تعلن إسرائيل»
    if frame.kind != "noun":
        return False
    keys, start = sentence.lemma_keys, max(0, frame.trigger - UNREAL_REACH)
    if start < frame.trigger and keys[frame.trigger - 1] in tables.sets["any"]:
        return True
    if keys[frame.trigger + 1 : frame.trigger + 2] and keys[frame.trigger + 1] in tables.sets["any"]:
        return True  # «أخطر من اختراق أي أنظمة»
    if _is_until(sentence, frame) or _is_adjective(sentence, frame):
        return True
    if (code[:2] in ("04", "05") or code == "170") and _is_aim_or_topic(sentence, tables, frame, code):
        return True
    if code[:2] in ("05", "06") and any(key in tables.sets["discussing"] for key in before_words(sentence, frame)):
        return True  # «مناقشة صفقة»
    if frame.light_row:
        return False
    item, is_force = sentence.items[frame.item], code[:2] in (*VIOLENCE, "15", "17")
    before, after = keys[start : frame.trigger], keys[frame.trigger + 1 : frame.trigger + 3]
    if is_force and item.phrase is not None and item.phrase.slot == "ل":
        is_purpose = item.first == frame.trigger or keys[item.first] in tables.sets["carrying"]
    else:
        is_purpose = False
    is_possible = is_force and not (tables.sets["possible"].isdisjoint(after) and tables.sets["possibly"].isdisjoint(before))
    return is_purpose or is_possible or any(key in tables.unreal for key in before)


def before_words(sentence: Sentence, frame: Frame) -> list[str]:
    """The two words before the frame."""
    return sentence.lemma_keys[max(0, frame.trigger - 2) : frame.trigger]


def _is_aim_or_topic(sentence: Sentence, tables: CodingTables, frame: Frame, code: str) -> bool:
    """«تحركات لإحياء محادثات», «محادثات بشأن بناء المستوطنات»: what is aimed at or spoken of."""
    phrase = sentence.items[frame.item].phrase
    if phrase is None:
        return False
    if code[:2] == "04":
        return phrase.slot == "ل" and phrase.first < frame.trigger and sentence.lemma_keys[phrase.first] in tables.sets["reviving"]
    return phrase.slot == "عن" and phrase.head == frame.trigger and not frame.light_row


def _is_adjective(sentence: Sentence, frame: Frame) -> bool:
    """«المعايير المقترحة»: a feminine word with the article behind one with the article is its adjective."""
    analysis, t = frame.analysis, frame.trigger
    if frame.kind != "noun" or t == 0 or analysis.proclitics != ("ال",):
        return False
    return sentence.tokens[t].text.endswith("ة") and "ال" in sentence.analyses[t - 1].proclitics


def _is_until(sentence: Sentence, frame: Frame) -> bool:
    """«حتى مقتل أو اعتقال الزعيم», «ستبقى قبل الإفراج عنهم»: an act that is waited for, where the clause tells no past one."""
    keys, t = sentence.lemma_keys, frame.trigger
    while t > 2 and keys[t - 1] == "او" and sentence.analyses[t - 2].kind == "masdar":
        t -= 2
    if t and keys[t - 1] in WAITING:
        return True
    near = keys[max(0, t - 3) : t]
    if "قبل" not in near or "ان" in near:  # «قبل أن يقوموا بمصادرة» was done
        return False
    verbs = [a for a in sentence.analyses[:t] if a.kind == "verb"]
    is_open = bool(verbs) and verbs[-1].aspect == "imperfect" and verbs[-1].person == "3"
    return is_open and not any(a.lemma == "كَان" for a in verbs[-2:])


def _is_asked(sentence: Sentence, tables: CodingTables, frame: Frame) -> bool:
    """Does the frame stand between a word that asks whether («هل») and its question mark, or after قد in a question?"""
    if _is_whether(sentence.lemma_keys[max(0, frame.trigger - WHETHER_REACH) : frame.trigger]):
        return True
    mark = next((i for i in range(frame.trigger, len(sentence.tokens)) if sentence.tokens[i].text in QUESTION_MARKS), None)
    if mark is None:
        return False
    stops = [i for i in range(frame.trigger) if sentence.tokens[i].text in STOPS]
    asked = sentence.lemma_keys[stops[-1] + 1 if stops else 0 : frame.trigger]
    return any(key in tables.sets["whether"] for key in asked)


def _is_whether(keys: list[str]) -> bool:
    """«حول ما إذا كانت الحركة ترفض»: told as a question."""
    return any(keys[i] == "ما" and keys[i + 1] == "اذا" for i in range(len(keys) - 1))
