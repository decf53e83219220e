"""Runs, versions, and near-duplicate articles."""

import polars as pl

from schemas.contract import Column, Table, count, instant, integer, number, text

RUN_LOG = Table(
    name="run_log",
    grain="One row per load into the warehouse that changed something",
    key=("load_number",),
    careful=("A run may load several times; join on `run_id`, count on `load_number`.",),
    columns=(
        integer("load_number", "Number of the load, from 1, without gaps.", is_required=True),
        text("run_id", "The run (of Prefect, when it has one).", is_required=True),
        instant("loaded_at", "Instant of the load, UTC.", is_required=True),
        count("n_articles", "Articles added."),
        count("n_sentences", "Sentences added."),
        count("n_date_mentions", "Date mentions added."),
        count("n_actor_mentions", "Actor mentions added."),
        count("n_event_mentions", "Event mentions added; those of an article coded anew that it had before are not counted."),
        count("n_quarantined", "Quarantine rows added."),
        count("n_known_articles", "Articles that were in the warehouse already, coded the same way: left alone."),
        count("n_recoded_articles", "Articles whose mentions were replaced."),
        count("n_event_mentions_gone", "Event mentions removed because their article was coded anew."),
        text("code_version", "Version of waqai."),
        text("lexicon_version", "Hash of the lexicon tables."),
    ),
)

SCHEMA_VERSION = Table(
    name="schema_version",
    grain="One row per version of the table layout that this file has been through",
    key=("version",),
    columns=(
        integer("version", "Version of the layout.", is_required=True),
        instant("applied_at", "When the file got it, UTC."),
        text("note", "What changed."),
    ),
)

WAREHOUSE_STATE = Table(
    name="warehouse_state",
    grain="One row per fact about this file (name and value)",
    key=("name",),
    columns=(
        text("name", "Name of the fact.", is_required=True),
        text("value", "Its value."),
    ),
)

CORE_ARTICLE_SIGNATURE = Table(
    name="core_article_signature",
    grain="One row per article: its MinHash signature, for the search of near-duplicates",
    key=("article_id",),
    careful=("Working data; use core_article_copy.",),
    columns=(
        text("article_id", "The article.", is_required=True, references="raw_article.article_id"),
        Column("signature", pl.List(pl.UInt32), "64 MinHash values over three-word shingles."),
    ),
)

CORE_ARTICLE_COPY = Table(
    name="core_article_copy",
    grain="One row per article that is a near-duplicate of an earlier one",
    key=("article_id",),
    is_kept=False,
    careful=("Likeness is estimated from 64 MinHash values: plus or minus 0.1.",),
    columns=(
        text("article_id", "The copy.", is_required=True, references="raw_article.article_id"),
        text("copy_of", "The earliest article of the group.", is_required=True, references="raw_article.article_id"),
        number(
            "similarity",
            "Estimated share of three-word shingles in common, 0 to 1; null when likeness is through others.",
        ),
    ),
)
