"""The person name that follows a title: known from the tables, or words that can only be a name."""

from tasks.extract.actors.model import UNKNOWN_DAY, Name
from tasks.extract.actors.phrases import Phrase, current_names, longest_names
from tasks.extract.actors.sentence import Words

PARTICLES = frozenset(
    {
        "بن",
        "ابن",
        "بنت",
        "ولد",
        "ال",
        "ابو",
        "ابي",
        "ابا",
        "ام",
        "عبد",
        "سيدي",
        "دي",
        "دو",
        "فان",
        "فون",
        "لو",
        "لا",
        "دا",
        "ماك",
        "سان",
        "مير",
        "بو",
    }
)
MAX_NAME = 5
# First words of place names of two words: بيت لاهيا, دير البلح, كفر قاسم.
PLACE_FIRST = frozenset({"بيت", "دير", "كفر", "عين", "تل", "خان", "راس", "وادي", "ابو", "ام", "بني", "حمام", "مجدل", "برج", "باب"})


def proper_name(words: Words, phrase: Phrase, j: int) -> int:
    """Absorb ranks, honorifics and the person name at `j` into the title phrase; return the position after them."""
    row = phrase.row
    if row is not None and "named" in row.traits:
        return _place_name(words, phrase, j)
    if (
        row is None
        or row.kind not in ("title", "rank", "person", "honorific")
        or (phrase.number == "p" and not _is_one_of(words, phrase))
        or (phrase.number == "d" and not _known(words, j, phrase))
    ):
        return j
    start = skip_comma(words, j)
    if start != j and not _known(words, start, phrase) and not _closed_by_comma(words, start):
        start = j
    after = _titles(words, phrase, start)
    end = _known(words, after, phrase) or name_run(words, after)
    if end > after:
        end = patronymic(words, end)
        if not phrase.name:
            phrase.name = " ".join(token.text for token in words.tokens[after:end])
        return end
    return after if start == j else j


def _place_name(words: Words, phrase: Phrase, j: int) -> int:
    """«قرية دوما», «بلدة بيت فوريك»: the word behind a village or camp that says nothing else is its name."""
    if phrase.country or phrase.has_complement or phrase.enclitic or phrase.number != "s":
        return j
    start = j - 1 if phrase.is_definite and j == phrase.head + 2 else j  # «قرية المغير» has its word already
    if (phrase.is_definite and start == j) or not words.is_word(start):
        return j
    end = start + (2 if words.loose(start) in PLACE_FIRST and words.is_word(start + 1) and not words.has_front(start + 1) else 1)
    if end == start + 1 and not _may_name_place(words, start):
        return j
    phrase.name = " ".join(token.text for token in words.tokens[start:end])
    phrase.is_definite = True
    return end


def _may_name_place(words: Words, i: int) -> bool:
    if words.has_front(i) or words.readings[i] or len(words.key(i)) < 3:
        return False
    return words.has_article(i) or words.kinds[i] in ("", "nominal", "adverb")


def _is_one_of(words: Words, phrase: Phrase) -> bool:
    """أحد قادة الحراك is one person."""
    return phrase.first > 0 and words.loose(phrase.first - 1).removeprefix("و") in ("احد", "احدي")


def skip_comma(words: Words, j: int) -> int:
    return j + 1 if words.key(j) in ("،", ",") else j


def patronymic(words: Words, end: int) -> int:
    """«محمد بن سلمان بن عبد العزيز آل سعود»: the fathers and the house behind a person's name belong to it."""
    while end + 1 < len(words) and words.key(end) in ("بن", "ابن", "بنت", "ال") and words.tokens[end + 1].kind == "word":
        if words.key(end) == "ال" and not words.tokens[end].text.startswith("آ"):
            break
        is_servant = words.key(end + 1) == "عبد" and end + 2 < len(words) and words.has_article(end + 2)
        end += 3 if is_servant else 2
    return end


def _titles(words: Words, phrase: Phrase, j: int) -> int:
    """الجنرال، الشيخ، الدكتور, صاحب السمو الملكي الأمير: their roles count when the head has none of its own."""
    assert phrase.row is not None
    moving = True
    while moving and j < len(words):
        moving = False
        for reading in words.readings[j]:
            for form in reading.agents:
                row = words.lexicon.agents[form.row]
                is_title = row.kind == "title" and phrase.row.kind == "honorific" and not form.tail and words.has_article(j)
                may_stand = (row.kind in ("rank", "honorific") or is_title) and not reading.proclitics
                if may_stand and words.matches(j + 1, form.tail, as_name=False):
                    phrase.add_roles(row.roles)
                    j += len(form.tail) + 1
                    moving = True
                    break
            if moving:
                break
    return j


def _known(words: Words, j: int, phrase: Phrase) -> int:
    """Position after a person name of the tables at `j`, 0 when there is none; sets name, and country when it is not stated."""
    if j >= len(words):
        return 0
    run = name_run(words, j)
    for start in range(j, max(run, j + 1)):
        length, rows = _persons(words, start, phrase)
        if not rows:
            continue
        now, in_force = current_names(rows, words)
        fits = in_force and words.day != UNKNOWN_DAY.isoformat() and bool(set(now[0].roles) & set(phrase.roles))
        if start + length < run and not (start == j and fits and not words.is_given_name(j)):
            continue  # a further name word follows: not this person
        if start > j and not fits:
            continue  # only the surname is known: the office has to fit
        if length == 1 and not in_force and phrase.roles and not set(now[0].roles) & set(phrase.roles):
            continue  # «العقيد القرشي»: a common surname under another title
        phrase.name = now[0].name
        phrase.rows.extend(row.id for row in now)
        if not phrase.country:
            phrase.set_country(now[0].country, "name")
        phrase.office_roles = now[0].roles if in_force else ()
        if in_force and set(phrase.roles) <= set(now[0].roles):  # «الوزير شويغو» is the minister of defence
            phrase.add_roles(now[0].roles)
        return start + length
    return 0


def _persons(words: Words, j: int, phrase: Phrase) -> tuple[int, list[Name]]:
    """Length and rows of the person name at `j` that fits the country of the phrase."""
    for reading in words.readings[j]:
        if not reading.proclitics:
            length, rows = longest_names(words, j, reading)
            rows = [row for row in rows if row.kind == "person" and phrase.country in (None, row.country)]
            if rows:
                return length, rows
    return 0, []


def name_run(words: Words, j: int) -> int:
    """Position after the run of words at `j` that can only be a name."""
    end = j
    while end < len(words) and end - j < MAX_NAME:
        if end > j and (words.is_quoted[end] or _opens_title(words, end)):
            break
        if words.loose(end) in PARTICLES and end + 1 < len(words) and words.tokens[end + 1].kind in ("word", "latin"):
            end += 2
        elif words.is_name_word(end, is_first=end == j) or _is_noun_surname(words, j, end):
            end += 1
        else:
            break
    return min(end, len(words))


def _opens_title(words: Words, i: int) -> bool:
    """«الأمير فيصل بن بندر أمير منطقة الرياض»: an office with what it is over follows the name."""
    agents = [words.lexicon.agents[form.row] for reading in words.readings[i] for form in reading.agents]
    is_office = any(row.kind == "title" for row in agents) and not words.has_article(i)
    return is_office and i + 1 < len(words) and words.kinds[i + 1] == "noun"


def _is_noun_surname(words: Words, start: int, i: int) -> bool:
    """A surname that is also a noun (حجار، حداد): right after the given name, without article and complement."""
    if not start < i <= start + 2 or words.kinds[i] != "noun" or words.has_article(i) or words.has_front(i) or words.readings[i]:
        return False
    after = words.kinds[i + 1] if i + 1 < len(words) else ""
    is_given = words.is_given_name(i - 1) or words.loose(start) in PARTICLES
    return is_given and after not in ("noun", "adjective", "masdar", "nominal", "participle")


def _closed_by_comma(words: Words, j: int) -> bool:
    """An apposed name starts with a given name or stands between commas: «المتحدث باسم الجيش، دانييل هاغاري، إن»."""
    end = name_run(words, j)
    return end - j >= 2 and (words.is_given_name(j) or end >= len(words) or words.tokens[end].kind == "mark")
