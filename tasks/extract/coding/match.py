"""Which row of the predicate tables fits a frame.

In: a frame, its participants. Out: the first row (most conditions first) whose conditions all hold, and the rows that failed with
the condition that failed, for `waqai explain`.
"""

from tasks.extract.coding.model import Frame, Phrase
from tasks.extract.coding.tables import CodingTables, Condition, Predicate
from tasks.extract.coding.who import Participants

VICTIM_ROLES = frozenset({"CVL", "REF", "MED", "EDU", "LAB", "REL", "HLH", "NGO"})
AGENT_SLOTS = ("من قبل", "علي يد")
# Roots whose event nouns belong to the subject of the verb that governs them («واصل الرئيس زيارته»); violence does not.
GOVERNED = frozenset({"02", "03", "04", "05", "06", "07", "10", "12", "16"})
FORCE = frozenset({"17", "18", "19", "20"})
ARMED = frozenset({"REB", "MIL", "UAF", "COP"})
PLACES = frozenset({"country", "place"})
PERSONS = frozenset({"agent", "person", "office"})
MANNERS = frozenset({"طعن", "حرق", "شنق", "خنق", "ضرب", "ذبح", "رمي", "رجم", "غرق", "تعذيب", "عمد", "غدر", "اغتيال"})
SOURCE_SLOTS = ("subj", "gen", "adj", "بين", "من قبل")
TARGET_SLOTS = ("obj", "obj2", "علي", "ضد", "ل", "الي", "مع", "gen", "patient")
MEANS_SLOTS = ("اثر", "في", "ب", "خلال")


def rows_of(frame: Frame, tables: CodingTables) -> list[Predicate]:
    """Return the candidate rows of a frame's word."""
    if frame.kind == "noun":
        described = tables.participles.get(frame.lemma, []) if frame.analysis.kind == "participle" else []
        return [*tables.nouns.get(frame.lemma, []), *described]
    if frame.kind == "verb":
        rows = tables.verbs.get(frame.lemma, [])
        if not frame.homographs:
            return rows
        more = [row for lemma in frame.homographs for row in tables.verbs.get(lemma, [])]
        return sorted([*rows, *more], key=lambda row: -row.weight) if more else rows
    own = tables.participles.get(frame.analysis.lemma and _key(frame), [])
    return [*own, *tables.verbs.get(frame.lemma, [])]


def _key(frame: Frame) -> str:
    from tasks.extract.coding.tables import word_key

    return word_key(frame.analysis.lemma)


def _has_word(phrase: Phrase, words: frozenset[str]) -> bool:
    return phrase.lemma in words or any(lemma in words for lemma in phrase.lemmas)


def holds(condition: Condition, frame: Frame, who: Participants, root: str = "") -> bool:
    """Does one condition hold for the frame? `root` is that of the row: acts of talking belong to the subject of their clause."""
    if condition.slot == "has":
        result = not condition.words.isdisjoint(frame.lemmas)
    elif condition.slot == "speaker":
        result = bool(who.of(frame, "speaker"))
    elif condition.slot == "ان":
        result = frame.content is not None
    elif condition.slot == "number":  # number:d, two subjects
        result = frame.analysis.number in condition.words or ("d" in condition.words and len(who.of(frame, "subj")) == 2)
    elif condition.slot == "quote":
        result = frame.is_quoted
    elif condition.slot == "pronoun":  # «تبنته حركة طالبان»: the verb has an object pronoun
        result = bool(frame.analysis.enclitic)
    elif condition.slot == "own":  # «سفيرها»: a thing of the subject's own
        result = any(who.sentence.analyses[p.head].enclitic for slot in ("obj", "ل") for p in frame.phrases(slot))
    elif condition.slot in ("source", "target"):
        slots = SOURCE_SLOTS if condition.slot == "source" else TARGET_SLOTS
        result = any(who.of(frame, slot) for slot in slots)
        if not result and condition.slot == "source" and frame.kind == "noun" and root in GOVERNED:
            result = bool(who.ruler(frame))
    else:
        phrases = frame.phrases(condition.slot)
        result = bool(phrases) or (condition.slot == "subj" and bool(who.of(frame, "subj")))
        if result and condition.wants_person:
            result = any(a.kind in ("person", "office") for a in who.of(frame, condition.slot))
        elif result and condition.wants_place:
            result = any(a.kind in PLACES and a.method != "metonym" for a in who.of(frame, condition.slot))
        elif result and condition.words:
            result = any(_has_word(p, condition.words) for p in phrases)
            if not result and condition.wants_actor:
                result = bool(who.of(frame, condition.slot))
        elif result and condition.wants_actor:
            result = bool(who.of(frame, condition.slot))
    return result != condition.negated


def choose(frame: Frame, who: Participants, tables: CodingTables) -> tuple[Predicate | None, list[tuple[str, str]]]:
    """Return the row that fits and the failed rows as (row id, slot of the failed condition)."""
    failed: list[tuple[str, str]] = []
    for row in rows_of(frame, tables):
        bad = next((c for c in row.needs if not holds(c, frame, who, row.code[:2])), None)
        if bad is None:
            return row, failed
        failed.append((row.row, ("!" if bad.negated else "") + bad.slot))
    return None, failed


def turn_passive(frame: Frame, who: Participants, rows: list[Predicate], before: Frame | None = None) -> None:
    """An unvocalised passive («قتل خمسة مدنيين في غارة») shows its patient where a subject stands: move it to `obj`.

    Arabic news seldom writes the vowels of a passive; the signs used here are an agent phrase, a means phrase, a counted or
    civilian patient, and for acts of force a subject before the verb with no object («أن الزعيم قد قتل»): nobody kills nobody
    (morphology study, 5-6 passives per 100 verbs). `before` is the verb frame before: «قتلوا وجرحوا» share their patient.
    """
    shares = before is not None and before.is_passive and frame.subject_from == "inherited" and not frame.phrases("obj")
    if before is not None and shares and any(row.code[:2] in FORCE for row in rows) and "و" in frame.analysis.proclitics:
        frame.slots["obj"], frame.is_passive, frame.subject_from = list(before.phrases("obj")), True, "passive"
        return
    _drop_manner(frame, who)
    _free_town(frame, rows)
    _go_on(frame, who, rows, before)
    subjects = frame.phrases("subj")
    if _wants_object(frame, rows) and not subjects and frame.subject_from == "inherited":
        frame.is_passive, frame.subject_from = True, "inherited patient"
        return
    voice = frame.analysis.voice
    is_force = sum(row.code[:2] in FORCE for row in rows) * 2 > sum(row.code != "none" for row in rows)
    if frame.kind != "verb" or not subjects or frame.subject_from == "inherited":
        return
    if frame.phrases("obj") and not (is_force and voice == "passive"):
        return
    if not any("obj" in row.target and row.target[0] != "ضد" for row in rows):
        return
    if voice == "passive" or (voice == "either" and (_wants_object(frame, rows) or _looks_passive(frame, subjects, who, is_force))):
        patients = frame.slots.pop("subj")
        if frame.phrases("obj"):  # «والثلاثاء أصيب 37 شخصا»; «منح الوزير وساما»: of two objects the first becomes the subject
            named = any(p.actors for p in patients) or not any(p.actors for p in frame.phrases("obj"))
            frame.slots["obj2"] = frame.slots["obj"] if named else patients
            patients = patients if named else frame.slots["obj"]
        frame.slots["obj"] = patients
        frame.is_passive = True
        frame.subject_from = "passive"


def _free_town(frame: Frame, rows: list[Predicate]) -> None:
    """«واكتسحت خور مكسر وسيطرت عليها»: a town behind a joined verb of force does nothing; who acted before, took it."""
    subjects = frame.phrases("subj")
    is_force = bool(rows) and all(row.code[:2] in FORCE or row.code == "none" for row in rows)
    if not is_force or frame.kind != "verb" or frame.subject_from != "post" or frame.phrases("obj") or not subjects:
        return
    actors = [a for p in subjects for a in p.actors]
    is_joined = bool({"و", "ف"} & set(frame.analysis.proclitics))
    if is_joined and actors and all(a.kind == "place" and a.method != "metonym" for a in actors):
        frame.slots["obj"] = frame.slots.pop("subj")
        frame.subject_from = "inherited"


def _go_on(frame: Frame, who: Participants, rows: list[Predicate], before: Frame | None) -> None:
    """«رفضت الجبهة الاتفاق واحتجزت 68 رهينة»: a feminine verb joined to that of an armed body has the same subject."""
    subjects, analysis = frame.phrases("subj"), frame.analysis
    is_joined = frame.kind == "verb" and "و" in analysis.proclitics and frame.subject_from == "post" and not frame.phrases("obj")
    if not is_joined or before is None or before.is_passive or not subjects or analysis.gender != "f":
        return
    if not subjects[0].is_counted and not any(set(a.roles) & VICTIM_ROLES for a in subjects[0].actors):
        return
    doers = who.of(before, "subj") if any(row.code[:2] in FORCE for row in rows) else []
    if len(doers) == 1 and doers[0].kind in ("group", "organization") and ARMED & set(doers[0].roles):
        frame.slots["obj"] = frame.slots.pop("subj")
        frame.subject_from = "inherited"


def _drop_manner(frame: Frame, who: Participants) -> None:
    """«قتل طعنا», «جنود أجانب»: an indefinite verbal noun, participle or adjective without an actor tells how somebody suffered or
    what he was like, and is no object (Wright II, 53 and 112)."""
    objects = frame.phrases("obj")
    suffered = frame.analysis.voice != "active" and any(p.actors for p in frame.phrases("subj"))
    if objects and frame.kind == "verb" and all(not p.actors and not p.inner and _is_manner(p, who, suffered) for p in objects):
        frame.slots.pop("obj")


def _is_manner(phrase: Phrase, who: Participants, suffered: bool) -> bool:
    text, analysis = who.sentence.tokens[phrase.head].text.rstrip("ًٌٍ"), who.sentence.analyses[phrase.head]
    if "ال" in analysis.proclitics or analysis.enclitic:
        return False
    if suffered and (analysis.kind in ("participle", "adjective") or (analysis.kind == "noun" and analysis.lemma.endswith("ي"))):
        return True
    return analysis.kind == "masdar" and text.endswith("ا") and phrase.lemma in MANNERS


def _wants_object(frame: Frame, rows: list[Predicate]) -> bool:
    """«قتل عشرة جنود», «قتلوا في غارة»: a verb of killing, wounding or seizing and no object tells who suffered it."""
    if frame.kind != "verb" or frame.analysis.voice != "either" or frame.analysis.enclitic or frame.phrases("obj"):
        return False
    rows = [row for row in rows if row.code != "none"]
    force = [row for row in rows if row.code[:2] in FORCE]
    return bool(force) and len(force) == len(rows) and all(row.target[:1] == ("obj",) for row in force) and not frame.phrases("علي")


def _looks_passive(frame: Frame, subjects: list[Phrase], who: Participants, is_force: bool) -> bool:
    agents = [p for slot in AGENT_SLOTS for p in frame.phrases(slot)]
    if agents and agents[0].first <= subjects[-1].last + (12 if is_force else 4):
        return True
    if frame.analysis.enclitic:
        return False
    if frame.lemma.endswith("ى") and who.sentence.tokens[frame.trigger].text.endswith("ي"):
        return True  # «استدعي السفير»: the active form is written استدعى
    if not is_force:
        return False
    if frame.subject_from in ("before", "relative") or subjects[0].is_counted:
        return True
    actors = [a for p in subjects for a in p.actors]
    if actors and any(set(a.roles) & VICTIM_ROLES for a in actors):
        return True
    return any(frame.phrases(slot) for slot in MEANS_SLOTS) and bool(actors) and all(a.kind in PERSONS for a in actors)
