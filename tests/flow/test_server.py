"""Finding a Prefect server, and starting one for a single run."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flows import server
from flows.folder import Folder, data_folder


class _Healthy(BaseHTTPRequestHandler):
    body = b"true"

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def healthy() -> Iterator[str]:
    http = HTTPServer(("127.0.0.1", 0), _Healthy)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{http.server_port}/api"
    http.shutdown()
    http.server_close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr(server, "USUAL", f"http://127.0.0.1:{server.free_port()}/api")
    return Folder(tmp_path)


def test_data_folder_comes_from_option_then_environment_then_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_WAREHOUSE", "/somewhere")
    assert data_folder("x").root == Path.cwd() / "x"
    assert data_folder().root == Path("/somewhere")
    monkeypatch.delenv("WAQAI_WAREHOUSE")
    assert data_folder().root == Path.cwd() / "data"


def test_no_server_is_none(folder: Folder) -> None:
    assert server.find_server(folder) is None


def test_noted_server_is_found_and_a_stale_note_is_not_believed(folder: Folder, healthy: str) -> None:
    folder.prefect.mkdir()
    folder.server_note.write_text(json.dumps({"url": healthy}))
    found = server.find_server(folder)
    assert found is not None
    assert found.url == healthy
    folder.server_note.write_text(json.dumps({"url": f"http://127.0.0.1:{server.free_port()}/api"}))
    assert server.find_server(folder) is None
    folder.server_note.write_text("{broken")
    assert server.find_server(folder) is None


def test_server_named_by_environment_comes_first_and_must_answer(
    folder: Folder, healthy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", healthy)
    found = server.find_server(folder)
    assert found is not None
    assert found.how == "the server of PREFECT_API_URL"
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{server.free_port()}/api")
    monkeypatch.setattr(server, "answers", lambda *_, **__: False)
    with pytest.raises(RuntimeError, match="--plain"):
        server.find_server(folder)


def test_something_else_on_the_port_is_no_prefect(folder: Folder, healthy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Healthy, "body", b"<html>hello</html>")
    assert not server.answers(healthy)


@pytest.mark.flow
def test_server_for_one_run_comes_up_and_goes(folder: Folder) -> None:
    own = server.start_for_one_run(folder)
    assert own.process is not None
    own.wait()
    assert server.answers(own.url)
    assert (folder.prefect / "prefect.db").exists()
    own.process.terminate()
    assert own.process.wait(20) is not None
    assert not server.answers(own.url)
