"""A report as a terminal shows it, in 80 columns: what is wrong first, then the bill, what was met, drills, cases.

The first telling calls of a finding are printed; all of them stand in the other forms. Knows no stream and no file.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding, Severity
from emulator.verifier.report import coverage, told
from emulator.verifier.report.cases import matrix
from emulator.verifier.report.columns import broken, short, table
from emulator.verifier.report.coverage import Missed
from emulator.verifier.report.harmless import Harmless
from emulator.verifier.report.model import CaseOutcome, CaseResult, DrillResult
from emulator.verifier.report.paint import Paint
from emulator.verifier.report.verdict import OF_CASES, counts, of_drill

_COLUMNS = 80
_CALLS, _CASES = 3, 20
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def form(report: Harmless, *, colour: bool = False, missed: bool = False) -> str:
    """The whole report as lines; `missed` lists what was never met, too."""
    return "\n".join(_lines(report, Paint(colour), missed))


def _lines(report: Harmless, paint: Paint, missed: bool) -> Iterator[str]:
    yield from _head(report, paint)
    yield from _findings(report, paint)
    yield from _drills(report, paint)
    yield from _cases(report, paint)
    yield from _coverage(report, paint, missed)
    if report.bill is not None:
        yield from _section("Bill", paint)
        yield from broken(told.paid(report), _COLUMNS)
        if report.bill.budget is not None:
            yield from broken(f"The budget is {told.number(report.bill.budget, 'credit')}.", _COLUMNS)
    if report.notes:
        yield from _section("About this run", paint)
        for note in report.notes:
            yield from broken(note, _COLUMNS, "- ")
    yield from _verdict(report, paint)


def _head(report: Harmless, paint: Paint) -> Iterator[str]:
    yield paint.strong(short(f"{report.kind}: {report.subject}", _COLUMNS))
    facts = [report.started, told.number(told.all_sent(report), "call")]
    if report.seed is not None:
        facts.append(f"seed {report.seed}")
    if report.exit_code is not None and not report.drills:
        facts.append(f"the client ended with {report.exit_code}")
    yield from broken(" · ".join(facts), _COLUMNS)
    if report.dropped:
        first = told.number(report.dropped, "call was", "calls were")
        yield from broken(f"The first {first} dropped from the journal and not judged.", _COLUMNS)


def _verdict(report: Harmless, paint: Paint) -> Iterator[str]:
    """The last line, where the eye is when a command has ended."""
    yield ""
    grave = min(counts(report), key=told.SEVERITIES.index, default=None)
    yield paint.strong(paint.of("green" if grave is None else _COLOURS[grave], told.headline(report)))


def _section(title: str, paint: Paint) -> Iterator[str]:
    yield ""
    yield paint.strong(title)


def _findings(report: Harmless, paint: Paint) -> Iterator[str]:
    calls = {exchange.id: exchange for exchange in report.exchanges}
    for severity in told.SEVERITIES:
        alike = [finding for finding in report.findings if finding.severity == severity]
        if alike:
            yield from _section(paint.of(_COLOURS[severity], f"{severity.capitalize()}s ({len(alike)})"), paint)
        for place, finding in enumerate(alike):
            yield from [""] if place else []
            yield from _finding(report, finding, calls, paint)


def _finding(report: Harmless, finding: Finding, calls: Mapping[str, Exchange], paint: Paint) -> Iterator[str]:
    sign = paint.of(_COLOURS[finding.severity], "●")
    first, *more = broken(told.sentence(finding), _COLUMNS - 2)
    yield f"{sign} {first}"
    yield from (f"  {line}" for line in more)
    yield from broken(finding.advice, _COLUMNS, "  do:    ")
    yield from broken(told.known(report, finding.evidence), _COLUMNS, "  known: ")
    yield from broken(finding.rule, _COLUMNS, "  rule:  ")
    for place, call in enumerate(finding.calls[:_CALLS]):
        head = f"  {'calls: ' if place == 0 else '       '}"
        yield head + short(_call(calls[call]) if call in calls else call, _COLUMNS - len(head))
    if len(finding.calls) > _CALLS:
        yield f"         and {told.number(len(finding.calls) - _CALLS, 'more call', 'more calls')}"


def _call(exchange: Exchange) -> str:
    """One call in a line; the answer first, since paths are long."""
    return " ".join(filter(None, (told.time(exchange), told.answered(exchange), "←", told.called(exchange))))


def _drills(report: Harmless, paint: Paint) -> Iterator[str]:
    if not report.drills:
        return
    yield from _section(told.drills(report), paint)
    rows = [
        ("", "drill", "verdict", "why"),
        *((_sign(one), one.name, str(one.verdict), one.sentence) for one in report.drills),
    ]
    for place, lines in enumerate(table(rows, _COLUMNS)):
        colour = "dim" if place == 0 else _colour(report.drills[place - 1])
        yield from (paint.of(colour, line[:1]) + line[1:] for line in lines)
    for drill in report.drills:
        if not drill.fine or drill.findings:
            yield from _drill(report, drill, paint)


def _sign(drill: DrillResult) -> str:
    if drill.fine:
        return "✓" if told.met(drill) else "–"
    return "?" if drill.in_question else "✗"


def _colour(drill: DrillResult) -> str:
    severity = of_drill(drill)
    return ("green" if told.met(drill) else "dim") if severity is None else _COLOURS[severity]


def _drill(report: Harmless, drill: DrillResult, paint: Paint) -> Iterator[str]:
    yield ""
    yield paint.of(_colour(drill), short(f"{_sign(drill)} {drill.name}: {drill.title}", _COLUMNS))
    yield from broken(drill.expected, _COLUMNS, "  a sound client: ", "  ")
    if drill.evidence:
        yield from broken(told.known(report, drill.evidence), _COLUMNS, "  known: ")
    ended = "was ended" if drill.exit_code is None else f"ended with {drill.exit_code}"
    last = ", at last:" if drill.exchanges else ""
    yield f"  this one {ended} after {drill.seconds:.1f} s and {told.number(told.sent(drill), 'call')}{last}"
    yield from ("    " + short(_call(exchange), _COLUMNS - 4) for exchange in drill.exchanges[-_CALLS:])
    if drill.refusal:
        yield from broken(drill.refusal, _COLUMNS, "  the last refusal: ", "  ")
    calls = {exchange.id: exchange for exchange in drill.exchanges}
    for finding in sorted(drill.findings, key=lambda finding: told.SEVERITIES.index(finding.severity)):
        yield from _finding(report, finding, calls, paint)


def _cases(report: Harmless, paint: Paint) -> Iterator[str]:
    if not report.cases:
        return
    outcomes = Counter(case.outcome for case in report.cases)
    yield from _section(f"Cases ({outcomes[CaseOutcome.HELD]:,} of {len(report.cases):,} held)", paint)
    met = [outcome for outcome in CaseOutcome if outcomes[outcome]]
    head = ("operation", *map(str, met), "did not hold" if {*met} & OF_CASES.keys() else "")
    rows = [head, *(_row(operation, rules, met) for operation, rules in matrix(report.cases).items())]
    for place, lines in enumerate(table(rows, _COLUMNS)):
        yield from (paint.dim(line) if place == 0 else line for line in lines)
    bad = [case for case in report.cases if case.outcome not in (CaseOutcome.HELD, CaseOutcome.NOT_TRIED)]
    for case in bad[:_CASES]:
        yield from _case(report, case, paint)
    if len(bad) > _CASES:
        yield f"\nand {told.number(len(bad) - _CASES, 'more', 'more')}: see the JSON, JUnit or HTML report"


def _row(operation: str, rules: Mapping[str, Counter[CaseOutcome]], met: Iterable[CaseOutcome]) -> tuple[str, ...]:
    total = sum(rules.values(), Counter[CaseOutcome]())
    bad = {rule: sum(counted[outcome] for outcome in OF_CASES) for rule, counted in rules.items()}
    missing = ", ".join(f"{rule} {number}" for rule, number in bad.items() if number)
    return (operation, *(f"{total[outcome] or '':>{len(outcome)}}" for outcome in met), missing)


def _case(report: Harmless, case: CaseResult, paint: Paint) -> Iterator[str]:
    colour = _COLOURS[OF_CASES[case.outcome]]
    yield ""
    yield paint.of(colour, "● ") + short(f"{case.id}: {case.outcome}", _COLUMNS - 2)
    yield from broken(case.sentence, _COLUMNS, "  ")
    yield from broken(told.known(report, case.evidence), _COLUMNS, "  known: ")
    for place, exchange in enumerate(case.exchanges[:_CALLS]):
        yield f"  {'calls: ' if place == 0 else '       '}" + short(_call(exchange), _COLUMNS - 9)


def _coverage(report: Harmless, paint: Paint, listed: bool) -> Iterator[str]:
    if not report.coverage:
        return
    yield from _section("Coverage", paint)
    yield from broken(coverage.how_much(report.coverage), _COLUMNS)
    missed = coverage.missed(report.coverage)
    if missed and not listed:
        yield "`--coverage` or the HTML page lists the rest; `drill` makes a client meet most."
        return
    if missed:
        yield "Never met there:"
    for one in missed:
        meaning = f" ({one.meaning})" if one.meaning else ""
        yield from broken(f"{one.name}{meaning}: {_some(one)}", _COLUMNS, "  ", "      ")


def _some(one: Missed) -> str:
    if one.everywhere and len(one.operations) > 1:
        return "every operation in use"
    more = len(one.operations) - _CALLS
    return ", ".join(one.operations[:_CALLS]) + (f" and {more} more" if more > 0 else "")
