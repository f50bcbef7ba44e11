"""`conformance` and `--replay` at servers that lie, drown, refuse or hang: they stop plainly, and nothing is left."""

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx2
import pytest

ROOT = Path(__file__).parents[1]
PATIENCE_S = 120
JSON = {"content-type": "application/json"}
TOKEN = b'{"token": "a-token", "expires_in": 1799, "status": "approved"}'
REFUSED = b'{"status": false, "error_code": 67200003, "error_msg": "x"}'
NOTHING = b'{"data": {}, "status": true, "error_code": 0}'
PAID = "/basic-patent-data/abstract-data-translated"
Says = Callable[[str, str], "tuple[int, bytes, dict[str, str]]"]


@contextmanager
def serving(says: Says) -> Iterator[tuple[str, list[str]]]:
    """Its address, and `METHOD path` of all that it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *arguments: Any) -> None: ...

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            path = self.path.partition("?")[0]
            asked.append(f"{self.command} {path}")
            status, body, headers = says(self.command, path)
            self.send_response(status)
            for name, value in {**JSON, "content-length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815 - as the library calls them  # noqa: N815 - the names of its library

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def surroundings(folder: Path, **ours: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PATSNAP_")}
    (folder / "temporary").mkdir(exist_ok=True)
    credentials = {"PATSNAP_CLIENT_ID": "me", "PATSNAP_CLIENT_SECRET": "hush"}
    return {**kept, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "temporary"), **(ours or credentials)}


def conformance(folder: Path, *options: str, **ours: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "emulator", "conformance", *options]
    done = subprocess.run(
        command, cwd=folder, env=surroundings(folder, **ours), capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    return done


def outside(answer: bytes, headers: Mapping[str, str] = MappingProxyType({})) -> Says:
    """A server that is no emulator, lets everybody in, and answers so."""

    def says(method: str, path: str) -> tuple[int, bytes, dict[str, str]]:
        if path == "/oauth/token":
            return 200, TOKEN, {}
        if path.startswith("/_emulator"):
            return 404, b"{}", {}
        return 200, answer, dict(headers)

    return says


def always(answer: bytes) -> Says:
    return lambda method, path: (200, answer, {})


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A recording of two calls that cost a credit each."""
    return har(tmp_path / "calls.har", f"https://connect.patsnap.com{PAID}?patent_number=CN1&lang=en", times=2)


def har(file: Path, url: str, times: int = 1) -> Path:
    answer = {"status": 200, "headers": [], "content": {"text": NOTHING.decode()}}
    request = {"method": "GET", "url": url, "headers": []}
    entry = {"startedDateTime": "2026-01-01T00:00:00Z", "request": request, "response": answer}
    file.write_text(json.dumps({"log": {"entries": [entry] * times}}), "utf-8")
    return file


# --- What is an emulator ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "health",
    [{"status": "ok"}, {"status": "ok", "mode": "frozen", "version": "1", "clock": "2026-01-01T00:00:00.000Z"}],
)
def test_who_only_says_that_it_is_healthy_is_no_emulator(health: Any, archive: Path, tmp_path: Path) -> None:
    def says(method: str, path: str) -> tuple[int, bytes, dict[str, str]]:
        if path == "/_emulator/health":
            return 200, json.dumps(health).encode(), {}
        if path.startswith("/_emulator"):
            return 200, b"{}", {}
        return outside(NOTHING, {"x-openapi-amount": "1"})(method, path)

    with serving(says) as (url, asked):
        done = conformance(tmp_path, "--target", url, "--replay", str(archive))
        assert "could cost more than --spend allows" in done.stdout
        assert f"GET {PAID}" not in asked
        done = conformance(tmp_path, "--target", url, "--only", "example/P043/least")
        assert "--spend allows 0" in done.stdout or "not tried" in done.stdout
        assert f"GET {PAID}" not in asked


# --- Who is let in ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("replayed", [False, True])
def test_a_target_that_lets_nobody_in_is_asked_once(replayed: bool, archive: Path, tmp_path: Path) -> None:
    def says(method: str, path: str) -> tuple[int, bytes, dict[str, str]]:
        return (404, b"{}", {}) if path.startswith("/_emulator") else (401, REFUSED, {})

    more = ("--replay", str(archive), "--spend", "9") if replayed else ()
    with serving(says) as (url, asked):
        done = conformance(tmp_path, "--target", url, *more)
        assert done.returncode == 3
        assert "the target lets nobody in: " in done.stderr
        assert "67200003" in done.stderr
        assert asked.count("POST /oauth/token") == 1
        assert len(asked) <= 2


def test_a_wrong_key_is_tried_once(archive: Path, tmp_path: Path) -> None:
    with serving(outside(REFUSED.replace(b"67200003", b"67200202"))) as (url, asked):
        done = conformance(
            tmp_path, "--target", url, "--replay", str(archive), "--spend", "9", PATSNAP_API_KEY="sk-" + "x" * 48
        )
        assert (done.returncode, asked.count(f"GET {PAID}")) == (3, 1), done.stdout
        done = conformance(tmp_path, "--target", url, "--only", "limit", PATSNAP_API_KEY="sk-" + "x" * 48)
        assert done.returncode == 3, done.stdout[-500:]
        assert "the target lets nobody in: 67200202" in done.stderr
        assert len(asked) < 10


def test_one_token_serves_the_whole_run(tmp_path: Path) -> None:
    with serving(outside(NOTHING)) as (url, asked):
        conformance(tmp_path, "--target", url, "--only", "limit/P009-results", "--only", "limit/P060")
        assert asked.count("POST /oauth/token") == 1
        assert len(asked) > 10


# --- What cannot be read --------------------------------------------------------------------------------------------

DEEP = b"[" * 200_000
NESTED = b'{"status": true, "error_code": 0, "data": ' + b"[" * 900 + b"]" * 900 + b"}"


@pytest.mark.parametrize("body", [DEEP, NESTED], ids=["deep", "nested"])
def test_json_that_is_nested_too_deep_is_a_breach(body: bytes, archive: Path, tmp_path: Path) -> None:
    with serving(outside(body)) as (url, _):
        done = conformance(tmp_path, "--target", url, "--only", "limit/P009-results")
        assert done.returncode == 1
        assert "no JSON" in done.stdout or "levels" in done.stdout
        done = conformance(tmp_path, "--target", url, "--replay", str(archive), "--spend", "9")
        assert done.returncode == 1
        assert "the answer is no JSON object" in done.stdout
    with serving(always(body)) as (url, _):
        for more in ((), ("--replay", str(archive))):
            done = conformance(tmp_path, "--target", url, *more)
            assert (done.returncode, "the target lets nobody in" in done.stderr) == (3, True)


def test_an_answer_without_end_is_a_breach(archive: Path, tmp_path: Path) -> None:
    bomb = gzip.compress(b"a" * (65 * 1024 * 1024))
    with serving(outside(bomb, {"content-encoding": "gzip"})) as (url, _):
        done = conformance(tmp_path, "--target", url, "--only", "limit/P009-results")
        assert done.returncode == 1
        assert "too long to be read" in done.stdout
        done = conformance(tmp_path, "--target", url, "--replay", str(archive), "--spend", "9")
        assert done.returncode == 1
        assert "the answer is too long to be read" in done.stdout


# --- Wrong usage ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    ["http://[::1", "ftp://x", "127.0.0.1:80", "http://", "http://127.0.0.1:99999", "http://me:hush@127.0.0.1:9"],
)
def test_what_is_no_address_is_wrong_usage(target: str, archive: Path, tmp_path: Path) -> None:
    for more in ((), ("--replay", str(archive))):
        done = conformance(tmp_path, "--target", target, *more)
        assert (done.returncode, "address" in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("url", ["https://elsewhere.example/x", f"https://connect.patsnap.com{PAID}/nothing"])
def test_a_recording_without_a_call_is_wrong_usage(url: str, tmp_path: Path) -> None:
    file = har(tmp_path / "garbage.har", url)
    done = conformance(tmp_path, "--target", "http://127.0.0.1:9", "--replay", str(file))
    assert done.returncode == 2
    assert f"there is no call to the service in {file}" in done.stderr


# --- Interrupted ----------------------------------------------------------------------------------------------------


def interrupted(folder: Path, number: signal.Signals, until: Callable[[], bool], *options: str) -> tuple[int, str, str]:
    """Exit code, what was told and what was complained of."""
    command = [sys.executable, "-m", "emulator", "conformance", *options]
    with subprocess.Popen(
        command, cwd=folder, env=surroundings(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while not until():
            assert process.poll() is None, process.communicate()
            threading.Event().wait(0.05)
        process.send_signal(number)
        told, complaints = process.communicate(timeout=PATIENCE_S)
    assert list((folder / "temporary").iterdir()) == []
    return process.returncode, told, complaints


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_tells_what_was_done_and_leaves_no_emulator(
    number: signal.Signals, jobs: str, tmp_path: Path
) -> None:
    def at_work() -> bool:
        ports = [file.read_text() for file in (tmp_path / "temporary").glob("*/port")]
        return bool(ports) and "-1-" in httpx2.get(f"http://127.0.0.1:{ports[0].strip()}/_emulator/accounts").text

    code, told, complaints = interrupted(tmp_path, number, at_work, "--jobs", jobs)
    assert (code, complaints) == (0, ""), told
    assert "The run ended early: it was interrupted." in told


@pytest.mark.parametrize("replayed", [False, True])
def test_an_interrupt_at_a_foreign_target_tells_what_was_spent(replayed: bool, archive: Path, tmp_path: Path) -> None:
    """The second paid call is answered by nobody."""
    calls, hanging = threading.Semaphore(1), threading.Event()
    ended = threading.Event()

    def says(method: str, path: str) -> tuple[int, bytes, dict[str, str]]:
        if path == PAID and not calls.acquire(blocking=False):
            hanging.set()
            ended.wait(PATIENCE_S)
        return outside(NOTHING, {"x-openapi-amount": "1"})(method, path)

    more = ("--replay", str(archive)) if replayed else ("--only", "P043")
    try:
        with serving(says) as (url, _):
            options = ("--target", url, "--spend", "9", *more)
            code, told, complaints = interrupted(tmp_path, signal.SIGTERM, hanging.is_set, *options)
    finally:
        ended.set()
    assert code in (0, 1), complaints
    assert "nterrupted" in told
    assert "1 credit" in told
    assert complaints == ""
