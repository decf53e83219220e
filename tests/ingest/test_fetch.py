"""Politeness and safety of requests, against a real server on the loopback address."""

import gzip
import time
from dataclasses import replace
from typing import Any

import pytest

from tasks.ingest.addresses import AddressError, check_url, is_public, resolve
from tasks.ingest.config import FetchSettings
from tasks.ingest.fetch import Fetcher, FetchError
from tasks.ingest.robots import Robots

QUICK = FetchSettings(timeout_seconds=1, total_seconds=2, seconds_between=0, retries=2, backoff_seconds=0, max_megabytes=2)


def code_of(fetcher: Fetcher, url: str, **more: Any) -> str:
    with pytest.raises(FetchError) as caught:
        fetcher.get(url, private=more.pop("private", True), **more)
    return caught.value.code


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("172.16.5.4", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("100.64.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("2001:4860:4860::8888", True),
        ("2002:7f00:1::", False),
        ("not an address", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "gopher://x",
        "http://",
        "javascript:alert(1)",
        "http://me:pw@example.org",
        "http://[::1",
        "//example.org",
    ],
)
def test_only_http(url: str) -> None:
    with pytest.raises(AddressError):
        check_url(url)


def test_names_and_numbers_of_this_machine_are_blocked() -> None:
    for host in ("localhost", "127.0.0.1", "0x7f000001", "2130706433", "::1"):
        with pytest.raises((AddressError, OSError)):
            resolve(host, 80, private=False)
    assert resolve("localhost", 80, private=True)


def test_a_private_server_is_asked_only_when_the_source_says_so(server: Any, made: Any) -> None:
    server.paths["/a"] = made.page(1)
    with Fetcher(QUICK) as fetcher:
        assert code_of(fetcher, f"{server.url}/a", private=False) == "blocked_address"
        assert server.hits.total() == 0
        assert fetcher.get(f"{server.url}/a", private=True).body == made.page(1)


def test_a_redirect_to_a_private_address_is_blocked_at_the_connection(
    server: Any, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first address is made to look public; the second is the loopback address itself."""
    import tasks.ingest.addresses as addresses

    real = addresses.resolve
    port = int(server.url.rsplit(":", 1)[1])
    monkeypatch.setattr(
        addresses, "resolve", lambda host, at, private: ["127.0.0.1"] if host == "public.example" else real(host, at, private)
    )
    server.paths["/go"] = made.bad.redirect(f"{server.url}/secret")
    server.paths["/secret"] = b"secret"
    with Fetcher(replace(QUICK, robots=False)) as fetcher:
        assert code_of(fetcher, f"http://public.example:{port}/go", private=False) == "blocked_address"
    assert server.hits["/go"] == 1
    assert server.hits["/secret"] == 0


def test_conditional_requests(server: Any, made: Any) -> None:
    server.paths["/a"] = made.page(1)
    with Fetcher(QUICK) as fetcher:
        first = fetcher.get(f"{server.url}/a", private=True)
        again = fetcher.get(f"{server.url}/a", etag=first.etag, private=True)
    assert not first.is_unchanged
    assert again.is_unchanged
    assert again.body == b""


def test_errors_that_may_pass_are_tried_again_and_others_not(server: Any, made: Any) -> None:
    server.paths.update(
        {"/flaky": made.bad.first(2, 503, made.page(1)), "/down": made.bad.status(500), "/gone": made.bad.status(410)}
    )
    with Fetcher(QUICK) as fetcher:
        assert fetcher.get(f"{server.url}/flaky", private=True).body == made.page(1)
        assert code_of(fetcher, f"{server.url}/down") == "http_error"
        assert code_of(fetcher, f"{server.url}/gone") == "http_error"
        assert code_of(fetcher, f"{server.url}/nothing") == "http_error"
    assert (server.hits["/flaky"], server.hits["/down"], server.hits["/gone"], server.hits["/nothing"]) == (3, 3, 1, 1)


def test_the_wait_that_the_server_asks_for_is_kept(server: Any, made: Any) -> None:
    waits: list[float] = []
    server.paths["/busy"] = made.bad.status(429, Retry_After="7")
    with Fetcher(QUICK, sleep=waits.append) as fetcher:
        assert code_of(fetcher, f"{server.url}/busy") == "http_error"
    assert waits == [7.0, 7.0]


def test_slow_endless_and_huge_answers_are_cut_off(server: Any, made: Any) -> None:
    server.paths.update(
        {
            "/slow": made.bad.slow(2.5),
            "/huge": made.bad.huge(50),
            "/bomb": made.bad.gzip_bomb(300),
            "/loop": made.bad.redirect("/loop"),
        }
    )
    server.paths.update({f"/r{n}": made.bad.redirect(f"/r{n + 1}") for n in range(20)})

    def drip(request: Any) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(100):
            request.wfile.write(b"x")
            time.sleep(0.1)

    server.paths["/drip"] = drip
    once = replace(QUICK, retries=0, timeout_seconds=0.5, total_seconds=0.8)
    start = time.monotonic()
    with Fetcher(once) as fetcher:
        assert code_of(fetcher, f"{server.url}/slow") == "network"
        assert code_of(fetcher, f"{server.url}/drip") == "network"
        assert code_of(fetcher, f"{server.url}/huge") == "too_large"
        assert code_of(fetcher, f"{server.url}/bomb") == "bomb"
        assert code_of(fetcher, f"{server.url}/loop") == "redirects"
        assert code_of(fetcher, f"{server.url}/r0") == "redirects"
    assert time.monotonic() - start < 8
    assert server.hits["/r7"] == 0


def test_cut_answers_are_never_taken_for_whole_ones(server: Any, made: Any) -> None:
    page = made.page(1)
    server.paths["/cut"] = made.bad.cut(page, len(page) // 2)
    packed = gzip.compress(page)
    server.paths["/cutgz"] = lambda request: made.send(request, 200, packed[: len(packed) // 2], Content_Encoding="gzip")
    server.paths["/gz"] = lambda request: made.send(request, 200, packed, Content_Encoding="gzip")
    server.paths["/br"] = lambda request: made.send(request, 200, packed, Content_Encoding="br")
    with Fetcher(QUICK) as fetcher:
        assert code_of(fetcher, f"{server.url}/cut") == "truncated"
        assert code_of(fetcher, f"{server.url}/cutgz") == "truncated"
        assert fetcher.get(f"{server.url}/gz", private=True).body == page
        assert code_of(fetcher, f"{server.url}/br") == "http_error"


def test_robots_txt_is_obeyed_asked_once_and_a_broken_one_forbids(server: Any, made: Any) -> None:
    server.paths.update(
        {
            "/robots.txt": b"User-agent: *\nDisallow: /private\nAllow: /private/open\n",
            "/private/x": b"x",
            "/private/open": b"x",
            "/ok": b"x",
        }
    )
    with Fetcher(QUICK) as fetcher:
        assert code_of(fetcher, f"{server.url}/private/x") == "robots"
        assert fetcher.get(f"{server.url}/private/open", private=True).body == b"x"
        assert fetcher.get(f"{server.url}/ok", private=True).body == b"x"
    assert server.hits["/robots.txt"] == 1
    assert server.hits["/private/x"] == 0
    server.paths["/robots.txt"] = made.bad.status(500)
    with Fetcher(QUICK) as fetcher:
        assert code_of(fetcher, f"{server.url}/ok") == "robots"


def test_one_host_is_asked_slowly(server: Any) -> None:
    now = [0.0]
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    server.paths.update({"/robots.txt": b"User-agent: *\nCrawl-delay: 4", "/a": b"a"})
    with Fetcher(replace(QUICK, seconds_between=1.5), sleep=sleep, clock=lambda: now[0]) as fetcher:
        for _ in range(3):
            fetcher.get(f"{server.url}/a", private=True)
    assert waits == [1.5, 4.0, 4.0]


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: waqai\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: WAQAI\nUser-agent: x\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /*?print=", "/x?print=1", False),
        ("User-agent: *\nDisallow: /%D8%A3", "/أ", False),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/b/c", True),
        ("User-agent: *\nDisallow: /a # comment\nSitemap: x", "/a", False),
        ("<html>not a robots file</html>", "/a", True),
    ],
)
def test_robots_rules(rules: str, path: str, allowed: bool) -> None:
    assert Robots(rules, "waqai/0.1").allows(f"https://example.org{path}") is allowed


def test_a_server_that_is_not_there_is_an_error_with_a_reason() -> None:
    with Fetcher(replace(QUICK, retries=0)) as fetcher:
        assert code_of(fetcher, "http://127.0.0.1:9/x") == "network"
        assert code_of(fetcher, "http://name.invalid/x", private=False) == "network"
