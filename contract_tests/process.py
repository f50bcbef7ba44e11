"""An emulator as a process of its own: started on a free port, awaited, ended, and asked how it ended.

Knows the command line and nothing of what is served.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START = "2026-01-01T00:00:00Z"
FROZEN = ("--freeze", "--now", START)
_PATIENCE_S = 30.0
_PAUSE_S = 0.02


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """The base URL of an emulator that runs while the block does. It has to end with 0 and a log without tracebacks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port_file, log = folder / "port", folder / "log"
        command = [sys.executable, "-m", "emulator", "serve", "--port", "0", "--port-file", str(port_file), *options]
        with log.open("wb") as sink:
            process = subprocess.Popen(command, cwd=folder, env=_surroundings(), stdout=sink, stderr=sink)
        try:
            yield f"http://127.0.0.1:{_port(process, port_file, log)}"
        finally:
            process.send_signal(signal.SIGTERM)
            ended = process.wait(_PATIENCE_S)
        told = log.read_text(errors="replace")
        assert ended == 0, f"the emulator ended with {ended}:\n{told[-4000:]}"
        assert "Traceback" not in told, f"the emulator logged a fault of its own:\n{told[-8000:]}"


def _surroundings() -> dict[str, str]:
    """The environment without settings of ours, so that only the command line speaks."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PATSNAP_")}


def _port(process: subprocess.Popen[bytes], port_file: Path, log: Path) -> int:
    patience = time.monotonic() + _PATIENCE_S
    while not port_file.exists() or not (text := port_file.read_text().strip()):
        assert process.poll() is None, f"the emulator did not start:\n{log.read_text(errors='replace')}"
        assert time.monotonic() < patience, "the emulator did not open its port in time"
        time.sleep(_PAUSE_S)
    return int(text)
