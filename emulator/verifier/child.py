"""A command that is run and watched: its surroundings, its time, what it said, how it ended; nothing of it is left.

Knows processes; what the command is meant to do, and whom it calls, is not known here.
"""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, NoReturn

from emulator import clock

_GRACE_S = 2.0  # between asking a process to end and ending it
_LOOK_S = 0.1  # between two looks whether somebody wants it stopped
_KEPT = 512 * 1024  # bytes of an output that are kept of its beginning, and as many of its end


class CouldNotRun(Exception):
    """The command could not be started; the text says why, in one line."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How it went. `exit_code` is None where a signal ended it (`signal` names it) or where it was ended here.

    It was ended here when `timed_out`, or when the caller's `stopped` was set. Outputs are empty unless captured.
    """

    exit_code: int | None
    signal: str | None
    timed_out: bool
    stdout: str
    stderr: str
    seconds: float

    @property
    def output(self) -> str:
        """All that it said."""
        return f"{self.stdout}\n{self.stderr}"


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    limit_s: float | None,
    *,
    capture: bool,
    stopped: threading.Event | None = None,
) -> Ran:
    """Run a command to its end, and end whatever it leaves behind in its process group. Raises CouldNotRun.

    `environment` is the whole of it. Captured outputs are bounded, and then nothing can be typed in; otherwise the
    command has our streams. Whatever interrupts the caller ends the command first; `stopped` does so from a thread.
    """
    began = clock.real_now()
    process = _started(command, environment, capture)
    outputs = [_Output(stream) for stream in (process.stdout, process.stderr) if stream is not None]
    try:
        timed_out = not _awaited(process, limit_s, stopped)
        code = process.poll()
    finally:
        _end_group(process)
    texts = [output.text() for output in outputs] or ["", ""]
    return Ran(
        exit_code=code if code is not None and code >= 0 else None,
        signal=_signal_name(-code) if code is not None and code < 0 else None,
        timed_out=timed_out,
        stdout=texts[0],
        stderr=texts[1],
        seconds=(clock.real_now() - began) / 1000,
    )


@contextmanager
def interruptible() -> Iterator[None]:
    """SIGTERM and a closed terminal interrupt the block as Ctrl-C does, so that it can tidy up. Main thread only.

    One that is ignored stays ignored, as `nohup` wants it.
    """
    numbers = [one for one in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(one) is not signal.SIG_IGN]
    before = {number: signal.signal(number, _interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: Any) -> NoReturn:
    raise KeyboardInterrupt


def _started(command: Sequence[str], environment: Mapping[str, str], capture: bool) -> "subprocess.Popen[bytes]":
    pipes: dict[str, Any] = {}
    if capture:
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    try:
        return subprocess.Popen(list(command), env=dict(environment), start_new_session=True, **pipes)
    except (OSError, ValueError) as error:
        raise CouldNotRun(f"{command[0]!r} cannot be started: {_why(command[0], error)}") from error


def _why(program: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        there = os.path.exists(program)
        return "the program that its first line names is not there" if there else "there is no such command"
    if isinstance(error, PermissionError):
        return "it is a folder" if os.path.isdir(program) else "it is not executable"
    return str(getattr(error, "strerror", None) or error)


def _awaited(process: "subprocess.Popen[bytes]", limit_s: float | None, stopped: threading.Event | None) -> bool:
    """Whether it ended, or was stopped, within its time."""
    end = None if limit_s is None else clock.real_now() + limit_s * 1000
    while True:
        left = None if end is None else (end - clock.real_now()) / 1000
        if left is not None and left <= 0:
            return process.poll() is not None
        try:
            process.wait(left if stopped is None else min(_LOOK_S, _LOOK_S if left is None else left))
            return True
        except subprocess.TimeoutExpired:
            if stopped is not None and stopped.is_set():
                return True


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """Ask all of the group to end, then end them. A process that made a group of its own has left our hands."""
    try:
        _send(process, signal.SIGTERM)
        try:
            process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            pass
        else:
            _await_the_rest(process)
    finally:
        _send(process, signal.SIGKILL)
        process.wait()


def _await_the_rest(process: "subprocess.Popen[bytes]") -> None:
    """Give those whose parent has ended the same time to end."""
    pause = threading.Event()
    for _ in range(round(_GRACE_S / _LOOK_S)):
        if not _send(process, 0):
            return
        pause.wait(_LOOK_S)


def _send(process: "subprocess.Popen[bytes]", number: int) -> bool:
    """Whether there was anybody in the group to send it to."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):  # macOS says the second of a group of zombies
        return False
    return True


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


class _Output:
    """What comes out of a pipe: its beginning and its end are kept, the rest is read and forgotten."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._head, self._tail, self._left_out = bytearray(), bytearray(), 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def text(self) -> str:
        """What was said until now; called once the group has ended. One who left the group may hold the pipe open."""
        self._reader.join(_GRACE_S)
        gap = f"\n... {self._left_out} bytes left out ...\n".encode() if self._left_out else b""
        return (bytes(self._head) + gap + bytes(self._tail)).decode("utf-8", "replace")

    def _read(self) -> None:
        with self._stream:
            while chunk := os.read(self._stream.fileno(), 65536):
                room = _KEPT - len(self._head)
                self._head += chunk[:room]
                self._tail += chunk[room:]
                if (over := len(self._tail) - _KEPT) > 0:
                    del self._tail[:over]
                    self._left_out += over
