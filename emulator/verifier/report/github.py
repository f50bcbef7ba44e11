"""A report as workflow commands: what GitHub Actions shows beside a run as errors, warnings and notices.

Of each kind GitHub shows ten a step; the tenth line of ours says how many more there are. Knows nothing of files or
lines of the client's code: an annotation is about the run.
"""

import hashlib
from collections.abc import Iterator

from emulator.contract.finding import Finding, Severity
from emulator.verifier.report import told
from emulator.verifier.report.harmless import Harmless
from emulator.verifier.report.model import CaseResult, DrillResult
from emulator.verifier.report.verdict import OF_CASES, of_drill

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_SHOWN = 10
_TITLE, _MESSAGE = 200, 3000


def form(report: Harmless) -> str:
    """The annotations, one a line; empty where there is nothing to say."""
    lines: list[str] = []
    annotations = list(_annotations(report))
    for severity, command in _COMMANDS.items():
        alike = [(title, message) for found, title, message in annotations if found is severity]
        if len(alike) > _SHOWN:
            more = len(alike) - _SHOWN + 1
            alike = [*alike[: _SHOWN - 1], (f"{more} more", "Only ten are shown here: see the report.")]
        lines += [f"::{command} title={_property(title)}::{_data(message)}" for title, message in alike]
    return "\n".join(lines)


def shielded(text: str) -> str:
    """A text in which nothing is taken for a workflow command, whatever a client sent.

    The word that ends the shield is made of the text itself, so nothing in the text can say it.
    """
    word = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"::stop-commands::{word}\n{text}\n::{word}::"


def _annotations(report: Harmless) -> Iterator[tuple[Severity, str, str]]:
    for finding in report.findings:
        yield _of_finding(report, finding, finding.rule)
    for drill in report.drills:
        if (severity := of_drill(drill)) is not None:
            yield severity, f"drill {drill.name}: {drill.verdict}", _of_drill(report, drill)
        for finding in drill.findings:
            yield _of_finding(report, finding, f"{finding.rule} in drill {drill.name}")
    for case in report.cases:
        if case.outcome in OF_CASES:
            yield _of_case(report, case)


def _of_finding(report: Harmless, finding: Finding, title: str) -> tuple[Severity, str, str]:
    known = told.known(report, finding.evidence)
    return finding.severity, title, f"{told.sentence(finding)}\n{finding.advice}\n({known})"


def _of_drill(report: Harmless, drill: DrillResult) -> str:
    known = f"({told.known(report, drill.evidence)})" if drill.evidence else ""
    return "\n".join(filter(None, (drill.sentence, drill.expected, drill.refusal, known)))


def _of_case(report: Harmless, case: CaseResult) -> tuple[Severity, str, str]:
    known = told.known(report, case.evidence)
    return OF_CASES[case.outcome], f"{case.id}: {case.outcome}", f"{case.sentence}\n({known})"


def _data(text: str) -> str:
    return text[:_MESSAGE].replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text[:_TITLE]).replace(":", "%3A").replace(",", "%2C")
