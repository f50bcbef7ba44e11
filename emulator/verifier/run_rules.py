"""What a run did wrong as a whole, which no call shows: the client never ended, failed, never called, or cost too much.

The rules about calls are those of the contract; these are ours, since only who runs a client can see them.
"""

import signal
from collections.abc import Iterator, Sequence
from typing import Any

from emulator import clock
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding, Severity
from emulator.verifier.child import Ran
from emulator.verifier.report.model import Bill, Judged

THEME = "the run"
HUNG, FAILED, SILENT, DEAR = "run-hung", "run-failed", "run-silent", "run-over-budget"
NEVER_CALLED = Judged(SILENT, "A client that never called", THEME)
RULES = (
    Judged(HUNG, "A client that does not come to an end", THEME),
    Judged(FAILED, "A client that fails", THEME),
    NEVER_CALLED,
    Judged(DEAR, "A run that costs more than its budget", THEME),
)
_UNTOLD = (
    "Let the client take its address from PATSNAP_BASE_URL, or, if the vendor's host is written into it, verify it "
    "with --intercept; one that did call has called somebody else."
)
_UNLED = (
    "See that the client obeys HTTPS_PROXY, or give it PATSNAP_BASE_URL; one that obeys neither calls the real service."
)
_UNRECORDED = "See that the archive was recorded while the client called the service, and holds requests and answers."
_NAMED = 3  # hosts in a sentence
_EVIDENCE: dict[str, Any] = {"grade": "assumed", "source": "own-decision"}


def findings_of(
    ran: Ran | None, limit_ms: int, exchanges: Sequence[Exchange], intercepted: bool, refused: Sequence[str] = ()
) -> Iterator[Finding]:
    """`ran` is None when somebody interrupted the client; `intercepted` says whether the vendor's hosts led here.

    `refused` is what else the client wanted to reach and could not.
    """
    if ran is not None and ran.timed_out:
        yield _hung(limit_ms, exchanges)
    if code := exit_code(ran):
        yield _failed(code, refused)
    if not exchanges:
        failed = f"Look first at why it ended with exit code {ran.exit_code}. " if ran and ran.exit_code else ""
        yield _silent("The client never called the emulator", failed + (_UNLED if intercepted else _UNTOLD))


def findings_of_archive(exchanges: Sequence[Exchange]) -> Iterator[Finding]:
    """An archive without a call to the service says as little as a command that made none."""
    if not exchanges:
        yield _silent("No call of the archive is one to the service", _UNRECORDED)


def over_budget(bill: Bill) -> Iterator[Finding]:
    """Where there is a budget and it was passed."""
    if bill.budget is None or bill.credits <= bill.budget:
        return
    yield Finding(
        rule=DEAR,
        severity=Severity.ERROR,
        operation=None,
        calls=(),
        sentence=f"The bill of {bill.credits:,} is above the budget of {bill.budget:,}.",
        advice="Look below which operations cost most, or raise --budget.",
        evidence=_EVIDENCE | {"note": "the budget is the caller's own"},
    )


def exit_code(ran: Ran | None) -> int | None:
    """As a shell has it: a signal counts from 128 on. None for a client that was ended here."""
    if ran is None or ran.signal is None:
        return ran.exit_code if ran else None
    return 128 + (signal.Signals[ran.signal] if ran.signal in signal.Signals.__members__ else 0)


def _failed(code: int, refused: Sequence[str]) -> Finding:
    wanted = f" (it had been refused {', '.join(refused[:_NAMED])})" if refused else ""
    return Finding(
        rule=FAILED,
        severity=Severity.ERROR,
        operation=None,
        calls=(),
        sentence=f"The client ended with exit code {code}{wanted}.",
        advice="Read what it printed last; --fail-on never is for a client that is meant to fail.",
        evidence=_EVIDENCE | {"note": "a client says by its exit code that it failed"},
    )


def _hung(limit_ms: int, exchanges: Sequence[Exchange]) -> Finding:
    last = exchanges[-1] if exchanges else None
    then = f" Its last call was {last.method} {last.path}." if last else ""
    return Finding(
        rule=HUNG,
        severity=Severity.ERROR,
        operation=last.operation if last else None,
        calls=(last.id,) if last else (),
        sentence=f"The client was still running after {clock.seconds(limit_ms)} and was ended.{then}",
        advice="Give every wait and every loop an end; a client that needs longer is given it by --limit.",
        evidence=_EVIDENCE | {"note": "a client has to end within its limit"},
    )


def _silent(told: str, advice: str) -> Finding:
    return Finding(
        rule=SILENT,
        severity=Severity.ERROR,
        operation=None,
        calls=(),
        sentence=f"{told}, so there is nothing to judge.",
        advice=advice,
        evidence=_EVIDENCE | {"note": "a run without a call says nothing about a client"},
    )
