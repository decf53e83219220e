"""Speech acts and their contents: appeal, demand, threat, promise x aid, reform, release and so on.

In: the candidates of a sentence. Out: the same; a speech act has the code that the composition tables give to act and content, and
what is only asked for or threatened is no event of its own.
"""

from tasks.extract.coding.candidate import VIOLENCE, Candidate, content_end, content_regions
from tasks.extract.coding.model import Sentence
from tasks.extract.coding.tables import CodingTables, compose

BACKGROUND = frozenset({"بعد", "اثر", "خلال"})
WORDS = frozenset({"02", "03", "10", "11", "13"})


class Composer:
    """Composes the codes of speech acts and of plans in one sentence."""

    def __init__(self, sentence: Sentence, tables: CodingTables, candidates: list[Candidate]) -> None:
        self.sentence = sentence
        self.tables = tables
        self.candidates = candidates

    def run(self) -> None:
        """Compose innermost acts first: «طالب بالدعوة إلى الإفراج» needs the code of the call."""
        for candidate in sorted(self.candidates, key=lambda c: -c.trigger):
            if candidate.row.act and candidate.dropped != "light verb":
                self._compose(candidate)
        self._future()

    def _compose(self, candidate: Candidate) -> None:
        act = self.tables.acts.get(candidate.row.act)
        region = content_regions(self.sentence, candidate)
        inside = [
            c
            for c in self.candidates
            if c is not candidate and any(a <= c.trigger < b for a, b in region) and c.dropped in ("", "content only")
        ]
        if act is not None and act.is_asserted:
            for told in inside:
                told.speakers = told.speakers or candidate.sources
                if act.target_from == "lend" and self._may_borrow(candidate, told):
                    told.sources = candidate.sources
            candidate.code = candidate.row.code or act.code
            return
        inside = [c for c in inside if not self._is_given(candidate, c)]
        candidate.content = content = next((c for c in inside if c.code), None)
        code = content.code if content else ""
        if content is not None and content.frame.is_negated:
            code = "!" + code
        if candidate.frame.is_negated and candidate.row.negative_code:
            candidate.code = candidate.row.negative_code
            self._consume(candidate, inside, region)
            return
        candidate.code = compose(self.tables, candidate.row.act, code) or candidate.row.code
        if candidate.row.code and not content:
            candidate.code = candidate.row.code
        self._consume(candidate, inside, region)
        if content is not None:
            candidate.rows += content.rows
            self._borrow_target(candidate, content, act.target_from if act else "")

    def _is_given(self, candidate: Candidate, content: Candidate) -> bool:
        """«رفض الانتقادات التي وجهتها الأمم المتحدة», «حث إيران ... بعد الهجوم»: what happened before is no content of the act."""
        if content.frame.kind != "noun":
            return False
        phrase, keys = self.sentence.items[content.frame.item].phrase, self.sentence.lemma_keys
        if phrase is not None and phrase.slot in BACKGROUND:
            return True
        before = keys[max(0, content.trigger - 2) : content.trigger]
        if not (self.tables.sets["relating"] | self.tables.sets["answering"]).isdisjoint(before):
            return True  # «تعديل المواد المتعلقة بالعقوبات», «عملية يعتزمون تنفيذها انتقاما لمقتل القائد»
        if candidate.row.act != "reject" or content.code[:2] not in WORDS:
            return False
        ours = {(a.start, a.country) for a in candidate.sources}
        others = [a for a in content.sources if (a.start, a.country) not in ours]
        candidate.targets = candidate.targets or others
        return bool(others)

    @staticmethod
    def _may_borrow(candidate: Candidate, content: Candidate) -> bool:
        """«أعلنت قطر تجميد علاقاتها»: who announces his own measure is its source; nobody announces his own violence so, and
        what a clause speaks of may be anybody's («أعلن أن الاتفاق مع إيران أفضل خيار»)."""
        clause = candidate.frame.content
        if clause is not None and clause[0] <= content.trigger < clause[1] and content.code == "057":
            return False
        return content.frame.kind == "noun" and not content.sources and content.code[:2] not in (*VIOLENCE, "14")

    def _consume(self, candidate: Candidate, inside: list[Candidate], region: list[tuple[int, int]]) -> None:
        """What is only asked for or threatened did not happen."""
        limit = content_end(self.sentence, inside[0].trigger) if inside else 0
        for content in inside:
            is_said = content.row.source == ("speaker",) and not candidate.row.alone  # «القرار غير شرعي»: said of it
            if content.trigger < max(limit, inside[0].frame.last) and not (content.dropped or is_said):
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
            if not candidate.row.act and not candidate.dropped and (frame.is_future or frame.auxiliary == "plan"):
                plan(self.tables, candidate)


def plan(tables: CodingTables, candidate: Candidate) -> None:
    """Make an act a planned one: it takes the code that the composition table has for it, if any."""
    candidate.modality = "planned"
    candidate.code = compose(tables, "future", candidate.code) or candidate.code
