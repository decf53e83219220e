"""Made pages and feeds, and a real HTTP server on the loopback address that serves them, well and badly."""

import gzip
import http.server
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PARAGRAPHS = (
    "أعلنت وزارة الخارجية اليوم الثلاثاء أن الوزير سيزور العاصمة الأردنية عمان في مطلع الأسبوع المقبل لبحث العلاقات بين البلدين.",
    "وقال الناطق باسم الوزارة في بيان إن الزيارة تأتي بدعوة من نظيره الأردني، وإنها تشمل توقيع اتفاق للتعاون في مجال المياه.",
    "ومن المقرر أن يلتقي الوزير خلال الزيارة رئيس الحكومة وعددا من المسؤولين، على أن يعود إلى بلاده مساء الأربعاء.",
)


def article_text(number: int) -> str:
    """Return the body of a made article; each number gives another one."""
    return "\n".join([f"في الخبر رقم {number} من هذا اليوم، استقبل رئيس الوزراء وفدا من رجال الأعمال في مقر الحكومة.", *PARAGRAPHS])


def page(
    number: int,
    *,
    meta: str = '<meta property="article:published_time" content="2024-03-20T10:00:00+03:00">',
    charset: str = "utf-8",
    title: str = "",
    body: str = "",
) -> bytes:
    """Return a news page with the usual furniture around the article."""
    title = title or f"رئيس الوزراء يستقبل الوفد رقم {number}"
    text = body or "".join(f"<p>{line}</p>" for line in article_text(number).split("\n"))
    html = f"""<!doctype html><html lang="ar" dir="rtl"><head><meta charset="{charset}"><title>{title} - صحيفة المثال</title>
<meta property="og:title" content="{title} - صحيفة المثال"><meta property="og:site_name" content="صحيفة المثال">{meta}</head><body>
<nav><a href="/">الرئيسية</a> <a href="/world">العالم</a> <a href="/sport">رياضة</a></nav>
<article><h1>{title}</h1><div class="social-share"><a href="#">شارك على فيسبوك</a></div>
<div class="article-body">{text}<p>اقرأ أيضا: <a href="/x">خبر آخر عن الطقس</a></p><p>تابعونا على فيسبوك وتويتر</p></div>
<div class="related"><h3>أخبار ذات صلة</h3><a href="/y">مباراة اليوم تنتهي بالتعادل</a></div></article>
<footer>جميع الحقوق محفوظة لصحيفة المثال 2024</footer></body></html>"""
    return html.encode(charset, "xmlcharrefreplace")


def feed(entries: list[tuple[str, str, str]], *, text: str = "", head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    """Return an RSS feed; entries are (address, title, RFC 2822 date or "")."""
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid>"
        + (f"<pubDate>{when}</pubDate>" if when else "")
        + f"<description><![CDATA[{text}]]></description></item>"
        for url, title, when in entries
    )
    return f'{head}<rss version="2.0"><channel><title>صحيفة المثال</title>{items}</channel></rss>'.encode()


Handler = Callable[[Any], None]


class Server:
    """A server whose paths are set by the tests: bytes (200 with ETag), or a function of the request handler."""

    def __init__(self) -> None:
        self.paths: dict[str, bytes | Handler] = {}
        self.hits: Counter[str] = Counter()
        self.headers: dict[str, dict[str, str]] = {}
        self.before: Handler | None = None
        owner = self

        class Answering(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                owner.hits[path] += 1
                if owner.before is not None and owner.before(self):
                    return
                content = owner.paths.get(path)
                if content is None:
                    send(self, 404, b"not here")
                elif callable(content):
                    content(self)
                else:
                    etag = f'"{hash(content)}"'
                    if self.headers.get("If-None-Match") == etag:
                        owner.hits[f"304 {path}"] += 1
                        send(self, 304, b"")
                    else:
                        send(self, 200, content, ETag=etag, **owner.headers.get(path, {}))

            def log_message(self, *args: Any) -> None:
                """Keep the output of the tests clean."""

        class Quiet(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args: Any) -> None:
                """Clients that hang up are part of the tests."""

        self._server = Quiet(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def send(request: Any, status: int, body: bytes, **headers: str) -> None:
    """Answer a request; header names are written with _ for -."""
    request.send_response(status)
    for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
        request.send_header(name.replace("_", "-"), value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


class Bad:
    """Ways in which servers go wrong."""

    @staticmethod
    def status(code: int, **headers: str) -> Handler:
        return lambda request: send(request, code, b"error", **headers)

    @staticmethod
    def first(n: int, code: int, then: bytes) -> Handler:
        left = [n]

        def answer(request: Any) -> None:
            left[0] -= 1
            send(request, code, b"") if left[0] >= 0 else send(request, 200, then)

        return answer

    @staticmethod
    def slow(seconds: float) -> Handler:
        def answer(request: Any) -> None:
            time.sleep(seconds)
            send(request, 200, page(1))

        return answer

    @staticmethod
    def redirect(to: str) -> Handler:
        return lambda request: send(request, 302, b"", Location=to)

    @staticmethod
    def gzip_bomb(megabytes: int) -> Handler:
        body = gzip.compress(b" " * (megabytes * 1_000_000))
        return lambda request: send(request, 200, body, Content_Encoding="gzip")

    @staticmethod
    def huge(megabytes: int) -> Handler:
        def answer(request: Any) -> None:
            request.send_response(200)
            request.send_header("Content-Type", "text/html; charset=utf-8")
            request.send_header("Connection", "close")
            request.end_headers()
            for _ in range(megabytes):
                request.wfile.write(b"<p>" + b"x" * 1_000_000)
            request.close_connection = True

        return answer

    @staticmethod
    def cut(body: bytes, at: int) -> Handler:
        def answer(request: Any) -> None:
            request.send_response(200)
            request.send_header("Content-Type", "text/html; charset=utf-8")
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body[:at])
            request.close_connection = True

        return answer


class Made:
    """The makers above, for tests (which cannot import each other)."""

    article_text = staticmethod(article_text)
    page = staticmethod(page)
    feed = staticmethod(feed)
    send = staticmethod(send)
    bad = Bad


@pytest.fixture(scope="session")
def made() -> type[Made]:
    return Made


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Development data beside the checkout or at WAQAI_SHARED; tests that need them are skipped without."""
    folder = Path(os.environ.get("WAQAI_SHARED") or Path(__file__).parents[2] / "../shared").resolve()
    if not (folder / "corpus").is_dir():
        pytest.skip("the development corpus is not here (WAQAI_SHARED)")
    return folder
