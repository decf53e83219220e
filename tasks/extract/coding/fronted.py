"""What stands before a verb and may be its subject: topic, antecedent of a relative clause, the pronoun of أن.

In: the items of a sentence and a verb among them. Out: the phrase, or None.
"""

from tasks.extract.coding.agreement import agrees, auxiliary_effect
from tasks.extract.coding.model import PRONOUNS, Frame, Item, Phrase, Sentence

REFLEXIVE = frozenset({"نفسه", "نفسها", "انفسهم", "نفسيهما"})


class Fronted:
    """Looks left of the verbs of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.items = sentence.items
        self.antecedents: dict[int, Phrase] = {}  # verb of a relative clause -> whom it describes: the main verb comes after it
        self.topics: dict[int, Phrase] = {}  # verb -> the phrase before it that is its subject
        self.claimed: set[int] = set()  # items that are some verb's subject or object

    @staticmethod
    def _starts_clause(item: Item) -> bool:
        return bool(item.analysis and {"و", "ف"} & set(item.analysis.proclitics))

    def _before(self, k: int, frame: Frame) -> Phrase | None:
        """The phrase left of the verb that may be its subject: antecedent, topic after أن, or headline subject."""
        j = k - 1
        while j >= 0 and (
            self.items[j].kind in ("particle", "negation")
            or (self.items[j].kind == "quote" and j == k - 1)
            or (self.items[j].kind == "verb" and auxiliary_effect(self.items[j].lemma) and not self.items[j].phrase)
        ):
            j -= 1
        if j < 0:
            return None
        if self.items[j].kind == "relative":
            frame.is_relative = True
            return self._antecedent(j)
        start = j
        while start >= 0 and self.items[start].kind in ("phrase", "comma", "mark"):
            start -= 1
        opener = self.items[start] if start >= 0 else None
        is_auxiliary = opener is not None and opener.kind == "verb" and bool(auxiliary_effect(opener.lemma))
        if is_auxiliary and start > 0 and self.items[start - 1].kind == "relative":
            frame.is_relative = True  # «الذي كان حتى ذلك الحين يدعم الرئيس»
            return self._antecedent(start - 1)
        if self._starts_clause(self.items[k]) and (opener is None or opener.kind != "complementizer"):
            return None  # «، وقالت»: goes on with the subject of before or brings its own
        inside = [m for m in range(start + 1, j + 1) if self.items[m].phrase is not None]
        bare = [m for m in inside if not self.items[m].phrase.slot and m not in self.claimed]  # type: ignore[union-attr]
        if opener is not None and opener.kind == "relative":
            return None
        if not bare and opener is not None and opener.kind == "complementizer" and (pronoun := self._that_pronoun(opener)):
            return pronoun
        if not bare and opener is not None and opener.kind == "complementizer" and start > 0:
            ruler = self.items[start - 1].phrase  # «سبق للوزيرين أن تحدثا»: who stands before أن controls the verb
            if ruler is not None and ruler.slot in ("ل", "علي", "من", "ب", "") and (ruler.actors or ruler.inner or ruler.enclitic):
                return ruler
        if opener is not None and opener.kind == "verb" and not auxiliary_effect(opener.lemma):
            return self._going_on(start, j, k) or self._asyndetic(j, frame) or self._topic(start) or self._outer(start, k)
        if self._is_described(j, bare):
            return self._asyndetic(j, frame)
        if not bare:
            return None
        subject = self.items[bare[0]].phrase
        is_joined = self._starts_clause(self.items[k]) and subject is not None and not (subject.actors or subject.inner)
        if is_joined and opener is not None and opener.analysis is not None and opener.analysis.enclitic:
            return None  # «اتهمته بأنه خطوة ماكرة واستدعت»: what is said of him does nothing
        return self._counted(bare[0])

    def _is_described(self, j: int, bare: list[int]) -> bool:
        """«مقتل مدنيين في هجوم استهدف موكبا»: behind a verbal noun the verb describes the indefinite act right before it."""
        phrase, analyses = self.items[j].phrase, self.sentence.analyses
        if phrase is None or not phrase.slot or phrase.is_definite or phrase.actors or analyses[phrase.head].kind != "masdar":
            return False
        return not bare or analyses[self.items[bare[0]].phrase.head].kind == "masdar"  # type: ignore[union-attr]

    def _going_on(self, verb: int, j: int, k: int) -> Phrase | None:
        """«أحد الجنود كان يحمل بندقية أطلق النار»: the thing before does not agree, the subject of the clause does."""
        phrase, item, subject = self.items[j].phrase, self.items[k], self.topics.get(verb)
        if phrase is None or subject is None or item.analysis is None or item.analysis.enclitic or phrase.is_definite:
            return None
        differs = phrase.gender == "f" and item.analysis.gender == "m"
        return subject if differs and bool(subject.actors) and agrees(item, subject, before=True) else None

    def _outer(self, verb: int, k: int) -> Phrase | None:
        """«انتحاريا يقود سيارة فجر نفسه»: the subject of the clause before, where the thing before does not agree."""
        subject = self.topics.get(verb) if self._is_reflexive(k) else None
        return subject if subject is not None and agrees(self.items[k], subject, before=True) else None

    def _topic(self, verb: int) -> Phrase | None:
        """«الوزير الذي زار باريس، التقى»: whom the relative clause of `verb` describes, where he opens the main clause."""
        phrase = self.antecedents.get(verb)
        if phrase is None:
            return None
        at = next(m for m in range(verb, -1, -1) if self.items[m].phrase is phrase)
        before = self.items[at - 1] if at > 0 else None
        return phrase if before is None or before.phrase is None or phrase.conjunct_of is before.phrase else None

    def _counted(self, j: int) -> Phrase | None:
        """«عددا غير معروف من اللاجئين قتلوا»: who is counted after من is the subject, not the count."""
        phrase = self.items[j].phrase
        following = self.items[j + 1].phrase if j + 1 < len(self.items) else None
        if phrase is None or phrase.actors or following is None or following.slot != "من" or not following.actors:
            return phrase
        whole = Phrase(phrase.first, following.last, following.head, following.lemma, actors=following.actors)
        whole.number, whole.gender, whole.is_counted, whole.lemmas = "p", following.gender, True, following.lemmas
        return whole

    def _that_pronoun(self, opener: Item) -> Phrase | None:
        """«إنه سيزور»: the pronoun on إن is the subject."""
        enclitic = opener.analysis.enclitic if opener.analysis is not None else ""
        if enclitic not in PRONOUNS:
            return None
        gender, number = PRONOUNS[enclitic]
        return Phrase(opener.first, opener.last, opener.first, "", enclitic=enclitic, gender=gender, number=number)

    def _asyndetic(self, j: int, frame: Frame) -> Phrase | None:
        """An indefinite noun right before a verb is its antecedent: اتصالا تناول الوضع."""
        phrase = self.items[j].phrase
        if phrase is None or self._starts_clause(self.items[frame.item]):
            return None
        if phrase.is_definite and not self._is_indefinite(phrase):
            return None
        if self._is_reflexive(frame.item) and not agrees(self.items[frame.item], phrase, before=True):
            return None
        frame.is_relative = True
        return phrase

    def _is_indefinite(self, phrase: Phrase) -> bool:
        """«طائرات مسيرة أوكرانية استهدفت»: people or things told by words without article and an adjective of a country."""
        analyses = self.sentence.analyses[phrase.first : phrase.last]
        is_open = all("ال" not in a.proclitics and not a.enclitic for a in analyses)
        last = self.sentence.tokens[phrase.last - 1].text
        return is_open and phrase.last - phrase.first > 1 and last.endswith(("ي", "ية", "يون", "يين", "يان"))

    def _is_reflexive(self, k: int) -> bool:
        following = self.items[k + 1] if k + 1 < len(self.items) else None
        return following is not None and following.lemma in REFLEXIVE

    def _antecedent(self, j: int) -> Phrase | None:
        """The phrase before a relative pronoun that agrees with it, else the nearest: «الهجوم على المدينة الذي شنته»."""
        joined = self._joined_antecedent(j)
        if joined is not None:
            return joined
        before: list[Phrase | None] = []
        for m in range(j - 1, max(-1, j - 4), -1):
            if (phrase := self.items[m].phrase) is not None:
                before.append(phrase)
            elif self.items[m].kind not in ("comma", "mark"):
                break
        relative = self.items[j].lemma.removeprefix("و")
        fitting = [phrase for phrase in before if not _conflicts(phrase, relative)]
        if relative != self.items[j].lemma:  # «اسم التونسي البالغ من العمر 44 عاما والذي طرد»: joined, it speaks of somebody
            fitting = [phrase for phrase in fitting if phrase is not None and not _is_location(phrase)] or fitting
            fitting = [phrase for phrase in fitting if phrase is not None and (phrase.actors or phrase.inner)] or fitting
        return (fitting or before or [None])[0]

    def _joined_antecedent(self, j: int) -> Phrase | None:
        """«القصف الذي نفذه الحلف في أفغانستان، والذي أدى»: a relative joined with و describes what the one before described."""
        relative = self.items[j].lemma.removeprefix("و")
        if relative == self.items[j].lemma or not self.antecedents:
            return None
        verb, phrase = max(self.antecedents.items())
        same = [m for m in range(verb - 1, max(-1, verb - 4), -1) if self.items[m].lemma == relative]
        return phrase if same and not _conflicts(phrase, relative) else None


def _is_location(phrase: Phrase) -> bool:
    """«الأعمال الإجرامية في سبها، والتي أودت»: a town after في only says where."""
    return phrase.slot == "في" and bool(phrase.actors) and all(a.kind == "place" for a in phrase.actors)


def _conflicts(phrase: Phrase | None, relative: str) -> bool:
    """Can a relative pronoun not describe the phrase? One word, or one actor, shows its gender; plurals of things take التي."""
    if phrase is None or phrase.inner or (not phrase.actors and phrase.last > phrase.first + 1):
        return False
    gender = phrase.actors[0].gender if phrase.actors else phrase.gender
    number = phrase.actors[0].number if phrase.actors else phrase.number
    return (relative == "الذي" and (gender == "f" or number == "p")) or (relative == "التي" and gender == "m" and number == "s")
