"""What every form says of a report in the same words: how we know a thing, what a call was, how much of a grid was met.

Gives sentences and counts; how they are set on a page or a terminal is for the forms.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from emulator import clock
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding, Severity
from emulator.verifier.report.model import CALM, CaseOutcome, CaseResult, DrillResult, DrillVerdict, Report
from emulator.verifier.report.verdict import of_drill

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


def were(count: int) -> str:
    return "was" if count == 1 else "were"


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


def time(exchange: Exchange) -> str:
    """`00:00:01.500`; nothing of a call whose instant nobody knows."""
    return instant(exchange)[11:23] if exchange.at else ""


def headline(report: Report) -> str:
    """`1 error, 2 warnings`, `3 of 21 drills failed`, `1 case breached`, or that there is nothing."""
    findings = Counter(finding.severity for finding in findings_of(report))
    outcomes = Counter(case.outcome for case in report.cases)
    parts = _drills_failed(report)
    parts += [
        f"{number(outcomes[outcome], 'case')} {words}" for outcome, words in _BAD_CASES.items() if outcomes[outcome]
    ]
    parts += [number(findings[severity], severity) for severity in SEVERITIES if findings[severity]]
    return ", ".join(parts) or drills(report) or cases(outcomes) or "Nothing to mend"


def cases(outcomes: Mapping[CaseOutcome, int]) -> str:
    """`All cases held`, `13 cases held, 9 not tried`; of those that did not hold, no word."""
    held, left = outcomes.get(CaseOutcome.HELD, 0), outcomes.get(CaseOutcome.NOT_TRIED, 0)
    return f"{number(held, 'case')} held, {left:,} not tried" if left else "All cases held" if held else ""


def _drills_failed(report: Report) -> list[str]:
    if _calm_failed(report):
        return ["The calm run failed"]
    drilled = drills_of(report)
    grave = Counter(map(of_drill, drilled))
    parts = [f"{grave[Severity.ERROR]} of {number(len(drilled), 'drill')} failed"] if grave[Severity.ERROR] else []
    if grave[Severity.WARNING]:
        parts.append(f"{number(grave[Severity.WARNING], 'drill')} in question")
    return parts


def drills_of(report: Report) -> list[DrillResult]:
    """The drills without the calm run, which is none."""
    return [drill for drill in report.drills if drill.name != CALM]


def drills(report: Report) -> str:
    """`7 drills came out well, 16 failed, 1 in question, 10 not met`; empty where there were none."""
    if not report.drills:
        return ""
    if _calm_failed(report):
        return "The calm run failed, so nothing was drilled"
    drilled = drills_of(report)
    grave = Counter(map(of_drill, drilled))
    passed_by = sum(not met(drill) for drill in drilled)
    rest = ((grave[Severity.ERROR], "failed"), (grave[Severity.WARNING], "in question"), (passed_by, "not met"))
    words = [f"{number(grave[None] - passed_by, 'drill')} came out well"]
    return ", ".join([*words, *(f"{count} {word}" for count, word in rest if count)])


def _calm_failed(report: Report) -> bool:
    return any(drill.name == CALM and not drill.fine for drill in report.drills)


def met(drill: DrillResult) -> bool:
    """Whether the client came to the mishap at all, or failed before."""
    return drill.verdict is not DrillVerdict.NOT_MET or not drill.fine


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
    if not bill.credits:
        return "This run cost nothing." if report.kind == "proxy" else "This run would have cost nothing."
    would = "cost" if report.kind == "proxy" else "would have cost"
    nothing = f", {bill.for_nothing:,} of them for nothing" if bill.for_nothing else ", none of them for nothing"
    return f"This run {would} {number(bill.credits, 'credit')}{nothing}."


def sent(part: DrillResult | CaseResult) -> int:
    """How many calls a drill or a case made; not all of them need be kept."""
    return max(part.calls, len(part.exchanges))


def all_sent(report: Report) -> int:
    """How many calls there were in all."""
    return len(report.exchanges) + sum(map(sent, report.drills)) + sum(map(sent, report.cases))


def exchanges(report: Report) -> list[Exchange]:
    """Every call of the report: the run's, the drills', the cases'."""
    of_drills = (exchange for drill in report.drills for exchange in drill.exchanges)
    of_cases = (exchange for case in report.cases for exchange in case.exchanges)
    return [*report.exchanges, *of_drills, *of_cases]
