"""An emulator as a process of its own: started on a free port, awaited, ended, and asked how it ended.

Knows the command line and nothing of what is served.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

START = "2026-01-01T00:00:00Z"
FROZEN = ("--freeze", "--now", START)
_PATIENCE_S = 30.0


@contextmanager
def serving(*options: str, without: Iterable[str] = ()) -> Iterator[str]:
    """The base URL of an emulator that runs while the block does. It has to end with 0 and a log without tracebacks.

    `without` names packages that it shall not find, as if they were not installed.
    """
    with tempfile.TemporaryDirectory() as name:
        log, port = Path(name) / "log", Path(name) / "port"
        command = [sys.executable, "-m", "emulator", "serve", "--port", "0", "--port-file", str(port), *options]
        surroundings = _surroundings(Path(name) / "absent", without)
        with log.open("wb") as sink:
            process = subprocess.Popen(command, cwd=name, env=surroundings, stdout=subprocess.PIPE, stderr=sink)
        try:
            _await(process, log)
            yield f"http://127.0.0.1:{port.read_text().strip()}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=_PATIENCE_S)
        told = log.read_text(errors="replace")
        assert process.returncode == 0, f"the emulator ended with {process.returncode}:\n{told[-4000:]}"
        assert "Traceback" not in told, f"the emulator logged a fault of its own:\n{told[-8000:]}"


def generate(folder: Path, *, patents: int, seed: int) -> None:
    """A corpus of another seed, as fixtures to lay over the shipped ones."""
    told = ["--patents", str(patents), "--seed", str(seed), "--out", str(folder)]
    command = [sys.executable, "-m", "emulator", "fixtures", "generate", *told]
    subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE_S)


def _surroundings(folder: Path, without: Iterable[str]) -> dict[str, str]:
    """The environment without settings of ours, so that only the command line speaks."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PATSNAP_")}
    folder.mkdir()
    for package in without:
        (folder / f"{package}.py").write_text(f"raise ImportError('{package} is hidden')\n")
    known = surroundings.get("PYTHONPATH")
    return {**surroundings, "PYTHONPATH": os.pathsep.join([str(folder), *([known] if known else [])])}


def _await(process: subprocess.Popen[bytes], log: Path) -> None:
    """Read the first line it prints: by then its port is open and written down."""
    assert process.stdout is not None
    line = process.stdout.readline().decode()
    assert " is ready at " in line, f"the emulator did not start:\n{line}{log.read_text(errors='replace')}"
