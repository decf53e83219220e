"""The report of a warehouse: one HTML file for a period, a country or a dyad, in English and Arabic.

    write_report("data", "report.html", first_day="2024-01-01", country="YEM")

Every number links to its events, every event shows its sentence and its reports.
"""

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote as url_quote

from schemas.errors import QueryError
from tasks.report import charts
from tasks.report.data import ReportData, Row, Scope, read
from tasks.report.markup import asset, bdi, both, esc, for_script, label, labels, link, number, page
from warehouse.query import open_published

N_EVENTS = 2000


def a_day(value: str | date | None) -> date | None:
    """Return a day from an ISO date.

    Raises:
        QueryError: it is none.
    """
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise QueryError(f"{value!r} is no ISO date (2022-10-23)") from None


def write_report(
    root: str | Path,
    out: str | Path,
    first_day: str | date | None = None,
    last_day: str | date | None = None,
    country: str | None = None,
    partner: str | None = None,
    n_events: int = N_EVENTS,
) -> Path:
    """Write the report and return its path.

    Args:
        root: the data folder, or the published file.
        out: the file to write.
        first_day, last_day: days of the events (ISO); those of the articles where not given.
        country: only events in which it is source or target, ISO 3166-1 alpha-3.
        partner: with `country`: only events between the two.
        n_events: how many events are listed with their sentences.

    Raises:
        QueryError: a date is none, or the country is not in the warehouse.
        ReportNeedsError: altair or vl-convert is not installed.
    """
    charts.libraries()
    scope = Scope(a_day(first_day), a_day(last_day), country, partner)
    with open_published(root) as con:
        for code in (country, partner):
            if code and not con.execute("select 1 from dim_country where country_code = ?", [code]).fetchall():
                raise QueryError(f"no country {code!r}: give the three letters of ISO 3166, e.g. YEM")
        data = read(con, scope, n_events)
    path = Path(out).expanduser()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report_page(data), encoding="utf-8")
    return path


def report_page(data: ReportData) -> str:
    """Return the report as one HTML document."""
    sections = [figures(data)]
    made: dict[str, Any] = {}
    if data.events:
        made = {"timeline-chart": charts.timeline(data), "map-chart": charts.world_map(data)}
        sections += [timeline(), matrix(data), where(data), actors(data)]
        sections += [f'<div class="two">{roots(data)}{outlets(data)}</div>', quality(data), event_list(data)]
    else:
        sections += [f"<section><p>{label('no_events')}</p></section>", quality(data)]
    body = f"{head(data)}\n<main>\n{chr(10).join(sections)}\n{foot(data)}\n</main>"
    store = {"labels": labels(), "charts": made}
    scripts = f'<script type="application/json" id="charts">{for_script(store)}</script>\n'
    if made:
        scripts += f"<script>{charts.javascript()}</script>\n<script>\n{asset('report.js')}</script>\n"
    return page(labels()["en"]["title"], body, scripts)


def country_name(data: ReportData, code: str | None) -> str:
    """Return a country's name in both languages."""
    return both(*data.names.get(code or "", (code or "?", code or "?")))


def head(data: ReportData) -> str:
    """Return the title, what the report is about, and the button for the language."""
    scope = data.scope
    about = f"{country_name(data, scope.country)}" if scope.country else label("all_countries")
    if scope.partner:
        about += f" · {country_name(data, scope.partner)}"
    days = number(f"{scope.first_day} – {scope.last_day}")
    return (
        f'<header><h1>{label("title")}</h1><button id="language" type="button">{label("language")}</button>'
        f"<p>{about} · {days}</p><p>{label('lead_note')}</p></header>"
    )


def figure(value: object, name: str, target: str = "") -> str:
    """Return one of the large numbers."""
    inner = f"<b>{value:,}</b><span>{label(name)}</span>"
    return f'<a href="#{target}">{inner}</a>' if target else f"<div>{inner}</div>"


def figures(data: ReportData) -> str:
    """Return the numbers at the head."""
    totals = data.totals
    shown = (("n_events", "events", "list"), ("n_mentions", "mentions", "quality"), ("n_articles", "articles", "outlets"),
             ("n_sources", "sources", "outlets"), ("n_countries", "countries", "matrix"))  # fmt: skip
    return f'<div class="figures">{"".join(figure(totals[key], name, target) for key, name, target in shown)}</div>'


def section(key: str, body: str, note: str = "", kind: str = "") -> str:
    """Return a section with its heading and note."""
    text = f'<p class="note">{label(note)}</p>' if note else ""
    return f'<section id="{key}"{f" class={chr(34)}{kind}{chr(34)}" if kind else ""}><h2>{label(key)}</h2>{text}{body}</section>'


def to_list(**wanted: object) -> str:
    """Return the address of the events that a number stands for."""
    return "#list?" + "&amp;".join(f"{key}={url_quote(str(value), safe='')}" for key, value in wanted.items())


def timeline() -> str:
    """Return the section of the timeline."""
    legend = "".join(f'<li><span class="dot q{n}"></span>{label(f"quad_{n}")}</li>' for n in charts.QUADS)
    return section("timeline", f'<ul class="legend">{legend}</ul><div class="chart" id="timeline-chart"></div>', "timeline_note")


def shade(goldstein: float) -> str:
    """Return the colour of a Goldstein value: red for conflict, blue for cooperation, pale between."""
    share = max(-1.0, min(1.0, goldstein / 8))
    ends = (214, 96, 77) if share < 0 else (67, 147, 195)
    mixed = (round(242 + (end - 242) * abs(share)) for end in ends)
    return "#" + "".join(f"{part:02x}" for part in mixed)


def matrix(data: ReportData) -> str:
    """Return the table of directed dyads."""
    cells = {(row["source"], row["target"]): row for row in data.matrix}
    codes = data.matrix_countries
    header = "".join(f'<th scope="col" title="{esc(data.names.get(c, (c,))[0])}">{esc(c)}</th>' for c in codes)
    lines = []
    for source in codes:
        row = f'<th scope="row">{country_name(data, source)}</th>'
        for target in codes:
            cell = cells.get((source, target))
            if cell is None:
                row += "<td></td>"
                continue
            title = f"{source} → {target}: {cell['goldstein']:+.1f}"
            row += f'<td style="background:{shade(cell["goldstein"])}" title="{esc(title)}">'
            row += f'<a href="{to_list(source=source, target=target)}">{cell["n"]}</a></td>'
        lines.append(f"<tr>{row}</tr>")
    table = f"<table><thead><tr><th>{label('from_to')}</th>{header}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    scale = f'<div class="scale">{label("conflict")}<i></i>{label("cooperation")}</div>'
    return section("matrix", f'<div class="scroll">{table}</div>{scale}', "matrix_note", "matrix")


def bar(value: float, most: float, kind: str) -> str:
    """Return a bar as long as its share of the longest one."""
    return f'<span class="bar {kind}" style="width:{100 * value / (most or 1):.1f}%"></span>'


def actors(data: ReportData) -> str:
    """Return the table of the most active actors."""
    most = max([1, *(max(row["n_source"], row["n_target"]) for row in data.actors)])
    lines = []
    for row in data.actors:
        mean = "" if row["goldstein"] is None else number(f"{row['goldstein']:+.1f}")
        lines.append(
            f'<tr><td class="name"><a href="{to_list(actor=row["code"])}">{bdi(row["name"] or row["code"])}</a></td>'
            f'<td class="rows">{esc(row["code"])}</td>'
            f'<td class="bars">{bar(row["n_source"], most, "source")}{bar(row["n_target"], most, "target")}</td>'
            f'<td class="n">{row["n_source"]}</td><td class="n">{row["n_target"]}</td><td class="n">{mean}</td></tr>'
        )
    names = (
        f'<th>{label("actor")}</th><th></th><th></th><th class="n">{label("as_source")}</th><th class="n">{label("as_target")}</th>'
    )
    table = f'<table><tr>{names}<th class="n">{label("goldstein")}</th></tr>{"".join(lines)}</table>'
    return section("actors", f'<div class="scroll">{table}</div>', "actors_note")


def where(data: ReportData) -> str:
    """Return the section of the map, and the countries that lie beyond it."""
    beyond = [row for row in data.countries if row["iso_number"] and row["iso_number"] not in charts.near()][:8]
    names = " · ".join(f"{both(row['name_en'], row['name_ar'])} {row['n']}" for row in beyond)
    more = f'<p class="note">{label("elsewhere")}: {names}</p>' if beyond else ""
    return section("map", f'<div class="chart" id="map-chart"></div>{more}', "map_note")


def roots(data: ReportData) -> str:
    """Return the bars of the twenty roots."""
    most = max([1, *(row["n"] for row in data.roots)])
    lines = "".join(
        f'<tr><td class="code">{esc(row["root_code"])}</td><td>{label("root_" + row["root_code"])}</td>'
        f'<td class="bars">{bar(row["n"], most, "q" + str(row["quad"]))}</td>'
        f'<td class="n"><a href="{to_list(root=row["root_code"])}">{row["n"]}</a></td></tr>'
        for row in data.roots
    )
    return section("roots", f"<table>{lines}</table>")


def outlets(data: ReportData) -> str:
    """Return the table of publishers."""
    lines = "".join(
        f'<tr><td>{bdi(row["outlet"])}</td><td class="n"><a href="{to_list(outlet=row["outlet"])}">{row["n_events"]}</a></td>'
        f'<td class="n">{100 * row["share_alone"]:.0f} %</td></tr>'
        for row in data.outlets
    )
    alone = f'<th class="n" title="{esc(labels()["en"]["alone_note"])}">{label("alone")}</th>'
    table = f'<table><tr><th>{label("outlet")}</th><th class="n">{label("events")}</th>{alone}</tr>{lines}</table>'
    return section("outlets", table, "outlets_note")


def quality(data: ReportData) -> str:
    """Return shares that tell how sure the rows are, and what the checks found."""
    totals = data.totals
    shares = "".join(
        f'<tr><td>{label(name)}</td><td class="n">{100 * (totals[name] or 0):.0f} %</td></tr>'
        for name in ("share_dated", "share_both", "share_place", "share_single", "share_copies")
    )
    shares += f'<tr><td>{label("n_quarantine")}</td><td class="n">{totals["n_quarantine"]:,}</td></tr>'
    found = "".join(
        f'<tr><td>{esc(check.title)}</td><td class="n">{check.n_bad:,}</td></tr>' for check in data.checks if check.n_bad
    ) or '<tr><td>✓</td><td class="n">0</td></tr>'  # fmt: skip
    checks = f'<table><tr><th>{label("check")}</th><th class="n">{label("bad_rows")}</th></tr>{found}</table>'
    body = f'<div class="two"><table>{shares}</table><div class="scroll">{checks}</div></div>'
    return section("quality", body, "quality_note")


def marked_sentence(row: Row) -> str:
    """Return the sentence with trigger, source, target, date and place marked."""
    text, start = row["sentence"] or "", row["sentence_start"] or 0
    spans = []
    for kind in ("source", "target", "trigger", "date", "place"):
        first, last = row[f"{kind}_start"], row[f"{kind}_end"]
        if first is not None and start <= first < last <= start + len(text):
            spans.append((first - start, last - start, kind))
    html, at = "", 0
    for first, last, kind in sorted(spans):
        if first >= at:  # a span inside another one is not marked twice
            html += f'{esc(text[at:first])}<mark class="{kind}">{esc(text[first:last])}</mark>'
            at = last
    return html + esc(text[at:])


def side(row: Row, name: str) -> str:
    """Return one side of an event: name and code, or that nobody is named."""
    code = ":".join(part for part in (row[f"{name}_country"], row[f"{name}_roles"]) if part)
    if not code and not row[f"{name}_name"]:
        return f'<span class="arrow">({label("nobody")})</span>'
    return f'<b>{bdi(row[f"{name}_name"] or code)}</b> <span class="rows">{esc(code)}</span>'


def card(row: Row) -> str:
    """Return one event: what, who, when, its sentence, its reports."""
    reports = row["reports"] or []
    listed = ", ".join(link(url, bdi(outlet)) for outlet, url, _ in reports[:6])
    if len(reports) > 6:
        listed += f" + {len(reports) - 6} {label('more')}"
    known = {"day": row["first_day"], "quad": row["quad_class"], "source": row["source_country"], "target": row["target_country"],
             "root": row["root_code"], "source-code": row["source_code"], "target-code": row["target_code"],
             "outlets": "\n".join(str(outlet) for outlet, *_ in reports)}  # fmt: skip
    attributes = " ".join(f'data-{name}="{esc(value)}"' for name, value in known.items())
    days = row["first_day"] if row["first_day"] == row["last_day"] else f"{row['first_day']} – {row['last_day']}"
    place = esc(row["event_id"])
    code = f"{esc(row['code'])} {both(row['code_name'], labels()['ar']['root_' + row['root_code']])}"
    return (
        f'<article class="q{row["quad_class"]}" id="e-{place}" {attributes}><div class="what"><time>{number(days)}</time>'
        f'{side(row, "source")} <span class="arrow">→</span> {side(row, "target")}<span class="code">{code}</span></div>'
        f'<p class="sentence" lang="ar">{marked_sentence(row)}</p>'
        f'<p class="reports">{label("reports")}: {listed or "–"} · <a href="#e-{place}">{place}</a></p></article>'
    )


def event_list(data: ReportData) -> str:
    """Return the listed events, and where the others are."""
    total, listed = data.totals["n_events"], len(data.events)
    rest = ""
    if total > listed:
        rest = f'<p class="note">{label("not_listed")} <code>"select * from mart_event where is_actual"</code></p>'
    controls = (
        f'<p class="filter"><span>{label("shown")}: <bdi id="shown">{listed} / {listed}</bdi> ({label("of")} {total:,})</span>'
        f'<button id="all" type="button" hidden>{label("show_all")}</button></p>'
    )
    return section("list", f'{controls}{rest}<div class="cards">{"".join(map(card, data.events))}</div>', "list_note")


def foot(data: ReportData) -> str:
    """Return which load and which versions the numbers come from."""
    state = data.state
    return (
        f"<footer>{label('made_by')} <bdi>{state['loaded_at']:%Y-%m-%d %H:%M} UTC</bdi> · waqai {esc(state['code_version'])} · "
        f"{label('lexicon')} <code>{esc(state['lexicon_version'])}</code></footer>"
    )
