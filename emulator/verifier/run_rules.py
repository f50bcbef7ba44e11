"""What a run did wrong as a whole, which no call shows: the client never ended, or it never called.

The rules about calls are those of the contract; these two are ours, since only who runs a client can see them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from emulator import clock
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding, Severity
from emulator.verifier.child import Ran
from emulator.verifier.report.model import Judged

THEME = "the run"
HUNG, SILENT = "run-hung", "run-silent"
RULES = (
    Judged(HUNG, "A client that does not come to an end", THEME),
    Judged(SILENT, "A client that never called", THEME),
)
_EVIDENCE: dict[str, Any] = {"grade": "assumed", "source": "own-decision"}


def findings_of(ran: Ran | None, limit_ms: int, exchanges: Sequence[Exchange]) -> Iterator[Finding]:
    """`ran` is None when somebody interrupted the client."""
    if ran is not None and ran.timed_out:
        yield _hung(limit_ms, exchanges)
    if not exchanges:
        yield _silent()


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


def _silent() -> Finding:
    return Finding(
        rule=SILENT,
        severity=Severity.ERROR,
        operation=None,
        calls=(),
        sentence="The client never called the emulator, so there is nothing to judge.",
        advice="Let it take its address from the variable PATSNAP_BASE_URL; is its host written into it, or does it "
        "take it from a file of its own? A client that did call may have called somebody else.",
        evidence=_EVIDENCE | {"note": "a run without a call says nothing about a client"},
    )
