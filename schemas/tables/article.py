"""Articles, their sentences and date phrases, and what was refused."""

from schemas.contract import Table, by_run, day, flag, instant, integer, text

ARTICLE_ID = text("article_id", "The article.", is_required=True, references="raw_article.article_id")
SENTENCE_ID = text("sentence_id", "The sentence.", is_required=True, references="core_sentence.sentence_id")

RAW_ARTICLE = Table(
    name="raw_article",
    grain="One row per article as it was published",
    key=("article_id",),
    careful=(
        "`text` is what all offsets count in, in characters from 0: substr(text, start + 1, end - start).",
        "`published_day` may be found by several ways that are not equally sure: see `published_method`.",
        "The text belongs to its publisher; check your rights before you pass it on.",
    ),
    columns=(
        text("article_id", "Hash of source and normalised text.", example="5ed99b57b3e14e7d", is_required=True),
        text("source", "Key of the publisher: a domain or short name.", example="alaraby.co.uk", is_required=True),
        text("outlet", "Name of the publisher for people.", example="العربي الجديد"),
        text("url", "Address of the article."),
        text("title", "Headline."),
        text("text", "The whole text, headline first, as it was received.", is_required=True),
        instant("published_at", "Instant of publication, UTC; null when only the day is known."),
        day("published_day", "Day of publication at the publisher's own clock."),
        text("published_method", "Where the publication day was found: column, meta, feed, dateline, header ..."),
        text("author", "Author as named by the article."),
        text("language", "ISO 639-1 code.", example="ar"),
        instant("fetched_at", "Instant at which it was read, UTC."),
        text("content_hash", "Hash of the exact text.", by_load=True),
        text("payload_ref", "Where the article came from: file, archive member, line."),
        *by_run(),
    ),
)

CORE_SENTENCE = Table(
    name="core_sentence",
    grain="One row per sentence of an article",
    key=("sentence_id",),
    columns=(
        text("sentence_id", "Article and position.", example="5ed99b57b3e14e7d-3", is_required=True),
        ARTICLE_ID,
        integer("position", "Number of the sentence in its article, from 0.", is_required=True),
        integer("start", "First character in raw_article.text, from 0.", is_required=True),
        integer("end", "Character after the last one.", is_required=True),
        text("text", "The sentence.", is_required=True),
        flag("is_title", "The sentence is the headline.", is_required=True),
    ),
)

CORE_DATE_MENTION = Table(
    name="core_date_mention",
    grain="One row per date phrase in a sentence",
    key=("date_mention_id",),
    careful=("A phrase that cannot be resolved is kept with null days: count it, do not drop it in silence.",),
    columns=(
        text("date_mention_id", "Sentence and number of the phrase.", is_required=True),
        ARTICLE_ID,
        SENTENCE_ID,
        integer("start", "First character of the phrase in raw_article.text, from 0.", is_required=True),
        integer("end", "Character after the last one.", is_required=True),
        text("text", "The phrase.", example="أول من أمس الجمعة", is_required=True),
        text("value", "TIMEX3 value.", example="2022-10-21"),
        day("first_day", "First day it can mean."),
        day("last_day", "Last day it can mean; equal to first_day for one day."),
        text("granularity", "Unit of the phrase: day, week, month, quarter, year, decade ...", example="day"),
        text("method", "How it was resolved: absolute, relative to the publication day, weekday ..."),
        flag("is_certain", "False where a rule had to choose between readings."),
    ),
)

CORE_QUARANTINE = Table(
    name="core_quarantine",
    grain="One row per article or input that a step refused, with the reason",
    key=("quarantine_id",),
    careful=("`article_ref` is an article_id when the article was read, else the path or address of the input.",),
    columns=(
        text("quarantine_id", "Hash of step, reference and reason.", is_required=True),
        text("article_ref", "The article or input.", is_required=True),
        text("step", "Step that refused it: ingest, normalize, extract, load.", is_required=True),
        text("reason_code", "Short name of the reason.", example="not_arabic", is_required=True),
        text("reason", "The reason and what to do about it."),
        text("payload_ref", "Where the refused thing lies."),
        text("run_id", "Run that refused it.", references="run_log.run_id", by_load=True),
        instant("at", "Instant of the refusal, UTC."),
    ),
)
