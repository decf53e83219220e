"""The charts of the report as Vega-Lite, made with Altair; the JavaScript that draws them comes from vl-convert.

Strings that begin with `@` are labels and with `$` colours of the page: the browser puts in those of the chosen language
and of light or dark. Rows of data stand under `rows` and are never read so.
"""

import json
from functools import cache
from typing import Any

from schemas.errors import WaqaiError
from schemas.seeds import SEEDS, read_seed
from tasks.report.data import ReportData
from tasks.report.markup import labels

QUADS = (1, 2, 3, 4)


class ReportNeedsError(WaqaiError):
    """The libraries that draw charts are not installed."""


def libraries() -> tuple[Any, Any]:
    """Return altair and vl_convert.

    Raises:
        ReportNeedsError: they are not installed; the message says how to get them.
    """
    try:
        import altair
        import vl_convert
    except ImportError as error:
        raise ReportNeedsError("the report needs altair and vl-convert: pip install 'waqai[report]'") from error
    return altair, vl_convert


@cache
def javascript() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script, safe inside a script element."""
    _, vl_convert = libraries()
    return str(vl_convert.javascript_bundle()).replace("</script", "<\\/script").replace("<!--", "<\\!--")


def inline(rows: Any) -> dict[str, Any]:
    """Return rows as data that the page leaves as they are."""
    return {"values": {"rows": rows}}


def spec(chart: Any, **datasets: Any) -> dict[str, Any]:
    """Return the Vega-Lite of an Altair chart with `{"name": X}` data replaced by the data of that name."""
    made = chart.to_dict(validate=True)
    made.pop("config", None)

    def filled(value: Any) -> Any:
        if isinstance(value, list):
            return [filled(item) for item in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"name"} and value["name"] in datasets:
            return datasets[value["name"]]
        return {key: filled(item) for key, item in value.items()}

    return dict(filled(made))


def timeline(data: ReportData) -> dict[str, Any]:
    """Return the stacked columns of events by quad class over time."""
    alt, _ = libraries()
    rows = [
        {
            "day": row["day"].isoformat(),
            "from": row["day"].isoformat(),
            "to": row["last_day"].isoformat(),
            "quad": row["quad"],
            "name_en": labels()["en"][f"quad_{row['quad']}"],
            "name_ar": labels()["ar"][f"quad_{row['quad']}"],
            "n": row["n"],
        }
        for row in data.timeline
    ]
    unit = {"day": "utcyearmonthdate", "week": "utcyearweek", "month": "utcyearmonth"}[data.unit]
    chart = (
        alt.Chart(alt.NamedData(name="rows"), width="container", height=260)
        .mark_bar(cursor="pointer")
        .encode(
            x=alt.X("day:T", timeUnit=unit, title=None, axis=alt.Axis(grid=False, labelOverlap=True)),
            y=alt.Y("n:Q", title="@events", axis=alt.Axis(tickMinStep=1, domain=False)),
            color=alt.Color("quad:N", legend=None, scale=alt.Scale(domain=list(QUADS), range=[f"$q{q}" for q in QUADS])),
            order=alt.Order("quad:Q"),
            tooltip=[
                alt.Tooltip("from:N", title=f"@{data.unit}"),
                alt.Tooltip("name_en:N", title="@quad"),
                alt.Tooltip("n:Q", title="@events"),
            ],
        )
    )
    return spec(chart, rows=inline(rows))


@cache
def world() -> dict[str, Any]:
    """Return the outlines of the countries (Natural Earth, 1:110 million) as TopoJSON."""
    return dict(json.loads((SEEDS / "world" / "countries-110m.json").read_text(encoding="utf-8")))


@cache
def near() -> frozenset[str]:
    """Return the ISO numbers of the countries inside the map's window."""
    rows = read_seed("cameo/country_codes").iter_rows(named=True)
    return frozenset(row["iso_number"] for row in rows if row["on_map"] == "y")


def world_map(data: ReportData) -> dict[str, Any]:
    """Return the map of the Arab world and its neighbours: countries shaded by events, places as circles."""
    alt, _ = libraries()
    rows = [
        {"id": r["iso_number"], "name_en": r["name_en"], "name_ar": r["name_ar"], "n": r["n"], "has_events": True}
        for r in data.countries
        if r["iso_number"]
    ]
    tooltip = [alt.Tooltip("name_en:N", title=" "), alt.Tooltip("n:Q", title="@events")]
    land = alt.Chart(alt.NamedData(name="world")).mark_geoshape(fill="$land", stroke="$paper", strokeWidth=0.6)
    shaded = (
        alt.Chart(alt.NamedData(name="world"))
        .transform_lookup(
            lookup="id", from_=alt.LookupData(data=alt.NamedData(name="rows"), key="id", fields=["name_en", "name_ar", "n"])
        )
        .transform_filter("isValid(datum.n)")
        .mark_geoshape(stroke="$paper", strokeWidth=0.6)
        .encode(color=alt.Color("n:Q", legend=None, scale=alt.Scale(type="sqrt", range=["$land", "$shade"])), tooltip=tooltip)
    )
    circles = (
        alt.Chart(alt.NamedData(name="places"))
        .mark_circle(opacity=0.75, stroke="$paper", strokeWidth=0.8)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=alt.Size("n:Q", legend=None, scale=alt.Scale(type="sqrt", range=[25, 500])),
            color=alt.condition("datum.percent_conflict >= 50", alt.value("$q4"), alt.value("$deep")),
            tooltip=[alt.Tooltip("place:N", title="@place"), alt.Tooltip("n:Q", title="@events"),
                     alt.Tooltip("percent_conflict:Q", title="@percent_conflict")],
        )
    )  # fmt: skip
    scale, middle = alt.ExprRef("max(width, 420) * 0.62"), alt.ExprRef("[width / 2, height / 2]")
    chart = alt.layer(land, shaded, circles).properties(width="container", height=430)
    made = spec(
        chart.project(type="mercator", center=[28, 27], scale=scale, translate=middle),
        world={"name": "world", "format": {"type": "topojson", "feature": "countries"}},
        rows=inline(rows),
        places=inline([{**row, "lat": float(row["lat"]), "lon": float(row["lon"])} for row in data.places]),
    )
    return {**made, "datasets": {"world": world()}}
