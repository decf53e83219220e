"""How an agent word grows into its phrase: complement, adjectives, membership, proper name.

Each step takes the phrase and the position after it and returns the new position. What a step may do is said by the traits of
the row in agents.csv; docs/actor_tables.md explains each of them.
"""

from tasks.extract.actors.model import AgentRow, Reading
from tasks.extract.actors.names import proper_name
from tasks.extract.actors.phrases import MAX_DEPTH, Phrase, longest_agent, longest_names, nisba_of
from tasks.extract.actors.sentence import Words

_IN = frozenset({"في", "فى", "داخل", "عن"})
_TO = frozenset({"الي", "لدي", "في", "فى"})
BLOCS = frozenset({"INT", "IGO"})
BODIES = frozenset({"organization", "group"})
CARED_FOR = frozenset({"CVL", "REF", "EDU"})


def modifier_at(words: Words, i: int) -> tuple[Reading, AgentRow, int] | None:
    """Return the modifier row (عسكري، سابق، رفيع المستوى) at word `i` and its length."""
    if i >= len(words):
        return None
    for reading in words.readings[i]:
        if reading.proclitics or reading.enclitic:
            continue
        for form in reading.agents:
            row = words.lexicon.agents[form.row]
            if row.kind == "modifier" and words.matches(i + 1, form.tail, as_name=False):
                return reading, row, len(form.tail) + 1
    return None


def grow(words: Words, phrase: Phrase, j: int, depth: int) -> int:
    """Extend `phrase`, whose agent word ends before `j`, as far as the grammar goes; return the position after it."""
    if not phrase.is_definite and not phrase.enclitic:
        j = complement(words, phrase, j, depth)
    j = adjectives(words, phrase, j)
    before = -1
    while before != j:
        before = j
        j = membership(words, phrase, j, depth)
        if j != before:
            j = adjectives(words, phrase, j)
    j = parenthesis(words, phrase, j)
    return proper_name(words, phrase, j)


def parenthesis(words: Words, phrase: Phrase, j: int) -> int:
    """Go over the same body's other name: حركة المقاومة الإسلامية (حماس), الشاباك, (الناتو)."""
    if words.key(j) != "(":
        return j
    close = next((k for k in range(j + 2, min(j + 6, len(words))) if words.key(k) == ")"), 0)
    inner = words.start(j + 1, MAX_DEPTH) if close else None
    is_other_name = inner is not None and inner.last == close and inner.country == phrase.country and inner.row is None
    is_letters = close == j + 2 and not words.readings[j + 1] and phrase.row is None
    return close + 1 if close and (is_other_name or is_letters) else j


def complement(words: Words, phrase: Phrase, j: int, depth: int) -> int:
    """The noun that the agent word governs: a listed field, another actor, or any noun for open heads."""
    row = phrase.row
    assert row is not None
    if words.key(j) == "(":  # «عناصر (داعش)»: a name in brackets is no other name, as there is none yet
        named = inner_phrase(words, j + 1, depth)
        if named is not None and named.kind in BODIES and words.key(named.last) == ")":
            phrase.is_definite = phrase.has_complement = True
            take(phrase, named, inherit="inherit" in row.traits)
            return named.last + 1
    first = words.bare_key(j)
    for keys, roles in row.complements if first else ():
        if not first.startswith(keys[0][:-1]):
            continue
        if len(keys) == 1 and (enclitic := words.possessed(j, keys[0])):
            phrase.enclitic, phrase.is_definite = enclitic, True
            phrase.add_roles(roles)
            return j + 1
        if words.matches(j, keys, as_name=False):
            named = inner_phrase(words, j, depth) if "PTY" in roles else None
            if named is not None and named.row is None and named.last > j + len(keys):  # «رئيس حركة النهضة»
                take(phrase, named, inherit=True)
                phrase.add_roles(roles)
                phrase.is_definite = phrase.has_complement = True
                return named.last
            return _listed(words, phrase, j, keys, roles, depth)
    if "topic" in row.traits and words.has_article(j) and not nisba_of(words, j):
        phrase.is_definite = True
        return topic_chain(words, j + 1)
    if depth >= MAX_DEPTH or "closed" in row.traits or not _may_govern(words, phrase, j):
        return j
    names_only = not row.traits & {"inherit", "open", "topic"}
    after_people = take_people(words, phrase, j)
    if after_people > j:
        return after_people
    start = j
    names_only = names_only or row.kind == "site"
    for skipped in range(2 if "open" in row.traits else 1):
        inner = inner_phrase(words, start + skipped, depth)
        takes_body = row.is_human and phrase.number == "p" and inner is not None and inner.kind in BODIES  # «جنود الجيش»
        if inner is not None and (takes_body or not (names_only and inner.row is not None and inner.kind != "place")):
            phrase.has_complement = True
            take(phrase, inner, inherit="inherit" in row.traits)
            phrase.is_definite = True
            return inner.last
        if not words.is_plain_noun(start + skipped):
            break
    if "open" in row.traits and words.has_article(j) and words.is_plain_noun(j) and not nisba_of(words, j):
        phrase.is_definite = True
        return j + 1
    return j


def is_country_name(reading: Reading) -> bool:
    """Whether the word is also a country's name: روسيا is the accusative of روسي, too."""
    return any(not tail and name.kind == "country" for tail, name in reading.names)


def _may_govern(words: Words, phrase: Phrase, j: int) -> bool:
    """A free plural (مسلحون) governs no genitive, and an indefinite adjective after the head (وفد عسكري) is none."""
    free = {"p": ("ون", "ين"), "d": ("ان", "ين")}.get(phrase.number)
    if free and words.key(j - 1).endswith(free):
        return False
    found = nisba_of(words, j)
    if found and not found[0].is_definite and not found[0].proclitics and not is_country_name(found[0]):
        return False
    modifier = modifier_at(words, j)
    return modifier is None or modifier[0].is_definite


def _listed(words: Words, phrase: Phrase, j: int, keys: tuple[str, ...], roles: tuple[str, ...], depth: int) -> int:
    """A complement that the row lists; without article it governs a further one (وزير خارجية فرنسا)."""
    row = phrase.row
    assert row is not None
    if "inherit" in row.traits and roles:
        phrase.roles = roles
    else:
        phrase.add_roles(roles)
    phrase.has_complement = True
    end = j + len(keys)
    phrase.is_definite = words.has_article(end - 1) or words.has_article(j)
    if not phrase.is_definite:
        inner = inner_phrase(words, end, depth)
        if inner is not None:
            phrase.is_definite = True
            take(phrase, inner, inherit="inherit" in row.traits)
            return inner.last
        if "PTY" in roles:
            return _party_name(words, phrase, end)
    if "topic" not in row.traits:
        return end
    last = topic_chain(words, end)
    for people in filter(None, (nisba_of(words, k) for k in range(end, last))):
        phrase.set_country(people[1].country, "nisba")  # «وشؤون المصريين بالخارج»: of the state whose people they are
    return last


def _party_name(words: Words, phrase: Phrase, j: int) -> int:
    """«رئيس حركة مجتمع السلم»: the genitives after the word party are its name, up to the first with an article."""
    for end in range(j, min(j + 3, len(words))):
        if not words.is_plain_noun(end) or nisba_of(words, end):
            break
        if words.has_article(end):
            phrase.is_definite = True
            return end + 1
    return j


def topic_chain(words: Words, j: int) -> int:
    """Go over further fields of a ministry: والهجرة وشؤون المصريين بالخارج، والتنمية الاقتصادية."""
    while j < len(words):
        key = words.key(j)
        if key == "و" and words.has_article(j + 1):
            j += 2
        elif key.startswith("وال") and len(key) > 5 and not nisba_of(words, j) and not _is_agent(words, j):
            j += 1
        elif key.startswith("و") and _is_field(words, j):
            j += 2
        elif (words.has_article(j) and key.endswith(("ي", "ية")) and not words.readings[j]) or key == "بالخارج":
            j += 1
        else:
            break
    return j


def _is_field(words: Words, j: int) -> bool:
    """«وشؤون المصريين», «وتنمية المجتمع»: a noun after و with its genitive, no actor of its own."""
    return words.has_article(j + 1) and not _is_agent(words, j) and words.kinds[j] in ("", "noun", "masdar", "nominal")


def _is_agent(words: Words, j: int) -> bool:
    """Is the word an actor of its own? «وزير الصحة والسكان»: people a ministry cares for are not."""
    forms = [form for reading in words.readings[j] for form in reading.agents]
    if forms and all(form.number == "p" and set(words.lexicon.agents[form.row].roles) <= CARED_FOR for form in forms):
        return False
    return bool(forms) or any(longest_names(words, j, reading)[0] for reading in words.readings[j])


def inner_phrase(words: Words, j: int, depth: int) -> Phrase | None:
    """The actor phrase at `j` as part of a larger one: no clitics in front of it."""
    if j >= len(words):
        return None
    inner = words.start(j, depth + 1)
    return None if inner is None or inner.proclitics else inner


def take_people(words: Words, phrase: Phrase, j: int) -> int:
    """A people as complement: زعماء الأكراد, الآلاف من العراقيين; the position after it, or `j`."""
    found = nisba_of(words, j)
    if found is None or found[0].proclitics or not found[0].is_definite or found[1].number == "s" or phrase.country:
        return j
    phrase.set_country(found[1].country, "phrase")
    phrase.rows.append(found[1].id)
    phrase.is_definite = phrase.has_complement = True
    return j + 1


def take(phrase: Phrase, inner: Phrase, *, inherit: bool) -> None:
    """Take over country (and roles, when the head is only a member or speaker) of the inner phrase."""
    phrase.has_complement = phrase.has_complement or inner.kind not in ("country", "place")
    phrase.set_country(inner.country, "name" if inner.kind in ("country", "place") else "phrase")
    phrase.rows.extend(inner.rows)
    phrase.is_loaded = phrase.is_loaded or inner.is_loaded
    if phrase.row is not None and phrase.row.kind == "site" and inner.kind == "group" and not phrase.head_roles:
        phrase.roles, phrase.kind = inner.roles, "group"  # «مواقع الحوثيين»: who strikes their positions strikes them
        return
    if not inherit or inner.kind in ("country", "nationals", "place"):
        return
    if phrase.head_roles in (("GOV",), ("PTY",), ("CVL",)) or (phrase.head_roles == ("MIL",) and inner.kind == "group"):
        phrase.roles = inner.roles or (() if inner.country in ("IGO", "NGO", "INT") else phrase.roles)
    else:
        phrase.add_roles(inner.roles)


def adjectives(words: Words, phrase: Phrase, j: int) -> int:
    """Country adjectives, listed modifiers, and other adjectives that agree in having the article."""
    while j < len(words) and not (phrase.number == "s" and words.key(j).endswith(("ون", "ين")) and words.readings[j]):
        found = nisba_of(words, j)  # a plural of persons (الشرطة | المحتجين) describes no singular
        if found and not found[0].proclitics and found[0].is_definite == phrase.is_definite:
            nisba = found[1]
            if phrase.is_loaded and phrase.country_from in ("name", "phrase"):
                phrase.country = None  # «قوات الاحتلال المغربية»: the adjective says whose occupation
            if phrase.country and phrase.country != nisba.country and nisba.country not in BLOCS:
                break
            if is_country_name(found[0]) and not (words.key(j - 1).endswith("ا") or nisba.gender == phrase.gender == "f"):
                break  # روسيا the country, unless it agrees as an adjective (وفدا روسيا، مدرسة سورية)
            if nisba.roles:
                phrase.roles = nisba.roles
            phrase.set_country(nisba.country, "nisba")
            phrase.rows.append(nisba.id)
            phrase.nisba_at = j
            if nisba.number == "s" and nisba.gender == "m" and phrase.row is not None and phrase.row.kind == "title":
                phrase.number = "s"  # نظرائه الفرنسي والتركي: one of them at a time
            phrase.is_loaded = phrase.is_loaded or nisba.is_loaded
            j += 1
            continue
        modifier = modifier_at(words, j)
        if modifier and modifier[0].is_definite == phrase.is_definite:
            _modify(phrase, modifier[1])
            j += modifier[2]
        elif phrase.is_definite and words.is_plain_adjective(j):
            j += 1
        else:
            break
    return j


def _modify(phrase: Phrase, row: AgentRow) -> None:
    phrase.is_former = phrase.is_former or "former" in row.traits
    if "replace" in row.traits and not (phrase.row and "fixed" in phrase.row.traits):
        phrase.roles = row.roles
    else:
        phrase.add_roles(row.roles)


def membership(words: Words, phrase: Phrase, j: int, depth: int) -> int:
    """باسم X, ل X, في X, من X: the body that the person speaks for, belongs to or is sent to."""
    row = phrase.row
    assert row is not None
    if depth >= MAX_DEPTH or j >= len(words):
        return j
    key = words.key(j)
    if "spokes" in row.traits and key.startswith("باسم"):
        if key == "باسم":
            return _speaks_for(words, phrase, j + 1, depth)
        if key.removeprefix("باسم") in ("ه", "ها", "هم", "هما", "نا"):
            phrase.enclitic, phrase.is_definite = key.removeprefix("باسم"), True
            return j + 1
    if key in _TO and row.traits & {"post", "destination"} and not words.moves(phrase.first - 1):
        inner = inner_phrase(words, j + 1, depth)
        if inner is not None:
            if not phrase.country and (inner.kind not in ("country", "place") or "destination" not in row.traits):
                take(phrase, inner, inherit="inherit" in row.traits)
            return inner.last
    elif (key in _IN and row.is_human) or (key in ("من", "عن") and row.is_human):
        inner = inner_phrase(words, j + 1, depth)
        if key == "من" and phrase.is_definite and inner is not None and inner.kind == "office":
            return j  # «سخر الرئيس الروسي من الرئيس الأوكراني»
        if inner is not None and inner.kind in ("organization", "group", "agent", "nationals", "office") and not phrase.name:
            take(phrase, inner, inherit="inherit" in row.traits)
            return inner.last
    if key == "من" and row.is_human and take_people(words, phrase, j + 1) > j + 1:
        return j + 2
    if key == "من" and row.kind == "body" and not phrase.is_definite and not phrase.country:
        inner = inner_phrase(words, j + 1, depth)  # «وفد من الأمم المتحدة», «قوات من الشرطة»
        kinds = ("organization", "group", "country") if "weak" in row.traits else ("organization", "group")
        if inner is not None and inner.kind in kinds:
            take(phrase, inner, inherit="inherit" in row.traits)
            return inner.last
    if key in _IN and not phrase.country:
        inner = inner_phrase(words, j + 1, depth)
        if inner is not None and inner.kind in ("country", "place"):
            phrase.set_country(inner.country, "place")  # where it acts; the words stay outside the phrase
        return j
    return _belongs_to(words, phrase, j, depth)


def _speaks_for(words: Words, phrase: Phrase, j: int, depth: int) -> int:
    inner = inner_phrase(words, j, depth)
    if inner is not None:
        phrase.roles = ()
        take(phrase, inner, inherit=True)
        return inner.last
    while j < len(words) and words.is_plain_noun(j):
        j += 1
    return j


def _belongs_to(words: Words, phrase: Phrase, j: int, depth: int) -> int:
    """ل X after a definite title (الأمين العام للأمم المتحدة), التابع ل X after any head."""
    row = phrase.row
    assert row is not None
    if not any(reading.proclitics == ("ل",) for reading in words.readings[j]):
        return j
    may = "of" in row.traits or (phrase.has_complement and "inherit" in row.traits)
    if not words.follows_of(j) and (not may or phrase.country_from in ("phrase", "name", "nisba")):
        return j
    inner = words.start(j, depth + 1)
    if inner is None or inner.proclitics != ("ل",) or "MED" in inner.roles:
        return j
    if "destination" not in row.traits or inner.kind not in ("country", "place"):
        take(phrase, inner, inherit="inherit" in row.traits)
    return inner.last


__all__ = ["adjectives", "grow", "longest_agent", "longest_names", "modifier_at"]
