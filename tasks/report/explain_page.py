"""An explanation as one self-contained HTML page: marked text, an event card for each row, words, what was rejected."""

from collections.abc import Sequence
from itertools import pairwise

from schemas.explain import ExplainedEvent, ExplainedSentence, Explanation, Party, Span
from tasks.report.markup import bdi, both, esc, ids, label, labels, link, number, page

# Where spans lie over each other the first of these kinds gives the colour.
ORDER = ("trigger", "source", "target", "attributed", "place", "date", "actor")
KEY = {"source": "source", "trigger": "trigger", "target": "target", "date": "date", "place": "place", "attributed": "attributed",
       "actor": "who_else"}  # fmt: skip


def explanation_page(explanation: Explanation) -> str:
    """Return the page of an explanation as an HTML document; everything in it is escaped."""
    about = [bdi(explanation.outlet) if explanation.outlet else ""]
    about.append(f"{label('published')} {number(explanation.published)}" if explanation.published else "")
    about.append(link(explanation.url, label("open_article")) if explanation.url else "")
    title = bdi(explanation.title) if explanation.title else label("explain_title")
    head = (
        f'<header><h1>{title}</h1><button id="language" type="button">{label("language")}</button>'
        f"<p>{' · '.join(part for part in about if part)}</p></header>"
    )
    body = "\n".join(sentence_section(explanation.text, sentence) for sentence in explanation.sentences)
    foot = " · ".join(
        part
        for part in (
            f"waqai {esc(explanation.code_version)}" if explanation.code_version else "waqai",
            f"{label('lexicon')} <code>{esc(explanation.lexicon_version)}</code>" if explanation.lexicon_version else "",
        )
        if part
    )
    key = "".join(f'<mark class="{kind}">{label(name)}</mark>' for kind, name in KEY.items())
    return page(
        explanation.title or labels()["en"]["explain_title"],
        f'{head}\n<main><p class="key">{key}</p>\n{body}\n<footer>{foot}</footer></main>',
    )


def sentence_section(text: str, sentence: ExplainedSentence) -> str:
    """Return one sentence with its marks, cards and details."""
    cards = "".join(map(event_card, sentence.events)) or f'<p class="note">{label("no_event_here")}</p>'
    return (
        f'<section><p class="sentence" lang="ar">{marked(text, sentence)}</p><div class="cards">{cards}</div>'
        f"{rejected(sentence)}{words(sentence)}{clauses(sentence)}</section>"
    )


def marked(text: str, sentence: ExplainedSentence) -> str:
    """Return the sentence as HTML with its spans marked; every character of it once, in order."""
    start, end = sentence.start, sentence.end
    spans = [span for span in sentence.spans if start <= span.start < span.end <= end]
    cuts = sorted({start, end, *(span.start for span in spans), *(span.end for span in spans)})
    html = ""
    for first, last in pairwise(cuts):
        over = [span for span in spans if span.start <= first and last <= span.end]
        html += mark(text[first:last], last, over) if over else esc(text[first:last])
    return html


def mark(words: str, last: int, over: Sequence[Span]) -> str:
    """Return words as a mark; the labels of the spans that end here stand after them."""
    ranked = sorted(over, key=lambda span: (ORDER.index(span.kind) if span.kind in ORDER else len(ORDER), span.end - span.start))
    kind = ranked[0].kind if ranked[0].kind in ORDER else "actor"
    tips = "\n".join(" ".join(part for part in (s.kind, s.label, s.method, ";".join(s.rows)) if part) for s in ranked)
    ended: dict[str, list[int]] = {}
    for span in ranked:
        if span.end == last:
            ended.setdefault(span.label, []).append(span.event)
    notes = "".join(f"<small>{esc(numbered(note, events))}</small>" for note, events in ended.items())
    return f'<mark class="{kind}" title="{esc(tips)}">{esc(words)}{notes}</mark>'


def numbered(note: str, events: Sequence[int]) -> str:
    """Return a label with the numbers of its events in front: `1,2 RUS:GOV;MIL`."""
    return f"{','.join(str(event) for event in sorted(set(events)) if event)} {note}".strip()


def party(side: Party) -> str:
    """Return one side of an event: name, code, how it was resolved, its rows."""
    if not (side.text or side.name or side.country or side.roles):
        return f"({label('nobody')})"
    code = ":".join(part for part in (side.country, ";".join(side.roles)) if part)
    name = bdi(side.name or side.text) if side.name or side.text else ""
    said = f" ← {bdi(side.text)}" if side.text and side.name and side.text != side.name else ""
    return f'<b>{name}</b> {ids([code])}{said} <span class="rows">{esc(side.method)}</span> {ids(side.rows)}'


def event_card(event: ExplainedEvent) -> str:
    """Return the card of one event."""
    days = event.first_day if event.last_day in ("", event.first_day) else f"{event.first_day} – {event.last_day}"
    when = f"{number(days)} ({esc(event.date_method)}) {bdi(event.date_text) if event.date_text else ''}"
    quad, value = min(max(event.quad_class, 1), 4), number(f"{event.goldstein:+g}")
    fields = {
        "source": party(event.source),
        "target": party(event.target),
        "when": when if event.first_day else "",
        "where": bdi(event.place) if event.place else "",
        "is": esc(", ".join(part for part in (event.polarity, event.modality) if part)),
        "attributed": party(event.attributed) if event.attributed.text or event.attributed.country else "",
        "rows": ids(event.rows) if event.rows else "",
    }
    listed = "".join(f"<dt>{label(name)}</dt><dd>{value}</dd>" for name, value in fields.items() if value)
    steps = "".join(f"<li>{bdi(step)}</li>" for step in event.steps)
    arabic = labels()["ar"].get(f"root_{event.code[:2]}", event.code_name)
    identity = f' id="e-{esc(event.event_mention_id)}"' if event.event_mention_id else ""
    return (
        f'<article class="q{quad}"{identity}><div class="what"><b>{event.number}. {esc(event.code)}</b> '
        f"{both(event.code_name, arabic)} <b>{bdi(event.trigger)}</b>"
        f'<span class="code"><span class="dot q{quad}"></span>{label(f"quad_{quad}")} {value}</span></div>'
        f'<dl class="fields">{listed}</dl>'
        + (f"<details><summary>{label('steps')}</summary><ol>{steps}</ol></details>" if steps else "")
        + "</article>"
    )


def rejected(sentence: ExplainedSentence) -> str:
    """Return the candidates that became no event."""
    if not sentence.rejected:
        return ""
    lines = "".join(
        f'<tr><td>{bdi(r.trigger)}</td><td class="rows">{esc(r.row)}</td><td>{bdi(r.reason)}</td></tr>' for r in sentence.rejected
    )
    head = f"<tr><th>{label('trigger')}</th><th>{label('row')}</th><th>{label('reason')}</th></tr>"
    return folded("rejected", f"<table>{head}{lines}</table>", len(sentence.rejected))


def words(sentence: ExplainedSentence) -> str:
    """Return how each word was read."""
    if not sentence.words:
        return ""
    lines = "".join(
        f"<tr><td>{bdi(w.text)}</td><td>{bdi(w.lemma)}</td><td>{esc(w.kind)}</td><td>{bdi(w.features)}</td>"
        f'<td class="rows">{esc(w.row)}</td></tr>'
        for w in sentence.words
    )
    head = "".join(f"<th>{label(name)}</th>" for name in ("word", "lemma", "kind", "features", "row"))
    return folded("words", f"<table><tr>{head}</tr>{lines}</table>", len(sentence.words))


def clauses(sentence: ExplainedSentence) -> str:
    """Return the clauses that the coder saw."""
    if not sentence.clauses:
        return ""
    return folded("clauses", f"<ol>{''.join(f'<li>{bdi(clause)}</li>' for clause in sentence.clauses)}</ol>", len(sentence.clauses))


def folded(key: str, inner: str, n: int) -> str:
    """Return details that open on demand."""
    return f'<details><summary>{label(key)} ({n})</summary><div class="scroll">{inner}</div></details>'
