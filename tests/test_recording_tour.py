"""From end to end, over real sockets: a tour through the proxy is recorded, served by another emulator, sent again."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from emulator.verifier.control import Control
from emulator.verifier.private import private

ROOT = Path(__file__).parents[1]
EMULATOR = (sys.executable, "-m", "emulator")


def run(*command: str, **more: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "80"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False, **more
    )


class Proxied:
    """A proxy's address, and, once it has ended, what it said and how it ended."""

    def __init__(self, url: str) -> None:
        self.url, self.told, self.code = url, "", 0


@contextmanager
def proxy(upstream: str, *options: str) -> Iterator[Proxied]:
    process = subprocess.Popen(
        [*EMULATOR, "proxy", "--upstream", upstream, "--port", "0", *options],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    ready = process.stdout.readline()
    assert " is ready at " in ready, ready
    place = Proxied(ready.split(" is ready at ")[1].split()[0])
    try:
        yield place
    finally:
        process.send_signal(signal.SIGTERM)
        place.told, _ = process.communicate(timeout=30)
        place.code = process.returncode


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Proxied]:
    """A folder with the recording and the reports of the tour, and the proxy that made them."""
    folder = tmp_path_factory.mktemp("toured")
    files = ("--record", str(folder / "recording"), "--har", str(folder / "x.har"), "--json", str(folder / "x.json"))
    with private() as server, proxy(server.base_url, *files) as place:
        done = run(sys.executable, "examples/tour.py", place.url)
        assert done.returncode == 0, done.stderr
    return folder, place


def replayed(folder: Path, control: Control) -> tuple[int, dict[str, Any]]:
    target = ("--target", control.base_url, "--json", str(folder / "replay.json"))
    done = run(*EMULATOR, "conformance", "--replay", str(folder / "recording"), *target)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads((folder / "replay.json").read_text())


def test_the_proxy_tells_what_it_saw(toured: tuple[Path, Proxied]) -> None:
    folder, place = toured
    assert place.code == 1
    assert "P009-results: limit 250 is above 100" in place.told
    assert "examples were recorded" in place.told
    findings = json.loads((folder / "x.json").read_text())["findings"]
    assert [one for one in findings if one["rule"].startswith("answer-")] == []


def test_no_credential_is_in_any_file(toured: tuple[Path, Proxied]) -> None:
    folder, place = toured
    written = b"".join(file.read_bytes() for file in (folder / "recording").rglob("*.yaml"))
    for secret in (b"tour-secret", b"tour-client", b"127.0.0.1", b"localhost"):
        assert secret not in written
    assert b"tour-secret" not in written + (folder / "x.har").read_bytes() + place.told.encode()


def test_an_emulator_that_serves_the_recording_answers_alike(toured: tuple[Path, Proxied]) -> None:
    folder, _ = toured
    with private("--seed", "5", "--fixtures", str(folder / "recording")) as other:
        code, report = replayed(folder, other)
        assert report["findings"] == []
        assert code == 0
        again, _ = replayed(folder, other)
        assert again == 0, "each replay has an account of its own"
        assert {case["outcome"] for case in report["cases"]} == {"held"}
        assert len(report["cases"]) > 60


def test_what_was_changed_since_is_found(toured: tuple[Path, Proxied]) -> None:
    folder, _ = toured
    with private("--fixtures", str(folder / "recording")) as other:
        stub = {"operation": "P014", "data": {"odd": True}, "as_is": True}
        other.ask("PUT", "/stubs", {"stubs": [stub]})
        code, report = replayed(folder, other)
    assert code == 1
    assert {one["operation"] for one in report["findings"]} == {"P014"}


def test_the_archive_is_judged_as_the_traffic_was(toured: tuple[Path, Proxied]) -> None:
    folder, _ = toured
    done = run(*EMULATOR, "verify", "--from", str(folder / "x.har"), "--json", str(folder / "from.json"))
    assert done.returncode == 1, done.stderr
    archived, seen = (json.loads((folder / name).read_text())["findings"] for name in ("from.json", "x.json"))
    assert {one["rule"] for one in archived} == {one["rule"] for one in seen}


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("proxy",), "Missing option '--upstream'"),
        (("proxy", "--upstream", "nowhere"), "is no address"),
        (("proxy", "--upstream", "http://127.0.0.1:1", "--patience", "long"), "is not a duration"),
        (("conformance", "--replay", "."), "--replay needs --target"),
        (("verify", "--from", "README.md"), "is no HAR"),
        (("verify", "--from", "README.md", "--", "true"), "give a command after --, or --from FILE.har"),
        (("verify",), "give a command after --, or --from FILE.har"),
    ],
)
def test_wrong_usage_is_told_in_one_line(options: tuple[str, ...], why: str) -> None:
    done = run(*EMULATOR, *options)
    assert done.returncode == 2
    assert why in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_with_a_recording_is_refused(toured: tuple[Path, Proxied]) -> None:
    done = run(*EMULATOR, "proxy", "--upstream", "http://127.0.0.1:1", "--record", str(toured[0] / "recording"))
    assert done.returncode == 2
    assert "holds a recording already" in done.stderr


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with private() as server:
        port = server.base_url.rpartition(":")[2]
        done = run(*EMULATOR, "proxy", "--upstream", "http://127.0.0.1:1", "--port", port)
    assert done.returncode == 3
    assert "cannot be opened" in done.stderr


def test_without_credentials_nothing_is_sent_to_a_foreign_server(toured: tuple[Path, Proxied]) -> None:
    recording, asked = str(toured[0] / "recording"), list[str]()

    class Foreign(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Foreign) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        target = f"http://127.0.0.1:{server.server_address[1]}"
        done = run(*EMULATOR, "conformance", "--replay", recording, "--target", target)
        server.shutdown()
    assert done.returncode == 2
    assert "PATSNAP_CLIENT_ID" in done.stderr
    assert asked == ["/_emulator/health"]


def test_where_nobody_answers_the_replay_could_not_start(toured: tuple[Path, Proxied]) -> None:
    recording = str(toured[0] / "recording")
    done = run(*EMULATOR, "conformance", "--replay", recording, "--target", "http://127.0.0.1:1")
    assert done.returncode == 3
    assert "cannot be reached" in done.stderr
