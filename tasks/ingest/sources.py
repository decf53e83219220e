"""The sources of `waqai.toml`: asks each for what is new, and keeps going when one is down.

config = read_config("waqai.toml")
with State(folder / "sources.sqlite") as state:
    for batch in collect(config, state, run_id=run_id):
        ...                # make the frames safe (write them, load them)
        state.commit()     # only then is it "seen"
"""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tasks.ingest.article import Item, Refused, article_frame, quarantine_frame, reasons, refuse
from tasks.ingest.config import Config, Source
from tasks.ingest.feed import Entry, entry_article, parse_feed
from tasks.ingest.fetch import Answer, Fetcher, FetchError
from tasks.ingest.limits import MEGABYTE, Limits
from tasks.ingest.links import page_links, same_address
from tasks.ingest.making import Defaults
from tasks.ingest.page import read_page
from tasks.ingest.read import Batch, find_files, read_file, to_batches
from tasks.ingest.stamps import Stamp, parse_stamp
from tasks.ingest.state import File, Notes, Page, State, digest_of

SHORT = 400  # characters; a feed text below this is a teaser, and the page is fetched ("auto")
TEASER = 120  # characters; from here on a feed's own text is worth having when its page cannot be had
Report = Callable[[str], None]


def _quiet(message: str) -> None:
    """Default of `report`: say nothing."""


@dataclass
class _Poll:
    """One source in one run: what it works with, and what it found."""

    source: Source
    notes: Notes
    fetcher: Fetcher
    defaults: Defaults
    report: Report
    items: list[Item] = field(default_factory=list)
    n_unchanged: int = 0
    error: str = ""

    def fetch(self, url: str, known: Page) -> Answer:
        return self.fetcher.get(url, etag=known.etag, last_modified=known.last_modified, private=self.source.private)


def _defaults(config: Config, source: Source, now: datetime) -> Defaults:
    limits = Limits(file=int(config.fetch.max_megabytes * MEGABYTE)) if source.kind != "folder" else Limits()
    given = parse_stamp(source.published) if source.published else None
    return Defaults(source=source.name, outlet=source.outlet, columns=source.columns, undated=source.undated,
                    published=given, fetched_at=None if source.kind == "folder" else now, now=now, limits=limits)  # fmt: skip


def _refusal(url: str, error: FetchError) -> Refused:
    return refuse(url, error.code, str(error))


def _may_pass(item: Item) -> bool:
    return isinstance(item, Refused) and reasons()[item.reason_code]["retry"] == "y"


def _page_item(poll: _Poll, url: str, title: str = "", stamp: Stamp | None = None) -> Item | None:
    """Return the article of an address, the refusal, or None when the page is as it was when it was taken.

    Raises:
        FetchError: as `Fetcher.get`.
    """
    answer = poll.fetch(url, poll.notes.page(url))
    if answer.is_unchanged:
        return None
    kind = answer.content_type.lower()
    if kind and not any(part in kind for part in ("html", "xml", "text/plain", "octet-stream")):
        return refuse(url, "no_article", f"the server sends {kind[:60]}")
    item = read_page(answer.body, url, poll.defaults, url=answer.url, declared=answer.charset,
                     header=answer.last_modified, title=title, stamp=stamp, method="feed")  # fmt: skip
    if not _may_pass(item):
        poll.notes.pages[url] = Page(answer.etag, answer.last_modified, digest_of(answer.body))
    return item


def _take(poll: _Poll, key: str, ref: str, make: Callable[[], Item | None]) -> bool:
    """Add the item that `make` gives and remember the key; return False for a failure that may pass.

    A failure is an item too: the reason goes to quarantine, and passing ones are tried again by later polls.
    """
    try:
        item = make()
        again = item is not None and _may_pass(item)
    except FetchError as error:
        item, again = _refusal(ref, error), error.again
        poll.report(f"{poll.source.name}: {ref}: {error.code}: {error}")
    except Exception as error:  # a page that breaks a parser must not stop its feed
        item, again = refuse(ref, "failed", f"{type(error).__name__}: {error}"), True
        poll.report(f"{poll.source.name}: {ref}: {type(error).__name__}: {error}")
    if item is None:
        poll.n_unchanged += 1
    else:
        poll.items.append(item)
    (poll.notes.failed if again else poll.notes.done)(key, ref, poll.source.url)
    return not again


def _entry_item(poll: _Poll, entry: Entry, outlet: str) -> Item | None:
    """Return the article of a feed entry: from its page when the feed gives a teaser only, else from the feed."""
    wanted = poll.source.follow == "always" or (poll.source.follow == "auto" and len(entry.text) < SHORT)
    if not wanted or not entry.url:
        return entry_article(entry, poll.defaults, outlet)
    has_text = len(entry.text) >= TEASER
    try:
        item = _page_item(poll, entry.url, entry.title, entry.stamp)
    except FetchError as error:
        if error.again or not has_text:
            raise
        poll.report(f"{poll.source.name}: {entry.url}: {error.code}: {error}; the text of the feed is taken")
        return entry_article(entry, poll.defaults, outlet)
    if isinstance(item, Refused) and item.reason_code == "no_article" and has_text:
        return entry_article(entry, poll.defaults, outlet)
    return item


def _poll_feed(poll: _Poll) -> None:
    source, notes = poll.source, poll.notes
    known = notes.page(source.url)
    answer = poll.fetch(source.url, known)
    digest = digest_of(answer.body)
    if answer.is_unchanged or digest == known.digest:
        poll.n_unchanged += 1
        return
    feed = parse_feed(answer.body, source.url, answer.charset)
    poll.items += feed.refused
    is_whole = not any(one.reason_code == "truncated" for one in feed.refused)
    if feed.refused and not feed.entries:
        poll.error = feed.refused[0].reason
    taken = 0
    for entry in feed.entries:
        # A new title or time of the same entry is a new version of the article.
        when = entry.stamp.at.isoformat() if entry.stamp and entry.stamp.at else ""
        key = digest_of("entry", same_address(entry.url) or entry.key, entry.title, when)
        if notes.is_done(key) or not notes.state.claim(key, notes):
            poll.n_unchanged += 1
        elif taken >= source.most:
            is_whole = False
        else:
            taken += 1
            is_whole &= _take(poll, key, entry.url or entry.ref, lambda one=entry: _entry_item(poll, one, feed.title))  # type: ignore[misc]
    # While something is still to do, the next poll must get the feed in full and not a "304 unchanged".
    if is_whole:
        notes.pages[source.url] = Page(answer.etag, answer.last_modified, digest)


def _poll_page(poll: _Poll) -> None:
    source, notes = poll.source, poll.notes
    known = notes.page(source.url)
    answer = poll.fetch(source.url, known)
    digest = digest_of(answer.body)
    if answer.is_unchanged or digest == known.digest:
        poll.n_unchanged += 1
        return
    page = Page(answer.etag, answer.last_modified, digest)
    if not source.links:
        item = read_page(answer.body, source.url, poll.defaults, url=answer.url, declared=answer.charset,
                         header=answer.last_modified)  # fmt: skip
        poll.items.append(item)
        if not _may_pass(item):
            notes.pages[source.url] = page
        return
    is_whole, taken = True, 0
    for url in page_links(answer.body, answer.url, answer.charset, source.links):
        key = digest_of("link", same_address(url))
        if notes.is_done(key) or not notes.state.claim(key, notes):
            poll.n_unchanged += 1
        elif taken >= source.most:
            is_whole = False
        else:
            taken += 1
            is_whole &= _take(poll, key, url, lambda one=url: _page_item(poll, one))  # type: ignore[misc]
    if is_whole:
        notes.pages[source.url] = page


def _poll_network(poll: _Poll) -> _Poll:
    """Poll a feed or page; whatever goes wrong is in `error`, nothing is raised."""
    try:
        (_poll_feed if poll.source.kind == "feed" else _poll_page)(poll)
    except FetchError as error:
        poll.error = f"{error.code}: {error}"
        poll.items.append(_refusal(poll.source.url, error))
    except Exception as error:  # a source that breaks must not stop the others
        poll.error = f"{type(error).__name__}: {error}"
        poll.items.append(refuse(poll.source.url, "failed", poll.error))
    if poll.error:
        poll.report(f"{poll.source.name}: {poll.error}")
    return poll


def _poll_folder(poll: _Poll, config: Config, size: int, run_id: str) -> Iterator[Batch]:
    """Yield the articles of the files that are new or changed since the last poll."""
    source, notes, now = poll.source, poll.notes, poll.defaults.now
    root = (config.folder / Path(source.path).expanduser()).resolve()
    if not root.exists():
        poll.report(f"{source.name}: there is no {root}")
        refusal = refuse(source.path, "unreadable", "there is no such file or folder")
        yield Batch(source.name, article_frame([]), quarantine_frame([refusal], run_id, now), f"there is no {source.path}")
        return

    def new_items() -> Iterator[Item]:
        for path in find_files([root], source.pattern):
            place = path.stat()
            age = now.timestamp() - place.st_mtime
            if path.suffix in (".part", ".tmp") or 0 <= age < source.settle_seconds:
                continue
            if notes.is_same_file(str(path), place.st_size, place.st_mtime_ns):
                poll.n_unchanged += 1
                continue
            ref = path.relative_to(root).as_posix() if root.is_dir() else path.name
            yield from read_file(path, poll.defaults, f"{source.name}/{ref}")
            notes.files[str(path)] = File(f"{source.name}/{ref}", place.st_size, place.st_mtime_ns)

    empty = True
    for batch in to_batches(new_items(), size, source.name, run_id, now):
        empty = False
        notes.state.ready(notes)
        yield batch._replace(n_unchanged=poll.n_unchanged)
        poll.n_unchanged = 0
    if empty:
        yield Batch(source.name, article_frame([]), quarantine_frame([], run_id, now), n_unchanged=poll.n_unchanged)


def _batches(poll: _Poll, size: int, run_id: str) -> Iterator[Batch]:
    made = list(to_batches(poll.items, size, poll.source.name, run_id, poll.defaults.now))
    if not made:
        made = [Batch(poll.source.name, article_frame([]), quarantine_frame([], run_id, poll.defaults.now))]
    yield from made[:-1]
    poll.notes.state.ready(poll.notes)
    yield made[-1]._replace(error=poll.error, n_unchanged=poll.n_unchanged)


def collect(
    config: Config, state: State, *, names: list[str] | None = None, run_id: str = "", size: int = 1000,
    fetcher: Fetcher | None = None, now: datetime | None = None, report: Report = _quiet,
) -> Iterator[Batch]:  # fmt: skip
    """Yield what is new in the sources, in batches of at most `size`; each source gives at least one batch.

    Args:
        config: a checked `waqai.toml`. state: what earlier polls saw; call `state.commit()` after each batch is safe.
        names: only these sources. fetcher: given by tests. report: called with one line for each thing that goes wrong.

    Raises:
        ConfigError: `names` has a name that is not in the file.

    Feeds and pages are polled side by side (`workers`), each host one request at a time; folders follow, streamed.
    """
    at = now or datetime.now(UTC)
    sources = config.named(names)
    state.begin()
    with fetcher or Fetcher(config.fetch) as server:
        polls = [_Poll(one, Notes(state), server, _defaults(config, one, at), report) for one in sources]
        network = [poll for poll in polls if poll.source.kind != "folder"]
        for poll in _side_by_side(network, config.fetch.workers):
            yield from _batches(poll, size, run_id)
        for poll in polls:
            if poll.source.kind == "folder":
                yield from _poll_folder(poll, config, size, run_id)


def _side_by_side(polls: list[_Poll], workers: int) -> Iterator[_Poll]:
    """Yield each poll when it is done, a few at a time, so that finished ones do not pile up in memory."""
    left = list(polls)
    running: set[Future[_Poll]] = set()
    with ThreadPoolExecutor(workers, thread_name_prefix="source") as pool:
        while left or running:
            while left and len(running) < workers:
                running.add(pool.submit(_poll_network, left.pop(0)))
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()


def retry(refs: list[str], state: State) -> None:
    """Make the next poll take refused addresses and files again (`article_ref` of core_quarantine)."""
    for ref in refs:
        state.forget(ref)
