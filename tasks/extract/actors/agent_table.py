"""agents.csv: rows and all their written forms."""

from collections import defaultdict

from tasks.extract.actors.cells import cell, roles_of, rows_of
from tasks.extract.actors.forms import lemma_key, plural_forms, singular_forms
from tasks.extract.actors.model import AgentRow, Form


def _complements(row: dict[str, str]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    found = []
    for entry in cell(row, "complements"):
        word, _, roles = entry.partition(":")
        keys = tuple(lemma_key(part) for part in word.split())
        found.append((keys, roles_of([role for role in roles.split("+") if role], row["id"])))
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def compile_agents() -> tuple[list[AgentRow], dict[str, tuple[Form, ...]]]:
    agents: list[AgentRow] = []
    forms: defaultdict[str, list[Form]] = defaultdict(list)
    for row in rows_of("agents"):
        index = len(agents)
        roles = roles_of(cell(row, "roles"), row["id"])
        traits = frozenset(cell(row, "traits"))
        agents.append(
            AgentRow(row["id"], row["kind"], roles, row.get("country") or "", row["human"] == "y", _complements(row), traits)
        )
        for form in _agent_forms(row, index):
            key, made = form
            if made not in forms[key]:
                forms[key].append(made)

    def order(form: Form) -> tuple[int, bool]:
        return -len(form.tail), agents[form.row].kind == "honorific"

    return agents, {key: tuple(sorted(entries, key=order)) for key, entries in forms.items()}


def _agent_forms(row: dict[str, str], index: int) -> list[tuple[str, Form]]:
    """Every written form of an agent word. A lemma of several words inflects in its first; agreeing adjectives are listed forms."""
    made = []
    gender, number = row["gender"], row["number"]

    def add(text: str, sex: str, count: str, is_bound: bool = False) -> None:
        head, *tail = (lemma_key(part) for part in text.split())
        made.append((head, Form(index, tuple(tail), sex, count, is_bound)))

    def inflect(text: str, sex: str) -> None:
        head, _, rest = text.partition(" ")
        for form, count in singular_forms(head):
            if count == "d" and "no_dual" in cell(row, "traits"):
                continue  # عدوان is aggression rather than two enemies
            add(f"{form} {rest}".strip(), sex, number if count == "s" and number else count)
        if row["human"] == "y" and row["kind"] in ("title", "rank") and not head.endswith(("ة", "ي", "ا", "ى")):
            add(f"{head}ي {rest}".strip(), sex, "d", True)  # «وزيري الخارجية»: the dual before its genitive

    for column, sex in (("plurals", gender), ("feminine_plurals", "f")):
        for plural in cell(row, column):
            head, _, rest = plural.partition(" ")
            for form, is_bound in plural_forms(head):
                add(f"{form} {rest}".strip(), sex, "p", is_bound)
    for lemma in cell(row, "lemma"):  # after the plurals: مدنيين is read as plural before dual
        inflect(lemma, gender)
    for lemma in cell(row, "feminine"):
        inflect(lemma, "f")
    return made
