"""A command that is run and watched: how it ended is told, and nothing of it is left behind."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from emulator.verifier.child import CouldNotRun, Ran, interruptible, run

PATIENCE_S = 60.0
# Starts a process that outlives it, and says its id.
LEAVES_ONE = """
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", {source!r}], stdout=subprocess.DEVNULL).pid, flush=True)
{then}
"""
SLEEPS = "import threading; threading.Event().wait(600)"
DEAF = "import signal, threading; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); " + (
    "threading.Event().wait(600)"
)


def python(source: str, limit_s: float | None = PATIENCE_S, **more: str) -> Ran:
    return run([sys.executable, "-c", source], {**os.environ, **more}, limit_s, capture=True)


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has taken notice of does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_what_it_said_and_how_it_ended_is_told() -> None:
    ran = python("import os, sys; print(os.environ['MINE']); print('oh', file=sys.stderr); sys.exit(7)", MINE="yes")
    assert (ran.exit_code, ran.signal, ran.timed_out) == (7, None, False)
    assert (ran.stdout, ran.stderr) == ("yes\n", "oh\n")
    assert 0 < ran.seconds < PATIENCE_S


def test_the_environment_is_the_one_that_is_given_and_nothing_can_be_typed_in() -> None:
    ran = run([sys.executable, "-c", "import os; print('HOME' in os.environ, input())"], {}, PATIENCE_S, capture=True)
    assert ran.exit_code == 1
    assert "EOFError" in ran.stderr


def test_a_signal_is_told_by_name() -> None:
    ran = python("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    assert (ran.exit_code, ran.signal, ran.timed_out) == (None, "SIGSEGV", False)


@pytest.mark.parametrize("source", [SLEEPS, DEAF], ids=["sleeps", "deaf"])
def test_one_that_takes_too_long_is_ended(source: str) -> None:
    ran = python(source, limit_s=1.0)
    assert (ran.exit_code, ran.signal, ran.timed_out) == (None, None, True)
    assert ran.seconds < 30


@pytest.mark.parametrize("then", ["", "import threading; threading.Event().wait(600)"], ids=["ends", "hangs"])
def test_what_it_started_ends_with_it(then: str) -> None:
    ran = python(LEAVES_ONE.format(source=SLEEPS, then=then), limit_s=PATIENCE_S if not then else 2.0)
    assert ran.timed_out is bool(then)
    assert not alive(int(ran.stdout))


def test_one_that_left_the_group_does_not_hold_us_up() -> None:
    source = (
        "import subprocess, sys; "
        f"print(subprocess.Popen([sys.executable, '-c', {SLEEPS!r}], start_new_session=True).pid, flush=True)"
    )
    ran = python(source)
    try:
        assert ran.exit_code == 0
        assert ran.seconds < 30
    finally:
        os.kill(int(ran.stdout), signal.SIGKILL)


def test_long_outputs_keep_their_beginning_and_their_end() -> None:
    ran = python("print('first'); [print('x' * 99) for _ in range(50_000)]; print('last')")
    assert ran.stdout.startswith("first\n")
    assert ran.stdout.endswith("\nlast\n")
    assert "bytes left out" in ran.stdout
    assert len(ran.stdout) < 1_100_000


@pytest.mark.parametrize(
    ("content", "mode", "why"),
    [
        (None, 0, "there is no such command"),
        ("", 0o644, "it is not executable"),
        ("#!/no/such/shell\n", 0o755, "the program that its first line names is not there"),
        ("no program", 0o755, "Exec format error"),
    ],
    ids=["missing", "not executable", "no interpreter", "no program"],
)
def test_one_that_cannot_start_says_why_in_one_line(content: str | None, mode: int, why: str, tmp_path: Path) -> None:
    program = tmp_path / "program"
    if content is not None:
        program.write_text(content)
        program.chmod(mode)
    with pytest.raises(CouldNotRun) as refusal:
        run([str(program)], os.environ, PATIENCE_S, capture=True)
    assert str(refusal.value) == f"'{program}' cannot be started: {why}"


def test_a_folder_is_no_command(tmp_path: Path) -> None:
    with pytest.raises(CouldNotRun, match="it is a folder"):
        run([str(tmp_path)], os.environ, PATIENCE_S, capture=True)


def test_another_thread_may_stop_it() -> None:
    stopped = threading.Event()
    ran: list[Ran] = []
    command = [sys.executable, "-c", SLEEPS]
    thread = threading.Thread(
        target=lambda: ran.append(run(command, os.environ, None, capture=True, stopped=stopped)), daemon=True
    )
    thread.start()
    stopped.set()
    thread.join(PATIENCE_S)
    assert (ran[0].exit_code, ran[0].signal, ran[0].timed_out) == (None, None, False)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_interrupts_us_ends_it(number: signal.Signals) -> None:
    """The program below runs a command that never ends; a signal to it ends both."""
    program = f"""
import os, sys
from emulator.verifier.child import interruptible, run
try:
    with interruptible():
        source = "import os; print(os.getpid(), flush=True); {SLEEPS}"
        run([sys.executable, "-c", source], os.environ, None, capture=False)
except KeyboardInterrupt:
    sys.exit(0)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        process.send_signal(number)
        assert process.wait(PATIENCE_S) == 0
    assert not alive(pid)


def test_signals_mean_afterwards_what_they_meant_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), interruptible():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) == before
