"""Asking servers, politely and safely: robots.txt, one request per host at a time, conditional requests, limits on
time, size and redirects, and another try where another try can help.
"""

import random
import threading
import time
import zlib
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx

from tasks.ingest.addresses import AddressError, GuardedTransport, check_url
from tasks.ingest.config import FetchSettings
from tasks.ingest.robots import Robots

RETRY_STATUS = {408, 425, 429, 500, 502, 503, 504}
LONGEST_WAIT = 60.0
ACCEPT = "text/html,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"


class FetchError(Exception):
    """A request that gave nothing. `code` is of seeds/ingest/reasons.csv; `again` tells whether a later try can help."""

    def __init__(self, code: str, detail: str, again: bool, wait: float = 0.0) -> None:
        super().__init__(detail)
        self.code, self.again, self.wait = code, again, wait


class Answer(NamedTuple):
    """What a server gave. `body` is unpacked; it is empty when `is_unchanged` (304)."""

    url: str
    body: bytes
    charset: str
    etag: str
    last_modified: str
    content_type: str
    is_unchanged: bool


class Fetcher:
    """Fetches addresses for one run. Safe to use from several threads; `close` it or use it in `with`."""

    def __init__(
        self,
        settings: FetchSettings,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings, self._sleep, self._clock = settings, sleep, clock
        self._clients: dict[bool, httpx.Client] = {}
        self._robots: dict[str, Robots | None] = {}
        self._closed: dict[str, str] = {}
        self._next: dict[str, float] = {}
        self._locks: dict[str, threading.RLock] = {}
        self._lock = threading.Lock()
        self.n_requests = 0

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            client.close()

    def _client(self, private: bool) -> httpx.Client:
        with self._lock:
            if private not in self._clients:
                self._clients[private] = httpx.Client(
                    transport=GuardedTransport(private), follow_redirects=False, trust_env=False,
                    timeout=httpx.Timeout(self.settings.timeout_seconds),
                    headers={"User-Agent": self.settings.user_agent, "Accept": ACCEPT, "Accept-Encoding": "gzip",
                             "Accept-Language": "ar"},
                )  # fmt: skip
            return self._clients[private]

    def get(self, url: str, *, etag: str = "", last_modified: str = "", private: bool = False) -> Answer:
        """Return what the server gives for an address, after redirects, robots.txt and repeated tries.

        Args:
            etag, last_modified: as the last answer gave them: the server may answer "unchanged".
            private: private and loopback addresses are allowed.

        Raises:
            FetchError: with the reason; after the last try where trying again was of use.
        """
        headers = {"If-None-Match": etag} if etag else {}
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return self._tries(url, headers, private, use_robots=self.settings.robots)

    def _tries(self, url: str, headers: dict[str, str], private: bool, use_robots: bool) -> Answer:
        for attempt in range(self.settings.retries + 1):
            try:
                return self._redirected(url, headers, private, use_robots)
            except FetchError as error:
                if not error.again or attempt == self.settings.retries or error.code == "robots":
                    raise
                pause = self.settings.backoff_seconds * 2**attempt * random.uniform(0.8, 1.2)  # noqa: S311 (spreads load)
                self._sleep(min(LONGEST_WAIT, max(pause, error.wait)))
        raise AssertionError("the loop returns or raises")

    def _redirected(self, url: str, headers: dict[str, str], private: bool, use_robots: bool) -> Answer:
        seen = [url]
        while True:
            here = seen[-1]
            try:
                host = check_url(here)
            except AddressError as error:
                raise FetchError("blocked_address", str(error), again=False) from error
            if use_robots:
                self._obey_robots(here, private)
            answer = self._polite(host, here, headers, private)
            if isinstance(answer, Answer):
                return answer
            target = urljoin(here, answer)
            if target in seen or len(seen) > self.settings.max_redirects:
                raise FetchError("redirects", f"{len(seen)} redirects, the last to {target}", again=False)
            seen.append(target)

    def _obey_robots(self, url: str, private: bool) -> None:
        """Return when robots.txt allows the address.

        Raises:
            FetchError: it does not, or nobody knows now: a server error on robots.txt forbids the site for this run
                (RFC 9309), and a host that is down is down for its pages too.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots and site not in self._closed:
            try:
                body = self._tries(f"{site}/robots.txt", {}, private, use_robots=False).body
                rules: Robots | None = Robots(body.decode("utf-8", "replace"), self.settings.user_agent)
            except FetchError as error:
                if error.code in ("network", "truncated", "blocked_address"):
                    raise
                rules = None  # there is none that could be read: everything is allowed
                if error.again:
                    self._closed[site] = str(error)
            self._robots[site] = rules
        if site in self._closed:
            raise FetchError("robots", f"{site}/robots.txt: {self._closed[site]}", again=True)
        known = self._robots[site]
        if known is not None and not known.allows(url):
            raise FetchError("robots", parts.path, again=False)

    def _polite(self, host: str, url: str, headers: dict[str, str], private: bool) -> Answer | str:
        with self._lock:
            lock = self._locks.setdefault(host, threading.RLock())
        with lock:
            wait = self._next.get(host, 0.0) - self._clock()
            if wait > 0:
                self._sleep(wait)
            try:
                return self._once(url, headers, private)
            finally:
                parts = urlsplit(url)
                rules = self._robots.get(f"{parts.scheme}://{parts.netloc}")
                self._next[host] = self._clock() + max(self.settings.seconds_between, rules.delay if rules else 0.0)

    def _once(self, url: str, headers: dict[str, str], private: bool) -> Answer | str:
        """Return the answer, or the address that the server redirects to."""
        self.n_requests += 1
        deadline = self._clock() + self.settings.total_seconds
        try:
            with self._client(private).stream("GET", url, headers=headers) as response:
                if response.status_code in (301, 302, 303, 307, 308) and "location" in response.headers:
                    return str(response.headers["location"])
                if response.status_code == 304:
                    return _answer(url, response, b"", is_unchanged=True)
                if response.status_code != 200:
                    again = response.status_code in RETRY_STATUS
                    raise FetchError("http_error", f"HTTP {response.status_code}", again, _retry_after(response))
                return _answer(url, response, self._body(response, deadline), is_unchanged=False)
        except AddressError as error:
            raise FetchError("blocked_address", str(error), again=False) from error
        except httpx.TimeoutException as error:
            raise FetchError("network", f"no answer within {self.settings.timeout_seconds:g} s", again=True) from error
        except httpx.RemoteProtocolError as error:
            raise FetchError("truncated", str(error), again=True) from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
            again = isinstance(error, httpx.TransportError)
            raise FetchError("network", str(error) or type(error).__name__, again) from error

    def _body(self, response: httpx.Response, deadline: float) -> bytes:
        """Read and unpack the body piece by piece, never holding more than the limit."""
        limit = int(self.settings.max_megabytes * 1_000_000)
        packing = response.headers.get("content-encoding", "identity").strip().lower()
        if packing not in ("identity", "", "gzip", "x-gzip", "deflate"):
            raise FetchError("http_error", f"packed as {packing}, which was not asked for", again=False)
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packing not in ("identity", "") else None
        stated = response.headers.get("content-length", "")
        if stated.isdigit() and int(stated) > limit:
            raise FetchError("too_large", f"{int(stated):,} bytes", again=False)
        body = bytearray()
        for chunk in response.iter_raw():
            try:
                body += unpack.decompress(chunk, limit + 1 - len(body)) if unpack else chunk
            except zlib.error as error:
                raise FetchError("truncated", f"damaged {packing}: {error}", again=True) from error
            if len(body) > limit or (unpack and unpack.unconsumed_tail):
                raise FetchError("bomb" if unpack else "too_large", f"more than {limit:,} bytes", again=False)
            if self._clock() > deadline:
                raise FetchError("network", f"not finished after {self.settings.total_seconds:g} s", again=True)
        if unpack and body and not unpack.eof:
            raise FetchError("truncated", f"the {packing} data end before they should", again=True)
        return bytes(body)


def _answer(url: str, response: httpx.Response, body: bytes, is_unchanged: bool) -> Answer:
    headers = response.headers
    return Answer(url, body, response.charset_encoding or "", headers.get("etag", "")[:500], headers.get("last-modified", "")[:100],
                  headers.get("content-type", ""), is_unchanged)  # fmt: skip


def _retry_after(response: httpx.Response) -> float:
    value = response.headers.get("retry-after", "")
    if value.isdigit():
        return min(LONGEST_WAIT, float(value))
    try:
        return max(0.0, min(LONGEST_WAIT, parsedate_to_datetime(value).timestamp() - time.time()))
    except (ValueError, TypeError):
        return 0.0
