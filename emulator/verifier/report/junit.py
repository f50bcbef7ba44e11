"""A report as JUnit XML, as CI servers read it: a suite for each theme of rules, for the drills, for each operation.

A rule, a drill, a case is a testcase. What makes the command fail is a failure here too, so that the exit code and a CI
server agree; what is less grave stands in the testcase's output. What was not tried or could not be judged is skipped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree

from emulator.contract.finding import Finding, Severity
from emulator.verifier.report import told
from emulator.verifier.report.harmless import Harmless
from emulator.verifier.report.model import CaseOutcome, CaseResult, DrillResult, Judged
from emulator.verifier.report.verdict import FAILING, OF_CASES, FailOn, of_drill

Grave = frozenset[Severity]  # what counts as a failure
_LONGEST = 2000  # characters of what a client printed
_OF_CASES: dict[CaseOutcome, Literal["failure", "error", "skipped"]] = {
    CaseOutcome.BREACHED: "failure",
    CaseOutcome.QUESTION: "failure",
    CaseOutcome.BROKEN: "error",
    CaseOutcome.NOT_TRIED: "skipped",
}


@dataclass(frozen=True, slots=True)
class _Test:
    """One testcase. `outcome` None is success; `kind` is what a failure calls its type."""

    name: str
    outcome: Literal["failure", "error", "skipped"] | None = None
    kind: str = ""
    message: str = ""
    text: str = ""
    out: str = ""
    err: str = ""
    seconds: float = 0.0


def form(report: Harmless, fail_on: FailOn = "error") -> str:
    """The report as an XML document, to be written in UTF-8."""
    grave = FAILING[fail_on]
    root = ElementTree.Element("testsuites", name=f"patsnap-emulator {report.kind}")
    totals: list[_Test] = []
    for name, tests in _suites(report, grave).items():
        root.append(_suite(report, name, tests))
        totals += tests
    root.attrib.update(_numbers(totals, skipped=False))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suites(report: Harmless, grave: Grave) -> dict[str, list[_Test]]:
    suites: dict[str, list[_Test]] = {}
    for judged, findings in _rules(report):
        suites.setdefault(f"rules: {judged.theme}", []).append(_of_rule(report, judged, findings, grave))
    if report.drills:
        suites["drills"] = [_of_drill(report, drill, grave) for drill in report.drills]
    for case in report.cases:
        suites.setdefault(f"cases: {case.operation}", []).append(_of_case(report, case, grave))
    return suites


def _rules(report: Harmless) -> Iterator[tuple[Judged, list[Finding]]]:
    """Every rule that was judged, and those that fired though nobody listed them."""
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.rule, []).append(finding)
    listed = {judged.rule: judged for judged in report.judged}
    for rule in listed | found:
        yield listed.get(rule, Judged(rule, rule)), found.get(rule, [])


def _of_rule(report: Harmless, judged: Judged, findings: list[Finding], grave: Grave) -> _Test:
    text = _told(report, findings)
    worst = _worst(findings, grave)
    if worst is not None:
        return _Test(judged.rule, "failure", str(worst.severity), worst.sentence, text)
    if judged.blind is not None and not findings:
        return _Test(judged.rule, "skipped", message=f"could not be judged: {judged.blind}", out=judged.title)
    return _Test(judged.rule, out=text or judged.title)


def _worst(findings: Iterable[Finding], grave: Grave) -> Finding | None:
    alike = (finding for finding in findings if finding.severity in grave)
    return min(alike, key=lambda finding: told.SEVERITIES.index(finding.severity), default=None)


def _of_drill(report: Harmless, drill: DrillResult, grave: Grave) -> _Test:
    calls = [f"{told.answered(exchange)} <- {told.called(exchange)}" for exchange in drill.exchanges[-10:]]
    lines = [drill.title, f"A sound client: {drill.expected}", f"This one: {drill.sentence}"]
    lines += [f"known: {told.known(report, drill.evidence)}"] if drill.evidence else []
    lines += [f"The last refusal: {drill.refusal}"] if drill.refusal else []
    text = "\n".join(filter(None, (*lines, _told(report, drill.findings), *calls)))
    out, err = drill.stdout[-_LONGEST:], drill.stderr[-_LONGEST:]
    worst = _worst(drill.findings, grave)
    if of_drill(drill) in grave:
        return _Test(drill.name, "failure", str(drill.verdict), drill.sentence, text, out, err, drill.seconds)
    if worst is not None:
        return _Test(drill.name, "failure", str(worst.severity), worst.sentence, text, out, err, drill.seconds)
    return _Test(drill.name, out=f"{text}\n{out}", err=err, seconds=drill.seconds)


def _of_case(report: Harmless, case: CaseResult, grave: Grave) -> _Test:
    outcome = _OF_CASES.get(case.outcome)
    calls = [f"{told.answered(exchange)} <- {told.called(exchange)}" for exchange in case.exchanges[:10]]
    text = "\n".join(filter(None, (case.sentence, f"known: {told.known(report, case.evidence)}", *calls)))
    if outcome in ("failure", "error") and OF_CASES[case.outcome] not in grave:
        return _Test(case.id, out=f"{case.outcome}: {text}")
    return _Test(case.id, outcome, str(case.outcome), case.sentence, text)


def _told(report: Harmless, findings: Iterable[Finding]) -> str:
    return "\n\n".join(
        f"{finding.severity}: {finding.sentence}\ndo: {finding.advice}\nknown: {told.known(report, finding.evidence)}"
        f"\ncalls: {' '.join(finding.calls[:20])}"
        for finding in findings
    )


def _suite(report: Harmless, name: str, tests: list[_Test]) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", {"name": name, **_numbers(tests)})
    if "T" in report.started:
        suite.set("timestamp", report.started[:19])
    for test in tests:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            name=test.name,
            classname=f"patsnap-emulator.{report.kind}.{name.replace('.', '_').replace(': ', '.')}",
            time=f"{test.seconds:.3f}",
        )
        if test.outcome == "skipped":
            ElementTree.SubElement(case, "skipped", message=test.message)
        elif test.outcome:
            ElementTree.SubElement(case, test.outcome, type=test.kind, message=test.message).text = test.text
        if test.out:
            ElementTree.SubElement(case, "system-out").text = test.out
        if test.err:
            ElementTree.SubElement(case, "system-err").text = test.err
    return suite


def _numbers(tests: list[_Test], *, skipped: bool = True) -> dict[str, str]:
    outcomes = [test.outcome for test in tests]
    numbers = {
        "tests": str(len(tests)),
        "failures": str(outcomes.count("failure")),
        "errors": str(outcomes.count("error")),
        "skipped": str(outcomes.count("skipped")),
        "time": f"{sum(test.seconds for test in tests):.3f}",
    }
    return {name: number for name, number in numbers.items() if skipped or name != "skipped"}
