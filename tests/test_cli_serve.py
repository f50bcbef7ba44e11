"""`serve` as a process: it says where it is, ends with 0 when told to, and with 3 in one line when it cannot start.

Nothing waits by the clock: what the process prints is read until it says where it is.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PATSNAP_")}


def start(folder: Path, *arguments: object, **environment: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "emulator", "serve", *map(str, arguments)]
    more: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=folder, env={**ENVIRONMENT, **environment}, **more)


@contextmanager
def serving(folder: Path, *arguments: object, **environment: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A running server and its address, as it printed it."""
    with start(folder, *arguments, **environment) as process:
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            assert "is ready at http" in first, process.stderr.read() if process.stderr else ""
            url = first.split()[-1]
            assert httpx2.get(f"{url}/_emulator/health", trust_env=False, timeout=30).status_code == 200
            yield process, url
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_0_and_silently(number: signal.Signals, tmp_path: Path) -> None:
    with serving(tmp_path, "--port", 0) as (process, _):
        process.send_signal(number)
        _, complaints = process.communicate(timeout=30)
        assert (process.returncode, complaints) == (0, "")


@pytest.mark.parametrize("attempt", range(4))
def test_a_signal_right_after_the_first_line_is_not_lost(attempt: int, tmp_path: Path) -> None:
    with start(tmp_path, "--port", 0) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            process.terminate()
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()


def test_a_free_port_is_taken_and_written_to_the_file(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", 0, "--port-file", tmp_path / "port") as (_, url):
        port = int((tmp_path / "port").read_text())
        assert port > 0
        assert url == f"http://127.0.0.1:{port}"


def test_it_prints_credentials_that_work_and_a_line_to_try(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", 0, "--seed", 7, "--now", "2026-01-01T00:00:00Z", "--freeze") as (process, url):
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(9)]
        told = {line.split("  ")[1]: line.split()[-1] for line in lines if line.startswith("  ") and ":" not in line}
        answer = httpx2.post(
            f"{url}/oauth/token",
            auth=(told["client id"], told["client secret"]),
            data={"grant_type": "client_credentials"},
            trust_env=False,
        )
        assert answer.json()["issued_at"] == "1767225600000"
        key = told["sk- key"]
        path = next(line for line in lines if "abstract-data-translated" in line).strip().strip("'")
        tried = httpx2.get(path, headers={"Authorization": f"Bearer {key}"}, trust_env=False).json()
        assert (tried["error_code"], len(tried["data"])) == (0, 1)
        assert any("curl" in line and key in line for line in lines)


def test_the_environment_and_the_file_set_what_flags_do_not(tmp_path: Path) -> None:
    (tmp_path / "patsnap-emulator.toml").write_text("wire = 'live'\nport = 1\n")
    with serving(tmp_path, PATSNAP_EMULATOR_PORT="0") as (_, url):
        answer = httpx2.get(f"{url}/nowhere", trust_env=False)
        assert (answer.status_code, answer.json()["error_msg"]) == (200, "Path Not Found")


def test_answers_carry_one_date_in_simulated_time_and_no_server_name(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", 0, "--now", "2026-01-01T00:00:00Z", "--freeze") as (_, url):
        answer = httpx2.get(f"{url}/nowhere", trust_env=False)
        assert answer.headers.get_list("date") == ["Thu, 01 Jan 2026 00:00:00 GMT"]
        assert "server" not in answer.headers


def test_the_healthcheck_finds_it(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", 0) as (_, url):
        command = [sys.executable, "-m", "emulator", "healthcheck", "--url", url]
        done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, timeout=30)
        assert (done.returncode, done.stdout) == (0, f"{url}/_emulator/health: ok\n")


def rest(process: "subprocess.Popen[str]") -> str:
    """What a server that is told to end has printed besides."""
    process.terminate()
    assert process.stdout is not None
    return process.stdout.read()


def ended(folder: Path, *arguments: object, **environment: str) -> tuple[int, str]:
    with start(folder, *arguments, **environment) as process:
        _, complaints = process.communicate(timeout=60)
        return process.returncode, complaints


def test_a_busy_port_ends_it_with_3_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        code, complaints = ended(tmp_path, "--port", port)
    assert (code, complaints.count("\n")) == (3, 1)
    assert f"port {port} of 127.0.0.1 cannot be opened" in complaints
    assert "--port 0" in complaints


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.1"])
def test_an_address_that_is_not_ours_ends_it_with_3_in_one_line(host: str, tmp_path: Path) -> None:
    code, complaints = ended(tmp_path, "--port", 0, "--host", host, "--control-token", "t")
    assert (code, complaints.count("\n")) == (3, 1)
    assert host in complaints


def test_a_port_file_that_cannot_be_written_ends_it_with_3_in_one_line(tmp_path: Path) -> None:
    code, complaints = ended(tmp_path, "--port", 0, "--port-file", tmp_path / "nowhere" / "port")
    assert (code, complaints.count("\n")) == (3, 1)


def test_off_loopback_it_says_that_the_control_api_is_shut(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", 0, "--host", "0.0.0.0") as (process, url):
        assert httpx2.get(f"{url}/_emulator/clock", trust_env=False).status_code in (401, 403)
        assert "--control-token" in rest(process)


def test_what_lets_everybody_steer_is_said_loudly(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", 0, "--host", "0.0.0.0", "--control-open") as (process, _):
        assert "WARNING" in rest(process)


def test_a_misspelt_variable_is_told(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", 0, PATSNAP_EMULATOR_SEDE="1") as (process, _):
        process.terminate()
        assert process.stderr is not None
        told = process.stderr.read()
    assert "PATSNAP_EMULATOR_SEDE is no setting; did you mean PATSNAP_EMULATOR_SEED?" in told
