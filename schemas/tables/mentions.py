"""Actors and events as sentences mention them."""

from schemas.contract import Column, Table, by_run, day, flag, integer, number, span, text
from schemas.tables.article import ARTICLE_ID, SENTENCE_ID

POLARITIES = ("asserted", "negated")

CORE_ACTOR_MENTION = Table(
    name="core_actor_mention",
    grain="One row per actor named in a sentence, whether or not it takes part in an event",
    key=("actor_mention_id",),
    careful=(
        "`country_code` also holds IGO, IMG, NGO and INT for actors above states; join dim_country to tell them apart.",
        "`is_loaded_term` marks names with a judgement in them; the coder gives such an actor the neutral name.",
    ),
    columns=(
        text("actor_mention_id", "Hash of article, span and reading.", is_required=True),
        ARTICLE_ID,
        SENTENCE_ID,
        integer("start", "First character in raw_article.text, from 0.", is_required=True),
        integer("end", "Character after the last one.", is_required=True),
        text("text", "The words.", example="نظيره الفرنسي", is_required=True),
        text("name", "Canonical name.", example="سيباستيان ليكورنيو"),
        text("country_code", "ISO 3166-1 alpha-3, or IGO, IMG, NGO, INT.", example="FRA"),
        text("roles", "Roles in order, joined with `;`.", example="GOV;MIL"),
        text("actor_code", "CAMEO actor code: country and roles run together.", example="FRAGOVMIL"),
        text("kind", "country, nationals, person, office, organization, group or agent."),
        text("method", "How it was resolved: stated, title, name, metonym, coreference, inferred."),
        text("lexicon_rows", "Ids of the lexicon rows that fired, joined with `;`."),
        flag("is_loaded_term", "The words carry a judgement."),
    ),
)


def party(side: str, what: str) -> tuple[Column, ...]:
    """Return the columns of one side of an event."""
    return (
        *span(side, f"the {side}"),
        text(f"{side}_name", f"Canonical name of the {side}."),
        text(f"{side}_country", f"Country of {what}: ISO 3166-1 alpha-3, or IGO, IMG, NGO, INT."),
        text(f"{side}_roles", f"Roles of the {side} in order, joined with `;`.", example="GOV;MIL"),
        text(f"{side}_code", f"CAMEO actor code of the {side}.", example="RUSGOVMIL"),
        text(f"{side}_method", "How it was resolved: stated, title, name, metonym, coreference, inferred, default."),
        text(f"{side}_rows", "Lexicon rows of the actor, joined with `;`."),
    )


CORE_EVENT_MENTION = Table(
    name="core_event_mention",
    grain="One row per event that a sentence asserts",
    key=("event_mention_id",),
    careful=(
        "Reports are not events: one happening has many mentions. Count core_event, or keep `is_duplicate_of is null`.",
        "Negated, planned, demanded, threatened and hypothetical acts are rows too: filter `polarity` and `modality`.",
        "`first_day` is the publication day where `date_method` says so: publication day is not event day.",
        "`code` is text: '057' is not 57.",
        "A null source or target means that the text names nobody; nothing was guessed.",
    ),
    columns=(
        text("event_mention_id", "Hash of article, trigger span, source, target and code.", is_required=True),
        text("event_id", "The event this mention is part of.", references="core_event.event_id", by_load=True),
        ARTICLE_ID,
        SENTENCE_ID,
        integer("trigger_start", "First character of the trigger in raw_article.text, from 0.", is_required=True),
        integer("trigger_end", "Character after the last one of the trigger.", is_required=True),
        text("trigger_text", "The word that carries the event.", example="أجرى", is_required=True),
        text("code", "CAMEO code.", example="041", is_required=True, references="dim_cameo_code.code"),
        text("root_code", "First two digits of the code.", example="04", is_required=True),
        integer("quad_class", "1, 2 verbal, material cooperation; 3, 4 verbal, material conflict.", values=(1, 2, 3, 4)),
        number("goldstein", "Goldstein value of the code, -10 (conflict) to 10 (cooperation).", example="1.0"),
        *party("source", "who acts"),
        *party("target", "the one acted on"),
        day("first_day", "First day on which it can have taken place (or is planned)."),
        day("last_day", "Last such day; equal to first_day for one day."),
        text("date_granularity", "Unit of the date: day, week, month ...", example="day"),
        text("date_text", "The date phrase; null when the publication day was taken."),
        integer("date_start", "First character of the date phrase in raw_article.text."),
        integer("date_end", "Character after the last one of the date phrase."),
        text("date_method", "Where the date comes from: phrase (own clause), clause (it goes on from), sentence, publication."),
        *span("place", "the place"),
        text("place_country", "Country of the place, ISO 3166-1 alpha-3."),
        number("place_lat", "Latitude in degrees, where the gazetteer knows the place."),
        number("place_lon", "Longitude in degrees."),
        text("polarity", "Whether the text says that it happened.", values=POLARITIES),
        text("modality", "actual, planned, demanded, threatened, hypothetical ...", example="actual"),
        text("tense", "perfect, imperfect, future ..."),
        text("voice", "active or passive, `either` where the writing does not tell."),
        *span("attributed", "the one who says so"),
        text("attributed_country", "Country of the one who says so."),
        text("attributed_roles", "Roles of the one who says so, joined with `;`."),
        text("rule_rows", "Rows of the coding tables that fired, joined with `;`."),
        text("lexicon_rows", "Lexicon rows of both actors, joined with `;`."),
        text("is_duplicate_of", "Mention that stands for the event, when it is another one.", by_load=True),
        text("duplicate_reason", "Why it is a duplicate: copy, repeat or report (see core_event).", by_load=True),
        *by_run(),
    ),
)
