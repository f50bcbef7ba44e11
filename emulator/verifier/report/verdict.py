"""What a report comes to in one word: how grave the gravest thing in it is, and whether that is a failure.

Findings have their own severity, those of drills too. A drill that the client did not come through and a breached or
broken case are errors; a drill or a case in question is a warning.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from emulator.contract.finding import Severity
from emulator.verifier.report.model import CaseOutcome, DrillResult, Report

FailOn = Literal["error", "warning", "never"]
OF_CASES = {
    CaseOutcome.BREACHED: Severity.ERROR,
    CaseOutcome.BROKEN: Severity.ERROR,
    CaseOutcome.QUESTION: Severity.WARNING,
}


FAILING: dict[FailOn, frozenset[Severity]] = {
    "error": frozenset({Severity.ERROR}),
    "warning": frozenset({Severity.ERROR, Severity.WARNING}),
    "never": frozenset(),
}


def failed(report: Report, fail_on: FailOn) -> bool:
    """Whether the command ends with 1."""
    return bool(FAILING[fail_on] & counts(report).keys())


def counts(report: Report) -> Counter[Severity]:
    """How many things of each severity there are."""
    return Counter(_severities(report))


def of_drill(drill: DrillResult) -> Severity | None:
    """How grave it is how a client came through a drill; None where that is fine."""
    if drill.fine:
        return None
    return Severity.WARNING if drill.in_question else Severity.ERROR


def _severities(report: Report) -> Iterator[Severity]:
    yield from (finding.severity for finding in report.findings)
    for drill in report.drills:
        yield from (finding.severity for finding in drill.findings)
        if (severity := of_drill(drill)) is not None:
            yield severity
    yield from (OF_CASES[case.outcome] for case in report.cases if case.outcome in OF_CASES)
