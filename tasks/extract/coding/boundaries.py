"""Where a noun phrase ends: does the next word belong to it?

In: the sentence, and the phrase that is open. Out: yes or no, by case endings, articles and kinds of words (Wright II, 75-136).
"""

from tasks.extract.actors import Actor
from tasks.extract.coding.marks import Marks
from tasks.extract.coding.model import Phrase, Sentence

# «السياق نفسه»: stresses the noun before (Wright II, 136).
EMPHATIC = frozenset({"نفسه", "نفسها", "انفسهم", "نفسهم", "ذاته", "ذاتها", "عينه", "عينها"})
FIGHTERS = frozenset({"REB", "UAF"})  # «قصف مسلحون جنوب بغداد»: who strikes a region


class Boundaries(Marks):
    """The tests on the open phrase; `Outliner` opens and closes it."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.actor_at: dict[int, list[Actor]] = {}
        for actor in sentence.actors:  # a pair word («الوزيران») is two actors with one span
            self.actor_at.setdefault(actor.first, []).append(actor)
        self.open: Phrase | None = None  # phrase that may still grow
        self.closed = False  # it ended with a name or a pronoun: only a definite adjective may follow
        self.described = False  # an adjective ended its chain of genitives: another noun begins a new phrase

    def _extends(self, i: int) -> bool:
        """Does the word at `i` belong to the open phrase?"""
        sentence = self.sentence
        last, word = sentence.analyses[i - 1], sentence.analyses[i]
        article = "ال" in word.proclitics
        if last.kind in ("number", "quantifier", "demonstrative") or sentence.tokens[i - 1].kind == "number":
            return True
        if sentence.tokens[i].key in EMPHATIC:
            is_named = self.open is not None and any(a.kind != "agent" for a in self.open.actors)
            return is_named or "ال" in last.proclitics or bool(last.enclitic)
        if self.open is not None and self.open.slot and i > self.open.first + 1 and self._is_accusative(i):
            return False  # «سد المتظاهرون لفترة قصيرة طريقا»: no genitive phrase goes on with an accusative
        if word.kind in ("participle", "noun") and not word.lemma.endswith(("ا", "ى")) and self._is_state(i):
            return False
        describes = word.kind in ("adjective", "participle", "nominal", "number")
        is_known = "ال" in last.proclitics or bool(last.enclitic) or self.closed
        if article and word.kind == "noun" and word.lemma.endswith("ي") and is_known:
            describes = True  # «الاعتداء الإرهابي»: a definite noun in ي behind a definite one is its adjective
        if self.described and not describes:
            return False
        if self.closed and self._is_indefinite_agent() and not article:
            return describes or word.kind == "quantifier"  # «متظاهرين غاضبين», «دول عدة»
        if self.closed:
            return article and describes
        text = sentence.tokens[i - 1].text
        if text.endswith(("ًا", "اً")):  # tanwin: the noun takes no genitive, only an indefinite adjective
            return describes and not article
        if "ال" in last.proclitics or last.enclitic:
            return article and describes
        return True

    def _is_state(self, i: int) -> bool:
        """«بأنه نظام ضعيف داعيا المجتمع الدولي»: an accusative participle behind a noun in another case tells what he does."""
        tokens, word = self.sentence.tokens, self.sentence.analyses[i]
        text, before = tokens[i].text.rstrip("ًٌٍ"), tokens[i - 1].text.rstrip("ًٌٍ")
        is_open = tokens[i - 1].kind == "word" and not before.endswith(("ا", "ات", "ى", "ة")) and word.voice != "passive"
        return is_open and text.endswith("ا") and not word.proclitics and not word.enclitic

    def _is_accusative(self, i: int) -> bool:
        """A noun that shows the ا of the accusative («طريقا»)."""
        word, text = self.sentence.analyses[i], self.sentence.tokens[i].text.rstrip("ًٌٍ")
        is_bare = word.kind == "noun" and "ال" not in word.proclitics and not word.enclitic
        return is_bare and text.endswith("ا") and not word.lemma.endswith(("ا", "ى"))

    def _is_indefinite_agent(self) -> bool:
        actors = self.open.actors if self.open is not None else []
        return bool(actors) and actors[-1].kind == "agent" and "ال" not in self.sentence.analyses[actors[-1].last - 1].proclitics

    def _is_adverb(self, i: int, found: tuple[str, str]) -> bool:
        """«خطف ثلاثة جنود جنوب بغداد»: a noun of place behind a whole bare phrase tells where (Wright II, 111)."""
        phrase, analysis = self.open, self.sentence.analyses[i]
        if found != ("preposition", "في") or analysis.kind != "noun" or analysis.proclitics or i in self.actor_at or phrase is None:
            return False
        suffers = phrase.is_counted or any(a.kind == "agent" and not set(a.roles) & FIGHTERS for a in phrase.actors)
        return suffers and not phrase.slot and phrase.last == i and not self._extends(i)

    def _ends_definite(self) -> bool:
        """«مسودة البيان إسرائيل»: no name follows a definite noun as its genitive."""
        assert self.open is not None
        return self.open.is_definite or "ال" in self.sentence.analyses[self.open.last - 1].proclitics

    def _is_object(self, actor: Actor) -> bool:
        """«دهس مستوطن إسرائيلي فلسطينيا»: the ending ا of the accusative does not agree with the noun before."""
        tokens = self.sentence.tokens
        if actor.kind != "nisba" or actor.gender == "f" or not tokens[actor.head].text.rstrip("ًٌٍ").endswith("يا"):
            return False
        return not tokens[actor.first - 1].text.rstrip("ًٌٍ").endswith(("ا", "ى", "ات"))
