"""Tables and views for people. Each is one SELECT in warehouse/marts/NAME.sql."""

from schemas.contract import Column, Table, count, day, flag, integer, number, text

ACTUAL = "Only what the text says did happen (`is_actual`); planned, demanded and negated acts are in mart_event."


def quads(what: str) -> tuple[Column, ...]:
    """Return the counts by quad class and the Goldstein mean over events."""
    return (
        count("n_events", f"Events {what}."),
        count("n_verbal_cooperation", "Of these in quad class 1."),
        count("n_material_cooperation", "Of these in quad class 2."),
        count("n_verbal_conflict", "Of these in quad class 3."),
        count("n_material_conflict", "Of these in quad class 4."),
        number("goldstein_mean", "Mean Goldstein value over the events, each counted once."),
        count("n_mentions", "Mentions of these events."),
    )


MART_EVENT = Table(
    name="mart_event",
    grain="One row per event, readable: core_event with names and the sentence that stands for it",
    key=("event_id",),
    is_kept=False,
    careful=("The sentence is that of one report; all of them are in mart_mention.",),
    columns=(
        text("event_id", "The event.", references="core_event.event_id"),
        day("first_day", "First day of the event."),
        day("last_day", "Last day of the event."),
        text("source_country", "Country of the source."),
        text("source_roles", "Roles of the source."),
        text("source_name", "Name of the source."),
        text("target_country", "Country of the target."),
        text("target_roles", "Roles of the target."),
        text("target_name", "Name of the target."),
        text("code", "CAMEO code.", references="dim_cameo_code.code"),
        text("code_name", "Name of the code."),
        text("root_code", "Root."),
        integer("quad_class", "1 to 4."),
        text("quad_name", "The quad class in words."),
        number("goldstein", "Goldstein value."),
        flag("is_actual", "Asserted and actual: not negated, planned, demanded, threatened or hypothetical."),
        text("polarity", "asserted or negated."),
        text("modality", "actual, planned ..."),
        text("place_text", "Place."),
        text("place_country", "Country of the place."),
        number("place_lat", "Latitude in degrees."),
        number("place_lon", "Longitude in degrees."),
        count("n_mentions", "Mentions."),
        count("n_articles", "Articles."),
        count("n_sources", "Publishers."),
        day("first_report_day", "Earliest publication day."),
        day("last_report_day", "Latest publication day."),
        text("sentence", "The sentence that stands for the event."),
        text("url", "Address of its article."),
        text("article_id", "Its article.", references="raw_article.article_id"),
    ),
)

MART_MENTION = Table(
    name="mart_mention",
    grain="One row per event mention with its sentence and article",
    key=("event_mention_id",),
    is_kept=False,
    careful=("Reports are not events: count mart_event.",),
    columns=(
        text("event_mention_id", "The mention.", references="core_event_mention.event_mention_id"),
        text("event_id", "Its event.", references="core_event.event_id"),
        day("published_day", "Day of publication."),
        text("outlet", "Publisher."),
        text("title", "Headline."),
        text("sentence", "The sentence."),
        text("trigger_text", "The word that carries the event."),
        text("code", "CAMEO code."),
        text("code_name", "Name of the code."),
        text("source_text", "The source in the text."),
        text("source_code", "CAMEO actor code of the source."),
        text("target_text", "The target in the text."),
        text("target_code", "CAMEO actor code of the target."),
        day("first_day", "First day of the event."),
        day("last_day", "Last day of the event."),
        text("date_text", "The date phrase."),
        text("date_method", "Where the date comes from."),
        text("place_text", "Place."),
        text("polarity", "asserted or negated."),
        text("modality", "actual, planned ..."),
        text("attributed_text", "Who says so."),
        text("is_duplicate_of", "The mention that stands for the event, when it is another one."),
        text("duplicate_reason", "copy, repeat or report."),
        text("rule_rows", "Rows of the coding tables that fired."),
        text("url", "Address of the article."),
        text("article_id", "The article.", references="raw_article.article_id"),
        text("sentence_id", "The sentence.", references="core_sentence.sentence_id"),
    ),
)

MART_DAY = Table(
    name="mart_day",
    grain="One row per day",
    key=("day",),
    is_kept=False,
    careful=("Days without events have no row.", "Growth may be growth of coverage: divide by n_articles.", ACTUAL),
    columns=(
        day("day", "First day of the events."),
        *quads("that began on the day"),
        count("n_sources", "Publishers that report these events."),
        count("n_articles", "Articles published on the day, with or without events."),
    ),
)

DYAD = (
    text("source_country", "Country of the source.", references="dim_country.country_code"),
    text("target_country", "Country of the target.", references="dim_country.country_code"),
)
DYAD_CAREFUL = (
    "Dyads are directed. Rows where the two are the same country are events inside it.",
    "A dyad without events in a period has no row: zero is not missing, fill it on purpose (see the cookbook).",
    ACTUAL,
)

MART_DYAD_DAY = Table(
    name="mart_dyad_day",
    grain="One row per source country, target country and day",
    key=("source_country", "target_country", "day"),
    is_kept=False,
    careful=DYAD_CAREFUL,
    columns=(*DYAD, day("day", "First day of the events."), *quads("of the dyad on the day"),
             count("n_sources", "Publishers that report them.")),
)  # fmt: skip

MART_DYAD_MONTH = Table(
    name="mart_dyad_month",
    grain="One row per source country, target country and month",
    key=("source_country", "target_country", "month"),
    is_kept=False,
    careful=DYAD_CAREFUL,
    columns=(*DYAD, day("month", "First day of the month."), *quads("of the dyad in the month"),
             count("n_sources", "Publishers that report them.")),
)  # fmt: skip

MART_COUNTRY_MONTH = Table(
    name="mart_country_month",
    grain="One row per country, month and side (source or target)",
    key=("country_code", "month", "side"),
    is_kept=False,
    careful=("An event inside a country is in both of its sides.", ACTUAL),
    columns=(
        text("country_code", "The country.", references="dim_country.country_code"),
        day("month", "First day of the month."),
        text("side", "The country is source or target of the events.", values=("source", "target")),
        *quads("of the country on this side in the month"),
    ),
)

MART_ACTOR = Table(
    name="mart_actor",
    grain="One row per CAMEO actor code",
    key=("actor_code",),
    is_kept=False,
    careful=(ACTUAL,),
    columns=(
        text("actor_code", "Country and roles run together.", example="RUSGOVMIL"),
        text("country_code", "Country.", references="dim_country.country_code"),
        text("roles", "Roles joined with `;`."),
        text("usual_name", "Name it is most often mentioned by."),
        count("n_as_source", "Events with it as source."),
        count("n_as_target", "Events with it as target."),
        number("goldstein_as_source", "Mean Goldstein value of what it does."),
        number("goldstein_as_target", "Mean Goldstein value of what is done to it."),
        text("usual_partner", "Actor code most often on the other side."),
        text("usual_root", "Root code of most of its events."),
        day("first_day", "First day of its events."),
        day("last_day", "Last day of its events."),
    ),
)

MART_COVERAGE = Table(
    name="mart_coverage",
    grain="One row per publisher and month of publication",
    key=("source", "month"),
    is_kept=False,
    careful=("Articles without a publication day have a null month.",),
    columns=(
        text("source", "Key of the publisher."),
        text("outlet", "Its name."),
        day("month", "First day of the month of publication."),
        count("n_articles", "Articles."),
        count("n_copies", "Of these near-duplicates of an earlier article."),
        count("n_articles_with_events", "Of these with at least one event mention."),
        count("n_mentions", "Event mentions."),
        number("mentions_per_article", "Mentions per article."),
        number("share_dated", "Share of mentions dated by words of the text, 0 to 1."),
        number("share_both_actors", "Share of mentions with source and target, 0 to 1."),
    ),
)
