"""An emulator of one's own: started as a process on a free port, awaited, steered, ended, its log looked at.

Knows the command line and the control API; what is judged of what happened there is not known here.
"""

import os
import signal
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from emulator.verifier.control import Control

_PATIENCE_S = 30.0


class CouldNotStart(Exception):
    """The emulator did not come up; the text says why, as it said it."""


@contextmanager
def private(*options: str) -> Iterator[Control]:
    """The control of an emulator that runs while the block does, and that listens on loopback alone.

    `options` are those of `serve`; with `--tls-ca FILE` it is called by https and trusted by what it wrote there.
    Raises CouldNotStart. Settings in the environment do not reach it.
    """
    with tempfile.TemporaryDirectory(prefix="patsnap-emulator-") as name:
        log, port = Path(name) / "log", Path(name) / "port"
        command = [sys.executable, "-m", "emulator", "serve", "--port", "0", "--port-file", str(port), *options]
        with log.open("wb") as sink:
            process = subprocess.Popen(
                command, cwd=name, env=_surroundings(), stdout=subprocess.PIPE, stderr=sink, start_new_session=True
            )
        try:
            _await(process, log)
            with _control(f"127.0.0.1:{port.read_text().strip()}", options) as control:
                yield control
        finally:
            _end(process)


def _control(place: str, options: Sequence[str]) -> Control:
    if "--tls-ca" not in options:
        return Control(f"http://{place}")
    authority = options[options.index("--tls-ca") + 1]
    return Control(f"https://{place}", verify=ssl.create_default_context(cafile=authority))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kindly first; what does not end in time, or while somebody is impatient, is killed."""
    try:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=_PATIENCE_S)
    except subprocess.TimeoutExpired:
        pass  # what went wrong in the block is worth more than that the emulator hung
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _surroundings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PATSNAP_")}


def _await(process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Read the first line it prints: by then its port is open and written down."""
    assert process.stdout is not None
    line = process.stdout.readline().decode()
    if " is ready at " not in line:
        raise CouldNotStart(f"{line}{log.read_text(errors='replace')}".strip()[-2000:])
