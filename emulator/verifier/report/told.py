"""What every form says of a report in the same words: how we know a thing, what a call was, how much of a grid was met.

Gives sentences and counts; how they are set on a page or a terminal is for the forms.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from emulator import clock
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding, Severity
from emulator.spec.models import FILE
from emulator.verifier.report.model import CaseOutcome, CaseResult, Cell, Report
from emulator.verifier.report.verdict import client_failed, over_budget

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
GRADES = {
    "documented": "a page of the vendor says so",
    "observed": "seen in a published answer of the live service",
    "assumed": "our assumption: no page says it",
}
_BAD_CASES = {
    CaseOutcome.BREACHED: "breached",
    CaseOutcome.BROKEN: "without an answer",
    CaseOutcome.QUESTION: "in question",
}


def number(count: int, noun: str, plural: str = "") -> str:
    """`1 call`, `2,000 calls`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def source(report: Report, evidence: Mapping[str, Any]) -> str:
    """The title of the page that evidence points to, or the name it is given."""
    name = str(evidence.get("source") or evidence.get("title") or "")
    told = (report.documents or {}).get(name, name)
    return str(told.get("title", name) if isinstance(told, Mapping) else told)


def known(report: Report, evidence: Mapping[str, Any]) -> str:
    """How we know it: `documented: vendor tutorial getStart (a note)`."""
    grade, page, note = proof(report, evidence)
    words = ": ".join(filter(None, (grade, page))) or "no evidence given"
    return f"{words} ({note})" if note else words


def proof(report: Report, evidence: Mapping[str, Any]) -> tuple[str, str, str]:
    """The grade of evidence, the title of its source, its note; empty where there is none."""
    return str(evidence.get("grade") or ""), source(report, evidence), str(evidence.get("note") or "")


def sentence(finding: Finding) -> str:
    """What happened, behind the operation where the sentence does not name it itself."""
    operation = finding.operation
    return finding.sentence if not operation or operation in finding.sentence else f"{operation}: {finding.sentence}"


def called(exchange: Exchange) -> str:
    """`GET /path?query`."""
    return f"{exchange.method} {exchange.path}" + (f"?{exchange.query}" if exchange.query else "")


def answered(exchange: Exchange) -> str:
    """`200, code 0`, `401, code 67200009`, `no answer`."""
    if exchange.status is None:
        return "no answer"
    return f"{exchange.status}" + (f", code {exchange.code}" if exchange.code is not None else "")


def instant(exchange: Exchange) -> str:
    return clock.iso(exchange.at)


def headline(report: Report) -> str:
    """`1 error, 2 warnings`, `3 of 21 drills failed`, `1 case breached`, or that there is nothing."""
    findings = Counter(finding.severity for finding in findings_of(report))
    outcomes = Counter(case.outcome for case in report.cases)
    failed = sum(not drill.fine for drill in report.drills)
    parts = [f"{failed} of {number(len(report.drills), 'drill')} failed"] if failed else []
    parts += [
        f"{number(outcomes[outcome], 'case')} {words}" for outcome, words in _BAD_CASES.items() if outcomes[outcome]
    ]
    parts += [number(findings[severity], severity) for severity in SEVERITIES if findings[severity]]
    if not parts and not also_wrong(report):
        return "All drills came out well" if report.drills else "All cases held" if report.cases else "Nothing to mend"
    return ", ".join(parts) or "Failed"


def findings_of(report: Report) -> list[Finding]:
    """Every finding, those of drills too."""
    return [*report.findings, *(finding for drill in report.drills for finding in drill.findings)]


def paid(report: Report) -> str:
    """`This run would have cost 214 credits, 3 of them for nothing.`"""
    bill = report.bill
    if bill is None:
        return ""
    if report.kind in ("conformance", "replay"):
        return f"The calls come to {number(bill.credits, 'credit')}."
    would = "cost" if report.kind == "proxy" else "would have cost"
    nothing = f", {bill.for_nothing:,} of them for nothing" if bill.for_nothing else ", none of them for nothing"
    return f"This run {would} {number(bill.credits, 'credit')}{nothing if bill.credits else ''}."


def also_wrong(report: Report) -> list[str]:
    """What counts as an error though no finding says it."""
    told = []
    if client_failed(report):
        told.append(f"The client ended with exit code {report.exit_code}.")
    if over_budget(report) and report.bill is not None:
        told.append(f"The bill of {report.bill.credits:,} is above the budget of {report.bill.budget:,}.")
    return told


@dataclass(frozen=True, slots=True)
class Missed:
    """What a client never met at operations that it uses: a code, or states or pages of the same operations."""

    axis: str
    values: tuple[str, ...]
    meaning: str
    operations: tuple[str, ...]
    everywhere: bool = False  # at every operation in use

    @property
    def name(self) -> str:
        """`state failed`, `states failed, gone`."""
        return f"{self.axis}{'s' if len(self.values) > 1 else ''} {', '.join(self.values)}"


def used(cells: Iterable[Cell]) -> set[str]:
    """The operations that a client called at all."""
    return {cell.operation for cell in cells if cell.met}


def met(cells: Iterable[Cell]) -> str:
    """How much of the grid was met, in a sentence."""
    cells = tuple(cells)
    operations = {cell.operation for cell in cells}
    called_ones = used(cells)
    ours = [cell for cell in cells if cell.operation in called_ones]
    return (
        f"The client used {len(called_ones)} of {number(len(operations), 'operation')}, and met "
        f"{sum(cell.met > 0 for cell in ours)} of the {len(ours)} codes, task states and pages of those it used."
    )


def missed(cells: Iterable[Cell]) -> list[Missed]:
    """What was never met at operations in use, the most telling first: states, pages, then codes of most operations."""
    cells = tuple(cells)
    called_ones = used(cells)
    lacking = [cell for cell in cells if not cell.met and cell.operation in called_ones]
    codes = _by((cell.value, cell.operation) for cell in lacking if cell.axis == "code")
    meanings = {cell.value: cell.meaning for cell in lacking if cell.axis == "code"}
    told = [
        Missed(axis, values, "", operations)
        for axis in ("state", "page")
        for values, operations in _alike((cell.operation, cell.value) for cell in lacking if cell.axis == axis).items()
    ]
    most = sorted(codes, key=lambda code: (-len(codes[code]), code))
    everywhere = len(called_ones - {FILE})
    told += [Missed("code", (code,), meanings[code], codes[code], len(codes[code]) == everywhere) for code in most]
    return told


def _by(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The second of pairs by the first, each once."""
    held: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for first, second in pairs:
        held[first][second] = None
    return {first: tuple(seconds) for first, seconds in held.items()}


def _alike(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Which of the first have the same seconds: those seconds, and who has them."""
    held: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for first, seconds in _by(pairs).items():
        held[seconds].append(first)
    return {seconds: tuple(firsts) for seconds, firsts in held.items()}


def matrix(cases: Iterable[CaseResult]) -> dict[str, dict[str, Counter[CaseOutcome]]]:
    """How cases came out: operation, rule, outcome, how many."""
    told: dict[str, dict[str, Counter[CaseOutcome]]] = {}
    for case in cases:
        told.setdefault(case.operation, {}).setdefault(case.rule, Counter())[case.outcome] += 1
    return told


def exchanges(report: Report) -> list[Exchange]:
    """Every call of the report: the run's, the drills', the cases'."""
    of_drills = (exchange for drill in report.drills for exchange in drill.exchanges)
    of_cases = (exchange for case in report.cases for exchange in case.exchanges)
    return [*report.exchanges, *of_drills, *of_cases]
