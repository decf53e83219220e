"""The Prefect flow `recode`: code stored articles again with the present lexicon; report and load what changed.

Articles that the present lexicon coded already are left alone, so a recode that was stopped goes on where it was.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from prefect import flow, get_run_logger, runtime
from prefect.states import Completed, State
from prefect.task_runners import ThreadPoolTaskRunner

from flows import artifacts, steps
from flows import batches as files
from flows.folder import Folder, data_folder
from flows.runners import AsTasks, Processes
from schemas.seeds import lexicon_version
from schemas.tables import CORE_EVENT_MENTION, RAW_ARTICLE
from tasks.changes import CHANGES_SCHEMA, mention_changes

KEPT_EXAMPLES = 200


def stored(folder: Folder, size: int, everything: bool) -> Iterator[pl.DataFrame]:
    """Yield the stored articles that another lexicon coded (or all), `size` in each frame, in the order of ids."""
    text = "select * from raw_article where article_id > ? and (? or lexicon_version is distinct from ?)"
    last = ""
    while rows := steps.query(folder, f"{text} order by article_id limit ?", (last, everything, lexicon_version(), size)):
        yield RAW_ARTICLE.frame(rows)
        last = rows[-1]["article_id"]


@contextmanager
def place_for(folder: Folder, run_id: str, dry_run: bool) -> Iterator[Path]:
    """Give the folder for the batches. Those of a dry run must never be taken for work that was left behind."""
    if not dry_run:
        with steps.workplace(folder, run_id) as work:
            yield work
        return
    with TemporaryDirectory(prefix="waqai-recode-") as work:
        yield Path(work)


def stage(folder: Folder, place: str, size: int, everything: bool) -> list[steps.Batch]:
    """Write the articles to code again as batches; return them."""
    files.make_folder(place)
    batches = []
    for number, articles in enumerate(stored(folder, size, everything), start=1):
        plain = articles.drop(column.name for column in RAW_ARTICLE.columns if column.by_load)
        for path in files.write_batches(plain, place, size, number, "recode"):
            batches.append(steps.Batch(path, f"recode {number}, {articles.height} articles"))
    return batches


def batch_changes(folder: Folder, batch: steps.Batch) -> pl.DataFrame:
    """Return what one coded batch changes against the published warehouse."""
    coded = files.read_coded(batch.path)
    ids = coded["articles"]["article_id"].to_list()
    text = "select * from core_event_mention where article_id in (select unnest(?))"
    before = CORE_EVENT_MENTION.frame(steps.query(folder, text, (ids,)))
    return mention_changes(before, coded["events"])


def page(counts: dict[str, int], changes: pl.DataFrame, n_articles: int, dry_run: bool) -> str:
    """Return the artifact: how many of each kind, and the first of them."""
    verb = "would change" if dry_run else "changed"
    rows = changes.head(KEPT_EXAMPLES).select("change", "trigger_text", "before", "after", "article_id").rows()
    return "\n\n".join(
        [
            f"# Recode: {sum(counts.values())} event mentions {verb}",
            f"{n_articles} articles under lexicon `{lexicon_version()}`.",
            artifacts.table(("change", "mentions"), sorted(counts.items()), (1,)),
            "Written as: code, source > target, first day / last day.",
            artifacts.table(("change", "trigger", "before", "after", "article"), rows),
        ]
    )


@flow(
    name="recode",
    flow_run_name="recode with the present lexicon",
    task_runner=ThreadPoolTaskRunner(max_workers=steps.cores()),  # type: ignore[arg-type]
)
def recode(warehouse: str | None = None, batch_size: int = 500, dry_run: bool = False, everything: bool = False) -> State[Any]:
    """Code stored articles again with the present lexicon and report added, gone and changed event mentions.

    Args:
        warehouse: The data folder. Empty: WAQAI_WAREHOUSE of the worker, else ./data.
        batch_size: Articles coded in one task.
        dry_run: Only report; the warehouse stays as it is.
        everything: Also articles that the present lexicon coded already.
    """
    log = get_run_logger()
    folder, run_id = data_folder(warehouse), str(runtime.flow_run.id)
    processes = Processes(steps.cores())
    call = AsTasks(processes)
    with place_for(folder, run_id, dry_run) as work:
        try:
            batches = stage(folder, str(work), batch_size, everything)
            call.each("code", "code batch {item.label}", steps.code, batches)
        finally:
            processes.close()
        found = [batch_changes(folder, batch) for batch in batches]
        changes = pl.concat([pl.DataFrame(schema=CHANGES_SCHEMA), *found])
        n_articles = sum(files.read_frame(f"{batch.path}/{files.ARTICLES}").height for batch in batches)
        if batches and not dry_run:
            job = steps.Load(str(work), [batch.path for batch in batches], run_id, replace=everything)
            call.each("load", "load and publish", steps.load, [job], folder)
    counts = dict(Counter(changes["change"].to_list()))
    sentence = f"{n_articles} articles: " + ", ".join(f"{counts.get(kind, 0)} {kind}" for kind in ("added", "gone", "changed"))
    log.info(sentence)
    artifacts.publish({"recode": page(counts, changes, n_articles, dry_run)}, {})
    rows = changes.head(KEPT_EXAMPLES).to_dicts()
    return Completed(message=sentence, data={"sentence": sentence, "counts": counts, "rows": rows})
