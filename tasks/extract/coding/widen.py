"""Who else takes part: sources and targets that no slot of the row names.

In: the candidates of a sentence. Out: the same, with missing targets looked up inside the phrases of the clause, on the ground
where the act took place, or among the parties of the talks beside it.
"""

from collections.abc import Mapping

from tasks.extract.actors import Actor
from tasks.extract.actors.model import PSEUDO_COUNTRIES
from tasks.extract.coding.candidate import VIOLENCE, Candidate, content_end
from tasks.extract.coding.match import FORCE, GOVERNED, PLACES
from tasks.extract.coding.model import Frame, Phrase, Sentence
from tasks.extract.coding.protests import ProtestTargets
from tasks.extract.coding.who import Participants

# Roots that are acts toward somebody: where no slot of the row names him, he stands inside one («انتقد قرار الحكومة»).
TOWARD = frozenset({"02", "03", "05", "07", "10", "11", "12", "13", "16", "17"})
ON_SITES = frozenset({"170", "171", "1711", "175", "191"})  # acts that are done to houses and roads
ADDRESSED = frozenset({"02", "03", "05", "10", "11", "13", "16"})  # words meant for somebody: the next actor of the clause
WIDER_SLOTS = ("ضد", "obj", "obj2", "ب", "علي", "ل", "الي", "من", "عن", "gen")
NO_TARGET_SLOTS = frozenset({"في", "خلال", "بعد", "بحسب", "من قبل", "علي يد", "اثر", "رغم"})

WHAT_REACH = 12  # tokens between the verb of blame or praise and the verb behind ما
BLAME_REACH = 35  # tokens between the verb of blame and the act that is blamed
ANTICIPATING = frozenset({"تحسبا", "تحسب", "استعدادا", "استعداد"})


class Widener:
    """Fills missing sources and targets of the candidates of one sentence."""

    def __init__(self, sentence: Sentence, who: Participants, candidates: list[Candidate], sites: Mapping[str, str]) -> None:
        self.sites = sites
        self.sentence = sentence
        self.who = who
        self.candidates = candidates

    def widen(self, candidate: Candidate) -> None:
        """Fill what is missing; afterwards an act of mediation has its parties."""
        self._widen(candidate)
        self._parties(candidate)

    def about(self, candidate: Candidate) -> None:
        """«قال عباس إن الحكومة الإسرائيلية لا تريد السلام»: a statement whose content begins with somebody else is about him."""
        content = candidate.frame.content
        if content is None:
            if candidate.code == "013":
                ours = {a.country for a in candidate.sources}
                found = self._next_actor(candidate.frame, {a.start for a in candidate.sources})
                candidate.targets = [a for a in found if a.country not in ours]
            return
        own = {(a.country, a.roles) for a in candidate.sources}
        for item in self.sentence.items:
            if item.phrase is None or item.first < content[0] or item.first >= content[1]:
                continue
            found = [] if item.phrase.slot else [*item.phrase.actors, *item.phrase.inner]
            candidate.targets = [a for a in found[:1] if a.kind != "place" and (a.country, a.roles) not in own]
            return

    def _widen(self, candidate: Candidate) -> None:
        """Look for a missing source in the governing clause, for a missing target inside the phrases of the clause."""
        root = candidate.code[:2]
        is_known = candidate.frame.governor is not None or "ال" in candidate.frame.analysis.proclitics
        is_agreed = candidate.code != "057" or candidate.frame.light_row or not is_known  # «الاتفاق مع إيران»: not the speaker's
        if not candidate.sources and candidate.frame.kind == "noun" and root in GOVERNED and is_agreed:  # «رفض الاتفاق مع إيران»
            own = {(a.start, a.country) for a in candidate.targets}
            candidate.sources = [a for a in self.who.ruler(candidate.frame) if (a.start, a.country) not in own]
        if not candidate.sources and root == "11" and candidate.frame.kind == "verb":
            own = {(a.start, a.country) for a in candidate.targets}
            candidate.sources = [a for a in self.who.speaker_of(candidate.frame) if (a.start, a.country) not in own]
        if not candidate.sources and root in FORCE and self._is_done_by_subject(candidate):
            own = {(a.start, a.country) for a in candidate.targets}
            governor = candidate.frame.governor
            assert governor is not None
            candidate.sources = [a for a in self.who.of(governor, "subj") if (a.start, a.country) not in own]
        if root == "15":
            candidate.targets = self._feared(candidate) or candidate.targets
        if candidate.code == "192" and all(a.kind in PLACES for a in candidate.targets):
            candidate.targets = self._holders(candidate) or candidate.targets
        if not candidate.targets and (root == "15" or candidate.code == "192"):
            candidate.targets = self._ground(candidate)
        if not candidate.targets and candidate.frame.kind == "noun" and candidate.sources:
            candidate.targets = self._answering(candidate)
        if candidate.targets and root in VIOLENCE and all(a.kind == "place" for a in candidate.targets):
            candidate.targets = self._sites(candidate) or candidate.targets  # «هاجموا مسجدا جنوب بغداد»
        if candidate.targets:
            return
        if root in ("02", "10") and candidate.frame.kind == "noun" and candidate.sources:
            candidate.targets = self._asked(candidate)
        elif root == "12":
            candidate.targets = self._answered(candidate)
        elif root == "14":
            candidate.targets = ProtestTargets(self.sentence, self.who, self.candidates).of(candidate)
        elif root in ("05", "11"):
            candidate.targets = self._deed(candidate) or (self._blamed(candidate) if root == "11" else [])
        elif root in VIOLENCE and candidate.sources:
            candidate.targets = self._struck(candidate)
        if not candidate.targets and (root in VIOLENCE or candidate.code in ON_SITES):
            candidate.targets = self._sites(candidate)
        if root == "07" and not candidate.targets and candidate.sources:
            candidate.targets = self._only_other(candidate)
        if root not in TOWARD or (root == "11" and candidate.targets):
            return
        ours, states = {a.start for a in candidate.sources}, {a.country for a in candidate.sources}
        patients = self._patients(candidate)
        for slot in (*candidate.row.target, *candidate.row.content, *WIDER_SLOTS):
            for phrase in candidate.frame.phrases(slot):
                inside = [a for a in (*phrase.actors, *phrase.inner) if a.start not in ours and a.kind != "place"]
                inside = [a for a in inside if (a.method != "inferred" or a.country not in states) and a.start not in patients]
                if inside:
                    candidate.targets = inside[:1]
                    return
        if candidate.content is not None and not candidate.targets:
            content = candidate.content
            candidate.targets = [a for a in (*content.sources, *content.targets) if a.start not in ours | patients][:1]
        if not candidate.targets and root in ("02", "10"):
            candidate.targets = self._to_act(candidate)
        if not candidate.targets and root in ADDRESSED:
            candidate.targets = self._next_actor(candidate.frame, ours | patients)

    @staticmethod
    def _patients(candidate: Candidate) -> set[int]:
        """«دعا إلى إطلاق سراح الرهائن»: those to be freed or spared are not asked for it."""
        content = candidate.content
        is_done_to = content is not None and (content.code[:2] in FORCE or content.code[:3] == "084")
        people = [a for a in content.targets if "CVL" in a.roles] if content is not None and is_done_to else []
        return {a.start for a in people}

    def _to_act(self, candidate: Candidate) -> list[Actor]:
        """«ضرورة أن توقف أوكرانيا القصف»: who is to act by the clause that tells what is wanted."""
        content, ours = candidate.frame.content, {a.country for a in candidate.sources}
        for frame in self.sentence.frames if content is not None else ():
            if frame.kind == "verb" and content is not None and content[0] <= frame.trigger < content[1]:
                return [a for p in frame.phrases("subj") for a in p.actors if a.country not in ours and a.kind != "place"]
        return []

    def _asked(self, candidate: Candidate) -> list[Actor]:
        """«رفضت إسرائيل طلبا أميركيا», «زار موسكو بدعوة روسية»: a call is made to the subject of the clause in which it stands."""
        ours = {a.country for a in candidate.sources}
        return [a for a in self.who.ruler(candidate.frame) if a.country not in ours and a.kind != "place"][:1]

    def _answering(self, candidate: Candidate) -> list[Actor]:
        """«قال خامنئي ردا على تهديدات كيري»: who answers an act is the one it was done to."""
        t, ours = candidate.trigger, {a.country for a in candidate.sources}
        if not any(key in ("رد", "ردا") for key in self.sentence.lemma_keys[max(0, t - 3) : t]):
            return []
        return [a for a in self.who.ruler(candidate.frame) if a.country not in ours][:1]

    def _answered(self, candidate: Candidate) -> list[Actor]:
        """Who rejects, rejects somebody's demand, offer or call: whose it is, if the sentence told of it before."""
        if any(candidate.frame.phrases(slot) for slot in candidate.row.target):
            return []
        for other in reversed(self.candidates):
            if other.trigger < candidate.trigger and other.row.act in ("demand", "appeal", "intend") and other.sources:
                ours = {a.country for a in candidate.sources}
                return [a for a in other.sources if a.country not in ours][:1]
        return []

    def _is_done_by_subject(self, candidate: Candidate) -> bool:
        """«ترد المقاومة بإطلاق الصواريخ», «يستمر التنظيم باستهداف المدن»: an act of force after ب is the subject's own."""
        frame, governor = candidate.frame, candidate.frame.governor
        if frame.kind != "noun" or governor is None or governor.is_passive or "من قبل" in frame.slots or "علي يد" in frame.slots:
            return False
        if any(c.frame is governor and c.row.act for c in self.candidates):
            return False  # «طالبت بوقف القصف», «اتهمت بقتل»
        before = self.sentence.items[frame.item - 1].phrase if frame.item > 0 else None
        if before is not None and before.slot not in ("", "ب"):
            return False  # «رغم صدور أمر بالقبض عليها»: belongs to the phrase before it
        return any(p.first == frame.trigger for p in governor.phrases("ب"))

    def _blamed(self, candidate: Candidate) -> list[Actor]:
        """«استنكرت تونس الجريمة التي ارتكبها المستوطنون»: who condemns an act, blames who did it."""
        objects = [p for slot in ("obj", "ب") for p in candidate.frame.phrases(slot)]
        if any(p.actors or p.inner for p in objects):
            return []
        ours = {a.country for a in candidate.sources}
        for other in self.candidates:
            near = candidate.trigger < other.trigger <= candidate.trigger + BLAME_REACH
            if near and other.code[:2] in (*FORCE, "16") and other.frame.kind != "participle":
                return [a for a in other.sources if a.country not in ours][:1]
        return []

    def _deed(self, candidate: Candidate) -> list[Actor]:
        """«ثمن ما تقدمه المملكة», «أدان ما قامت به إسرائيل»: whose deed it is, the clause behind ما says."""
        t, keys = candidate.trigger, self.sentence.lemma_keys
        verb = next((f for f in self.sentence.frames if f.kind == "verb" and t < f.trigger <= t + WHAT_REACH), None)
        if verb is None or keys[verb.trigger - 1] not in ("ما", "بما"):
            return []
        ours = {(a.country, a.roles) for a in candidate.sources}
        return [a for a in self.who.of(verb, "subj") if (a.country, a.roles) not in ours and a.kind != "place"][:1]

    def _feared(self, candidate: Candidate) -> list[Actor]:
        """«في حالة تأهب تحسبا لضربة محتملة من جانب طهران»: against whom one stands ready."""
        keys, ours = self.sentence.lemma_keys, {a.country for a in candidate.sources}
        at = next((t for t in range(candidate.trigger, len(keys)) if keys[t] in ANTICIPATING), None)
        if at is None:
            return []
        behind = [a for a in self.sentence.actors if a.first > at and a.country not in ours]
        by = [a for a in behind if keys[a.first - 1] in ("جانب", "قبل")]
        return (by or [a for a in behind if keys[a.first - 1] != "ضد"])[:1]

    def _struck(self, candidate: Candidate) -> list[Actor]:
        """Whom an attack hits when no slot says it: an actor inside the phrases after it, else another country where it was."""
        own = {a.start for a in candidate.sources}
        ours = {a.country for a in candidate.sources}
        for slot in ("obj", "علي", "ضد", "ل", "نحو"):
            hit: list[Phrase] = []
            found: list[Actor] = []
            for phrase in candidate.frame.phrases(slot):
                inside = [a for a in (*phrase.actors, *phrase.inner) if a.start not in own]
                if inside and (not hit or (phrase.conjunct_of in hit and phrase.actors)):
                    hit.append(phrase)
                    found += inside[:1]
            if found:
                return found
        for phrase in candidate.frame.phrases("في"):
            if inside := [a for a in (*phrase.actors, *phrase.inner) if a.country and a.country not in ours and a.kind in PLACES]:
                return inside[:1]
        return []

    def _sites(self, candidate: Candidate) -> list[Actor]:
        """«اقتحم الجيش المستشفى», «أحرقوا عشرة منازل»: a house stands for those in it, of the country where it stands."""
        for slot in (*candidate.row.target, "obj"):
            for phrase in candidate.frame.phrases(slot):
                word = next((lemma for lemma in phrase.lemmas if lemma in self.sites), "")
                if word and (owners := self._owners(phrase)):
                    return owners
                is_placed = not phrase.actors and all(a.kind == "place" for a in phrase.inner)
                if word and is_placed and (country := self.sentence.scene(phrase.head)):
                    return [self._site(phrase, country, self.sites[word])]
        return []

    def _owners(self, phrase: Phrase) -> list[Actor]:
        """«دورية للجيش الأميركي»: whose it is, by the ل behind it."""
        following = self.sentence.phrase_at.get(phrase.last)
        is_owner = following is not None and following.slot == "ل" and following.first == phrase.last
        return following.actors[:1] if is_owner and following is not None else []

    def _site(self, phrase: Phrase, country: str, role: str) -> Actor:
        start, end = self.sentence.tokens[phrase.first].start, self.sentence.tokens[phrase.last - 1].end
        text, roles = self.sentence.text[start:end], (role,) if role.isupper() else ()
        kind = "agent" if roles else "place"
        span = (phrase.first, phrase.last, phrase.head, start, end, text, text)
        return Actor(*span, country, roles, kind, "inferred", (), phrase.gender, phrase.number, (), False)

    def _next_actor(self, frame: Frame, own: set[int]) -> list[Actor]:
        """The first actor after the trigger in the same clause, places of action aside."""
        end = content_end(self.sentence, frame.trigger)
        for item in self.sentence.items:
            if item.phrase is None or item.first <= frame.trigger or item.first >= end or item.phrase.slot in NO_TARGET_SLOTS:
                continue
            inside = [a for a in (*item.phrase.actors, *item.phrase.inner) if a.start not in own and a.kind != "place"]
            if inside:
                return inside[:1]
        return []

    def _only_other(self, candidate: Candidate) -> list[Actor]:
        """Help goes to the one other country of the sentence, where it names only one."""
        ours = {a.country for a in candidate.sources}
        others = {a.country: a for a in self.sentence.actors if a.country and a.country not in (*ours, *PSEUDO_COUNTRIES)}
        is_giver = all(a.kind not in ("nisba", "place") for a in candidate.sources)
        return list(others.values()) if len(others) == 1 and is_giver else []

    def _holders(self, candidate: Candidate) -> list[Actor]:
        """«استعادة القرى التي كانت تسيطر عليها الميليشيات»: land is taken from who held it."""
        ours = {(a.start, a.country) for a in candidate.sources}
        held = [c for c in self.candidates if c.code == "192" and c.trigger > candidate.trigger and c.frame.is_relative]
        return [a for c in held[:1] for a in c.sources if (a.start, a.country) not in ours]

    def _ground(self, candidate: Candidate) -> list[Actor]:
        """Troops are sent to, and land is taken from, the country of the place named next: «نشرت قوات في سوريا»."""
        end = content_end(self.sentence, candidate.trigger)
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
