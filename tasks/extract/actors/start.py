"""Where an actor phrase starts: the best reading of a word as name, agent word or people.

A proper name beats an agent word of the same length unless it is a weak one (a surname or name that is also a common word).
"""

from tasks.extract.actors.grow import grow, parenthesis
from tasks.extract.actors.model import AgentRow, Form, Name, Reading
from tasks.extract.actors.names import patronymic
from tasks.extract.actors.phrases import MAX_DEPTH, Phrase, current_names, longest_agent, longest_names, nisba_of
from tasks.extract.actors.sentence import Words

KINDS = {"title": "office", "rank": "office", "body": "organization", "site": "place", "nation": "country"}
_PLACE_BEFORE = frozenset(
    {
        "في",
        "فى",
        "الي",
        "داخل",
        "قرب",
        "شمال",
        "جنوب",
        "شرق",
        "غرب",
        "وسط",
        "مدينه",
        "العاصمه",
        "محافظه",
        "مطار",
        "ميناء",
    }
)
WITHOUT = frozenset({"بدون", "بلا", "دون", "وبدون"})


def starts_plain(words: Words, i: int, depth: int = 0) -> Phrase | None:
    """Return the actor phrase that starts at word `i`, or None. People words alone (الفلسطينيون) are not tried here."""
    best: tuple[int, int, Phrase | None] = (0, 0, None)
    for reading in words.readings[i]:
        length, rows = longest_names(words, i, reading)
        size, form = longest_agent(words, i, reading)
        if form is not None and (words.is_no_noun(i) or _is_adjective(words, i, reading, form) or _is_adverb(words, i, reading)):
            form, size = None, 0
        strong = bool(rows) and not all(row.is_weak for row in rows)
        if rows and (length > size or (length == size and strong)) and (length, 1) > best[:2]:
            phrase = name_phrase(words, i, reading, length, rows)
            if phrase is not None:
                best = (length, 1, phrase)
        elif form is not None and (size, 0) > best[:2] and depth <= MAX_DEPTH:
            phrase = agent_phrase(words, i, reading, size, form, depth)
            if phrase is not None:
                best = (size, 0, phrase)
    found = best[2]
    if found is not None and found.row is None:
        found.last = parenthesis(words, found, found.last)
    return found


def _is_adverb(words: Words, i: int, reading: Reading) -> bool:
    """«أمنيا، قتل ستة»: an accusative before a comma that opens the sentence says in what respect."""
    opens = i == 0 or words.tokens[i - 1].kind == "mark"
    return opens and words.key(i).endswith("يا") and not reading.proclitics and words.key(i + 1) in ("،", ",")


def _is_adjective(words: Words, i: int, reading: Reading, form: Form) -> bool:
    """Whether a word like إرهابي or عسكري describes the noun before it (هجوم إرهابي), and is no person."""
    if "adjectival" not in words.lexicon.agents[form.row].traits or reading.proclitics or reading.enclitic:
        return False
    before = i - 1
    if not words.is_word(before) or words.is_counting(before) or words.takes_person(before):
        return False
    is_named = any(r.names for r in words.readings[before])
    if words.key(i).endswith("يا") and (is_named or not words.key(before).endswith(("ا", "ي"))):
        return False  # «اغتالت إسرائيل قياديا»: an accusative that describes no accusative
    if words.has_article(before) != reading.is_definite or (form.number == "p" and not words.is_plural(before)):
        return False
    return words.kinds[before] in ("noun", "masdar", "nominal", "adjective", "participle") or (
        not words.kinds[before] and reading.is_definite
    )


def agent_phrase(words: Words, i: int, reading: Reading, size: int, form: Form, depth: int) -> Phrase | None:
    """Return the phrase of an agent word, or None when the word only introduces a name that is not there."""
    row = words.lexicon.agents[form.row]
    if _says_something_else(words, i, size, reading, row):
        return None
    phrase = Phrase(
        first=i,
        last=i + size,
        head=i,
        kind=KINDS.get(row.kind, "agent"),
        method="title",
        proclitics=reading.proclitics,
        country=row.country or None,
        roles=row.roles,
        rows=[row.id],
        gender=form.gender,
        number=form.number,
        is_definite=_is_definite(words, i, size, reading),
        enclitic=reading.enclitic,
        row=row,
        head_roles=row.roles,
    )
    phrase.last = grow(words, phrase, i + size, depth)
    if form.number == "d" and form.is_bound and not (size > 1 or words.has_article(i + size) or phrase.has_complement):
        return None  # «دور رئيسي»: no dual without its genitive
    if _is_bound_dual(words, phrase, i, size, form):
        phrase.number = "d"
    if row.kind == "honorific" and not (phrase.enclitic or phrase.name):
        return None  # الأول, السيد before no name
    if phrase.name and row.kind in ("title", "rank", "honorific"):
        phrase.kind = "person"
    _settle(phrase, row)
    return phrase


def _is_bound_dual(words: Words, phrase: Phrase, i: int, size: int, form: Form) -> bool:
    """«وزيرا خارجية مصر وتركيا»: an accusative takes no genitive, so this is the dual."""
    if form.number != "s" or size > 1 or not words.key(i).endswith("ا") or phrase.row is None or not phrase.row.is_human:
        return False
    return phrase.has_complement and not phrase.enclitic and not phrase.name


def _says_something_else(words: Words, i: int, size: int, reading: Reading, row: AgentRow) -> bool:
    """Set phrases in which the word names nobody: برئاسة, من جانبه, الأمن القومي, and مجلس الأمن, الشؤون الخارجية."""
    if ("not_by" in row.traits and "ب" in reading.proclitics) or (reading.enclitic and row.traits & {"party", "unowned"}):
        return True
    is_one = not reading.is_definite and not reading.enclitic and not row.country and row.kind in ("title", "person")
    if is_one and size == 1 and words.is_given_name(i) and words.is_given_name(i + 1) and not nisba_of(words, i + 1):
        return True  # «فلاح مصطفى», «ثائر محمود»: a person's name
    if i and row.is_human and not reading.is_definite and words.key(i - 1) in WITHOUT:
        return True  # «طائرة بدون طيار»
    if "elliptic" in row.traits:
        joins = reading.proclitics in ((), ("و",)) and words.governs(i - 1)
        if not reading.is_definite or (joins and (not reading.proclitics or words.has_article(i - 1))):
            return True
    if "masdar" in row.traits and _is_verbal_noun(words, i, size, reading):
        return True
    blocked = next((trait.removeprefix("not_before=").split("+") for trait in row.traits if trait.startswith("not_before=")), [])
    return i + size < len(words) and words.tokens[i + size].text in blocked


def _is_verbal_noun(words: Words, i: int, size: int, reading: Reading) -> bool:
    """«أسر جندي», «مقاطعة الانتخابات», «معارضتها للقرار»: the verbal noun, with what is done or its doer behind it."""
    if words.kinds[i] != "masdar" or reading.is_definite:
        return False
    if reading.enclitic:
        return i + size < len(words) and words.key(i + size).startswith("ل")
    return words.is_word(i + size) and nisba_of(words, i + size) is None and words.kinds[i + size] not in ("verb", "preposition")


def _settle(phrase: Phrase, row: AgentRow) -> None:
    """What the row says once the phrase is complete: the world's own, former holders, heads that say nothing alone."""
    for trait in row.traits:  # الدول, منظمات حقوقية: of the world when nothing says of which country
        world = trait.removeprefix("world=")
        if world != trait and not phrase.enclitic and (phrase.number == "p" or world != "INT"):
            phrase.set_country(world, "world")
    if phrase.country == "INT" and "destination" in row.traits:
        phrase.country = "IGO"  # المبعوث الدولي is sent by the United Nations
    if phrase.country in ("IGO", "NGO", "INT") and phrase.roles == ("GOV",) and "topic" not in row.traits:
        phrase.roles = ()  # coding guide: only ministers and commissions of a body are its executive
    if phrase.is_former and row.kind == "title":
        phrase.roles = phrase.office_roles or tuple(role for role in phrase.roles if role == "PTY")
    says_more = phrase.country or phrase.name or phrase.has_complement or set(phrase.roles) - set(row.roles)
    phrase.is_weak = "weak" in row.traits and not says_more


def _is_definite(words: Words, i: int, size: int, reading: Reading) -> bool:
    """The article, a possessive pronoun, or the article on the last word of the lemma (نائب الرئيس) make it definite."""
    return reading.is_definite or bool(reading.enclitic) or (size > 1 and words.has_article(i + size - 1))


def _is_part_of_name(words: Words, i: int) -> bool:
    """Whether a surname of the tables belongs to another person's name here: رانيا المشاط, صبري بوقدوم."""
    before = words.loose(i - 1) if i and words.is_word(i - 1) else ""
    if before and (words.is_given_name(i - 1) or (before[0] in "بلوف" and before[1:] in words.lexicon.given_names)):
        return True
    return words.is_given_name(i) and i + 1 < len(words) and words.is_name_word(i + 1, is_first=False)


def _has_other_ending(words: Words, i: int, name: Name) -> bool:
    """Whether dots on the last letter tell the word from the town: مالية is not ماليه."""
    return words.key(i).endswith("ة") and not name.name.endswith("ة")


def _own_adjective(words: Words, phrase: Phrase) -> int:
    """«جنود الاحتلال الإسرائيلي», «حزب الله اللبناني»: the adjective of its own state belongs to the name."""
    found = nisba_of(words, phrase.last)
    is_own = found is not None and found[0].is_definite and not found[0].proclitics and found[1].number == "s"
    return phrase.last + 1 if is_own and found is not None and found[1].country == phrase.country else phrase.last


def name_phrase(words: Words, i: int, reading: Reading, length: int, rows: list[Name]) -> Phrase | None:
    """Return the phrase of a proper name with the rows that are in force on the day of the article."""
    now, in_force = current_names(rows, words)
    if not now:
        return None
    first = now[0]
    after_site = first.kind == "place" and words.after_site(i)  # «ولاية المهدية», «محافظة إب»: its kind stands before
    if first.kind == "place" and length == 1 and not after_site and (words.is_known_other(i) or _has_other_ending(words, i, first)):
        return None
    if first.is_weak and length == 1 and not after_site and (not words.may_be_name(i) or _is_part_of_name(words, i)):
        return None
    kind = {"capital": "country", "metonym": "organization"}.get(first.kind, first.kind)
    method = "metonym" if first.kind in ("capital", "metonym") else "name" if first.kind == "person" else "stated"
    roles = first.roles
    if first.kind == "person":
        same = [row for row in now if row.name == first.name]
        roles = tuple(dict.fromkeys(role for row in same for role in row.roles if in_force or role in ("PTY", "REB", "REL")))
    if first.kind == "capital" and ("ب" in reading.proclitics or (i and words.loose(i - 1).removeprefix("و") in _PLACE_BEFORE)):
        kind, method, roles = "place", "stated", ()
    phrase = Phrase(
        first=i,
        last=i + length,
        head=i,
        kind=kind,
        method=method,
        proclitics=reading.proclitics,
        country=first.country or None,
        roles=roles,
        name=first.name if first.kind == "person" else "",
        rows=list(dict.fromkeys(row.id for row in now)),
        gender=first.gender,
        number=first.number,
        is_loaded=first.is_loaded,
        is_definite=True,
        head_roles=roles,
    )
    phrase.canonical = "" if first.kind == "person" else first.name
    if first.kind == "person":
        phrase.last = patronymic(words, phrase.last)
    elif first.kind in ("group", "organization"):
        phrase.last = _own_adjective(words, phrase)
    phrase.is_ambiguous = len({row.country for row in rows}) > 1
    return phrase
