"""The phrase under construction, and what the tables match at a word.

"وزير الدفاع الروسي سيرغي شويغو" is agent + complement + nisba + name; "المتحدث باسم وزارة الخارجية الإيرانية" is agent + باسم +
another phrase, whose country and roles it takes over.
"""

from dataclasses import dataclass, field

from tasks.extract.actors.model import UNKNOWN_DAY, AgentRow, Form, Name, Nisba, Reading
from tasks.extract.actors.sentence import Words

MAX_DEPTH = 4
NOT_HEADS = frozenset({"modifier", "quantifier", "patient"})


@dataclass(slots=True)
class Phrase:
    """A phrase under construction over words [first, last) of a `Words`."""

    first: int
    last: int
    head: int
    kind: str
    method: str
    proclitics: tuple[str, ...] = ()
    country: str | None = None
    roles: tuple[str, ...] = ()
    name: str = ""
    rows: list[str] = field(default_factory=list)
    gender: str = ""
    number: str = ""
    is_loaded: bool = False
    is_definite: bool = False
    is_former: bool = False
    enclitic: str = ""
    row: AgentRow | None = None
    head_roles: tuple[str, ...] = ()
    nisba_at: int = -1
    country_from: str = ""  # nisba, name, phrase, place
    canonical: str = ""  # first name of the row, for bodies and groups
    is_ambiguous: bool = False  # rows of several countries have this name
    office_roles: tuple[str, ...] = ()  # of the office that the named person holds on the day
    has_complement: bool = False  # a governed actor or a listed field follows the head
    is_weak: bool = False  # the row wants a country or complement and the sentence has none

    def add_roles(self, roles: tuple[str, ...]) -> None:
        self.roles += tuple(role for role in roles if role not in self.roles)

    def set_country(self, country: str | None, origin: str) -> None:
        if country and not self.country:
            self.country, self.country_from = country, origin


def longest_names(words: Words, i: int, reading: Reading) -> tuple[int, list[Name]]:
    """Return the length in words of the longest name that starts at `i`, and the rows that have it."""
    length, rows = 0, []
    second = words.loose(i + 1) if len(reading.names) > 1 and i + 1 < len(words) else ""
    for tail, name in reading.names:
        if tail and second and tail[0] != second:
            continue  # most names that share a first word differ in the second
        if length and len(tail) + 1 < length:
            break
        if words.matches(i + 1, tail, as_name=True) and _fits(words, i, len(tail) + 1, name):
            length = len(tail) + 1
            rows.append(name)
    return length, rows


def _fits(words: Words, i: int, length: int, name: Name) -> bool:
    """Conditions of the row: the word that must stand before, and those that must not follow."""
    before = words.loose(i - 1).removeprefix("و") if i else ""
    if (name.after and before not in name.after) or (before and before in name.not_after):
        return False
    return not (name.not_before and i + length < len(words) and words.loose(i + length) in name.not_before)


def longest_agent(words: Words, i: int, reading: Reading) -> tuple[int, Form | None]:
    """Return the length of the longest agent lemma at `i` and its form."""
    for form in reading.agents:
        if form.tail and (i + 1 >= len(words) or words.bare(i + 1) != form.tail[0]):
            continue
        row = words.lexicon.agents[form.row]
        if (
            row.kind in NOT_HEADS
            or (form.is_bound and reading.is_definite)
            or ("definite" in row.traits and not reading.is_definite)
        ):
            continue
        if words.matches(i + 1, form.tail, as_name=False):
            return len(form.tail) + 1, _either_number(form, reading)
    return 0, None


def _either_number(form: Form, reading: Reading) -> Form:
    """«محامي الضحايا»: one lawyer or several, when the singular and the bound plural are written alike."""
    if form.tail or not form.is_bound:
        return form
    is_singular = any(other.row == form.row and not other.tail and other.number == "s" for other in reading.agents)
    return form._replace(number="s") if is_singular else form


def current_names(rows: list[Name], words: Words) -> tuple[list[Name], bool]:
    """Return the rows in force on the article's day, else the latest before it, and whether they are in force.

    Of several persons with one surname the one whose country the article names most comes first. ISO days compare as text;
    a year alone covers the whole year.
    """
    day = words.day
    if len(rows) > 1:
        words.is_open = True
        rows = sorted(rows, key=lambda row: -words.preferred.get(row.country, 0))
    now = [r for r in rows if (not r.first_day or r.first_day <= day) and (not r.last_day or day <= r.last_day + "-99")]
    if now:
        return now, True
    if day == UNKNOWN_DAY.isoformat():
        return rows[:1], True
    past = [r for r in rows if r.first_day and r.first_day <= day]
    if past:
        latest = max(r.first_day for r in past)
        return [r for r in past if r.first_day == latest], False
    return rows[:1], False


def nisba_of(words: Words, i: int) -> tuple[Reading, Nisba] | None:
    """Return the country adjective at `i`, if the word can be one."""
    if i >= len(words):
        return None
    for reading in words.readings[i]:
        if reading.nisbas:
            return reading, reading.nisbas[0]
    return None
