"""Every command block of the README and of `docs/` is run, against an emulator started by the README's own command."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```sh\n(.*?)^```(?:\n+```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)
_TESTING = "scripts/test"
_SERVING = "scripts/serve"


def blocks() -> list[tuple[str, str]]:
    """Command and expected output, which may be empty, of every block."""
    return [(command, told) for page in PAGES for command, told in _BLOCK.findall(page.read_text())]


def commands() -> list[tuple[str, str]]:
    return [block for block in blocks() if block[0].strip() not in (_TESTING, _SERVING)]


@pytest.fixture(scope="module")
def port() -> Iterator[str]:
    """The port of an emulator started by the block that the README gives for it."""
    if not (ROOT / ".venv").exists():
        pytest.skip("the README's commands use .venv: run the tests with scripts/test")
    environment = {**os.environ, "PATSNAP_EMULATOR_PORT": "0"}
    server = subprocess.Popen(["bash", "-c", _SERVING], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    ready = server.stdout.readline()
    assert " is ready at " in ready
    yield ready.strip().rpartition(":")[2]
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=10)
    assert server.returncode == 0


def test_the_readme_has_one_command_that_serves_and_one_that_tests() -> None:
    found = [command.strip() for command, _ in blocks()]
    assert found.count(_SERVING) == 1
    assert found.count(_TESTING) == 1


def test_the_test_command_is_the_one_that_runs_this() -> None:
    if "EMULATOR_TEST_SCRIPT" not in os.environ:
        pytest.skip("proved when the tests are run with scripts/test")
    assert (ROOT / _TESTING).stat().st_mode & 0o111
    assert (ROOT / ".ci" / "run").read_text().strip().endswith(_TESTING)


@pytest.mark.parametrize(("command", "told"), commands(), ids=lambda text: text.strip()[:40])
def test_every_command_block_runs(command: str, told: str, port: str) -> None:
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", command.replace("8390", port)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert told.strip().lower() in done.stdout.lower()


def test_a_curl_line_of_the_readme_is_answered_with_success(port: str) -> None:
    command = next(command for command, _ in commands() if "TOKEN=" in command)
    done = subprocess.run(
        ["bash", "-e", "-c", command.replace("8390", port)], capture_output=True, text=True, timeout=30, check=True
    )
    assert '"status":true' in done.stdout
