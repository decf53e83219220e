"""What changed between two codings of the same articles: two `core_event_mention` frames in, one row a change out."""

import polars as pl

KEY = ("article_id", "trigger_start")
CHANGES_SCHEMA = {"change": pl.String, "article_id": pl.String, "trigger_text": pl.String, "before": pl.String, "after": pl.String}


def described(mentions: pl.DataFrame) -> pl.DataFrame:
    """Return mentions with `what`: one text of code, actors and days, by which they are compared."""
    days = pl.concat_str(pl.col("first_day", "last_day").cast(pl.String).fill_null("?"), separator="/")
    sides = pl.concat_str(pl.col("source_code", "target_code").fill_null("-"), separator=">")
    what = pl.concat_str(pl.col("code"), sides, days, separator=" ").alias("what")
    return mentions.select("article_id", "trigger_start", "trigger_text", what).unique(maintain_order=True)


def mention_changes(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return what is added, gone and changed, in the order of articles and places.

    A mention is *changed* when the same trigger has other codes, actors or days; *added* or *gone* when the trigger has
    events on one side only. Equal mentions give no row.
    """
    old, new = described(before), described(after)
    same = (*KEY, "what")
    left = old.join(new, on=same, how="anti").group_by(KEY, maintain_order=True)
    right = new.join(old, on=same, how="anti").group_by(KEY, maintain_order=True)
    gone = left.agg(pl.col("trigger_text").first(), pl.col("what").sort().str.join("; ").alias("before"))
    came = right.agg(pl.col("trigger_text").first().alias("word"), pl.col("what").sort().str.join("; ").alias("after"))
    kind = pl.when(pl.col("before").is_null()).then(pl.lit("added")).when(pl.col("after").is_null())
    rows = gone.join(came, on=KEY, how="full", coalesce=True).with_columns(
        kind.then(pl.lit("gone")).otherwise(pl.lit("changed")).alias("change"),
        pl.coalesce("trigger_text", "word").alias("trigger_text"),
    )
    return rows.sort(KEY).select(list(CHANGES_SCHEMA)).cast(CHANGES_SCHEMA)  # type: ignore[arg-type]
