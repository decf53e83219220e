"""The commands of `waqai` and their help. Each body imports what it needs: `waqai --help` must answer at once."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="waqai",
    help="Arabic news in, CAMEO event rows in a DuckDB warehouse out.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)
lexicon = typer.Typer(no_args_is_help=True, help="Check and count the word tables; find words that they lack.")
quarantine = typer.Typer(no_args_is_help=True, help="What could not be read or coded, with the reason.")
app.add_typer(lexicon, name="lexicon", rich_help_panel="Knowledge and quality")
app.add_typer(quarantine, name="quarantine", rich_help_panel="Run")

RUN, LOOK, KNOW, OPERATE = "Run", "Look", "Knowledge and quality", "Operate"

Folder = Annotated[
    Path | None,
    typer.Option("--warehouse", "-w", metavar="DIR", help="The data folder; else WAQAI_WAREHOUSE, else ./data."),
]


class Shape(StrEnum):
    """How `waqai sql` prints."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    parquet = "parquet"


class Runner(StrEnum):
    """Where a backfill runs its batches."""

    threads = "threads"
    processes = "processes"
    dask = "dask"


@app.command(rich_help_panel=RUN)
def run(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders: .txt .html .json .jsonl .csv .parquet .warc ...")],
    warehouse: Folder = None,
    plain: Annotated[bool, typer.Option("--plain", help="Without Prefect: the same steps, quicker, no run in its UI.")] = False,
    batch_size: Annotated[int, typer.Option(min=1, help="Articles in one batch.")] = 500,
    limit: Annotated[int, typer.Option(min=0, help="How many events to print.")] = 20,
) -> None:
    """Code articles and load their events into the warehouse.

    Runs the Prefect flow "news": through the server of [bold]waqai serve[/bold], of PREFECT_API_URL or on port
    4200 where one answers, else through a server of its own that lives for this run. What the warehouse has already
    is not coded again.
    """
    from flows.cli.run import run_paths

    run_paths([str(path) for path in paths], warehouse, plain=plain, batch_size=batch_size, limit=limit)


@app.command(rich_help_panel=RUN)
def predict(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help='{"id", "text" or "sentences", "published"} a line.')],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help='{"id", "events", "predicted"} a line.')],
) -> None:
    """Code the texts of a JSON Lines file into another one; touches no warehouse."""
    from flows.cli.texts import predict_file

    predict_file(source, target)


@app.command(rich_help_panel=RUN)
def backfill(
    paths: Annotated[list[str], typer.Argument(help="Files, folders or fsspec addresses of an archive.")],
    warehouse: Folder = None,
    work: Annotated[str | None, typer.Option(help="Folder or fsspec address for the batches.")] = None,
    runner: Annotated[Runner, typer.Option(help="Where batches run.")] = Runner.processes,
    workers: Annotated[int, typer.Option(min=0, help="How many at once; 0: one for each core.")] = 0,
    dask_address: Annotated[str | None, typer.Option(help="A running scheduler, e.g. tcp://host:8786.")] = None,
    batch_size: Annotated[int, typer.Option(min=1, help="Articles in one batch.")] = 2000,
) -> None:
    """Code an archive in batches on several cores or machines; goes on where it stopped."""
    from flows.cli.run import run_backfill

    run_backfill(paths, warehouse, work, runner.value, workers, dask_address, batch_size)


@app.command(rich_help_panel=RUN)
def recode(
    warehouse: Folder = None,
    batch_size: Annotated[int, typer.Option(min=1, help="Articles in one batch.")] = 500,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report what would change.")] = False,
) -> None:
    """Code the stored articles again with the present lexicon; report added, gone and changed events."""
    from flows.cli.run import run_recode

    run_recode(warehouse, batch_size, dry_run)


@app.command(rich_help_panel=LOOK)
def sql(
    query: Annotated[str | None, typer.Argument(help="One query; without it: the list of the cookbook.")] = None,
    warehouse: Folder = None,
    shape: Annotated[Shape, typer.Option("--format", "-f", help="How the result is printed.")] = Shape.table,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file.")] = None,
    cookbook: Annotated[str | None, typer.Option("--cookbook", "-c", help="Run the query of this name.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many rows a table shows.")] = 100,
) -> None:
    """Ask the published warehouse, read only: waqai sql "select * from mart_event limit 5"."""
    from flows.cli.look import run_sql

    run_sql(query, warehouse, shape.value, out, cookbook, limit)


@app.command(rich_help_panel=LOOK)
def explain(
    text: Annotated[str, typer.Argument(help="Arabic text, an event id of the warehouse, or - for standard input.")],
    published: Annotated[str | None, typer.Option("--published", "-p", help="Publication day (ISO); today if not given.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page for the browser as well.")] = None,
    warehouse: Folder = None,
) -> None:
    """Show why a sentence is coded as it is: words, actors, dates, events and the rows of the tables behind them."""
    from flows.cli.texts import explain_text

    explain_text(text, published, html, warehouse)


@app.command(rich_help_panel=LOOK)
def dates(
    text: Annotated[str, typer.Argument(help="Arabic text, or - for standard input.")],
    anchor: Annotated[str | None, typer.Option("--anchor", "-a", help="Publication day (ISO); today if not given.")] = None,
) -> None:
    """Find and resolve the date phrases of a text."""
    from flows.cli.texts import show_dates

    show_dates(text, anchor)


@app.command(rich_help_panel=LOOK)
def report(
    warehouse: Folder = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.")] = Path("waqai-report.html"),
    first_day: Annotated[str | None, typer.Option("--from", help="First day (ISO).")] = None,
    last_day: Annotated[str | None, typer.Option("--to", help="Last day (ISO).")] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166 alpha-3, e.g. YEM.")] = None,
    partner: Annotated[str | None, typer.Option(help="Another country: the two with each other.")] = None,
) -> None:
    """Write one self-contained HTML page about a period, a country or two."""
    from flows.cli.look import write_report

    write_report(warehouse, out, first_day, last_day, country, partner)


@app.command(rich_help_panel=LOOK)
def export(
    name: Annotated[str, typer.Argument(help="gdelt, icews, phoenix or plover.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File: .csv, .tsv or .parquet.")],
    warehouse: Folder = None,
    header: Annotated[bool, typer.Option(help="A first line with the names; the files of GDELT have none.")] = True,
) -> None:
    """Write the events in the columns of another project, for scripts that read those."""
    from flows.cli.look import write_export

    write_export(name, out, warehouse, header)


@app.command(rich_help_panel=LOOK)
def diff(
    old: Annotated[Path, typer.Argument(help="A data folder or published file.")],
    new: Annotated[Path, typer.Argument(help="Another one.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write all changes to this file.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many changes to print.")] = 30,
) -> None:
    """Compare two warehouses: added, gone and changed event mentions."""
    from flows.cli.look import show_diff

    show_diff(old, new, out, limit)


@app.command(rich_help_panel=KNOW)
def evaluate(
    gold: Annotated[list[Path] | None, typer.Argument(help="Gold files (JSON Lines, see docs/gold_format.md).")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Accept the first code of a gold event only.")] = False,
    misses: Annotated[int, typer.Option(min=0, help="Print this many misses and false alarms.")] = 0,
) -> None:
    """Score the coder on gold files; without any, on the bundled sample article."""
    from flows.cli.texts import score_files

    score_files(gold or [], strict, misses)


@app.command(rich_help_panel=KNOW)
def bench(
    source: Annotated[Path, typer.Argument(help="A file or folder of articles.")],
    sizes: Annotated[str, typer.Option(help="Numbers of articles, comma between them.")] = "200,1000",
    repeat: Annotated[int, typer.Option(min=1, help="Runs of each size; the median is printed.")] = 3,
) -> None:
    """Measure the steps apart: seconds, articles, sentences and tokens a second, peak memory."""
    from flows.cli.bench import run_bench

    run_bench(source, [int(size) for size in sizes.split(",")], repeat)


@lexicon.command("check")
def lexicon_check(
    examples: Annotated[bool, typer.Option(help="Code every row's own example, too (a minute).")] = True,
) -> None:
    """Check all word tables: ids, letters, codes, and every row's own example."""
    from flows.cli.lexicon import check

    check(examples)


@lexicon.command("stats")
def lexicon_stats() -> None:
    """Count the rows of the word tables."""
    from flows.cli.lexicon import stats

    stats()


@lexicon.command("candidates")
def lexicon_candidates(
    paths: Annotated[list[Path] | None, typer.Argument(help="Articles; without any, those of the warehouse.")] = None,
    warehouse: Folder = None,
    limit: Annotated[int, typer.Option(min=1, help="How many of each kind.")] = 30,
) -> None:
    """List frequent words that no table knows: verbs, names after a title, other words."""
    from flows.cli.lexicon import candidates

    candidates([str(path) for path in paths or []], warehouse, limit)


@quarantine.command("list")
def quarantine_list(warehouse: Folder = None, limit: Annotated[int, typer.Option(min=1, help="How many rows.")] = 30) -> None:
    """List what is in quarantine: by reason, then the newest."""
    from flows.cli.look import list_quarantine

    list_quarantine(warehouse, limit)


@quarantine.command("retry")
def quarantine_retry(
    warehouse: Folder = None,
    reason: Annotated[str | None, typer.Option(help="Only this reason code, e.g. network.")] = None,
    config: Annotated[str, typer.Option(help="The file that declares the sources.")] = "waqai.toml",
) -> None:
    """Read and code again what is in quarantine and can be reached still."""
    from flows.cli.run import retry_quarantine

    retry_quarantine(warehouse, reason, config)


@app.command(rich_help_panel=OPERATE)
def serve(
    warehouse: Folder = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the UI and API; another one if it is taken.")] = 4200,
    first_run: Annotated[bool, typer.Option(help="Start one news run at once.")] = True,
) -> None:
    """Run server, worker, deployments and schedules on this machine until Ctrl-C."""
    from flows.cli.operate import run_serve

    run_serve(warehouse, port, first_run)


@app.command(rich_help_panel=OPERATE)
def doctor(warehouse: Folder = None) -> None:
    """Say what is installed, what is missing and how to get it."""
    from flows.cli.operate import examine

    examine(warehouse)


def run_app() -> None:
    """Run the command line. Errors of the world (files, servers, bad input) become one line that says what to do."""
    from flows.cli.show import fail
    from schemas.errors import WaqaiError

    try:
        app()
    except KeyboardInterrupt:
        fail("stopped", 130)
    except Exception as error:
        # DuckDB's own errors (disk full, damaged file) say enough by themselves.
        expected = isinstance(error, OSError | RuntimeError | ValueError | WaqaiError) or "duckdb" in type(error).__module__
        if not expected:
            raise
        if os.environ.get("WAQAI_DEBUG"):
            raise
        fail(f"{error} (all of it: WAQAI_DEBUG=1)")
