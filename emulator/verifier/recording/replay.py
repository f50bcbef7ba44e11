"""Recorded requests sent once more, to say where two servers differ: the one that was heard and the one that is asked.

Requests go in their order, with ids and links of this run. A difference of shape is an error, one of values a note;
a task that has not come as far as it had is asked again for a while.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from emulator import __version__, clock
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding, Severity
from emulator.contract.raw_exchange import RawReader
from emulator.spec.models import Operation, Service
from emulator.verifier.recording.differences import Difference, Fields, Kind, differences
from emulator.verifier.recording.heard import Heard
from emulator.verifier.recording.prices import price_of
from emulator.verifier.recording.reading import answer_of
from emulator.verifier.recording.recorded_traffic import Left, Recording, Recordings
from emulator.verifier.recording.substitutes import Substitutes
from emulator.verifier.recording.target import Target, Unreachable
from emulator.verifier.recording.telling import raw_of
from emulator.verifier.report.model import Bill, CaseOutcome, CaseResult, Report
from emulator.verifier.report.told import number, were

EVIDENCE = {"grade": "observed", "source": "recording"}
_GRAVE = frozenset({Kind.STATUS, Kind.CODE, Kind.SHAPE})
_MAY_COST = "it may cost"
_TRIES, _PAUSE_S = 30, 2.0  # of a task that has not come as far as it had
_ADVICE = {
    Severity.ERROR: "Look which of the two keeps to the page, and mend the other or its documents.",
    Severity.NOTE: "Worth knowing where data are compared; other patents and other days give other values.",
}
Wait = Callable[[float], object]


@dataclass
class _Run:
    """What a replay knows by now. `spend` None sets no bound."""

    service: Service
    target: Target
    spend: int | None
    wait: Wait
    spent: int = 0
    substitutes: Substitutes = field(default_factory=Substitutes)
    exchanges: list[Exchange] = field(default_factory=list)
    cases: list[CaseResult] = field(default_factory=list)
    interrupted: bool = False
    found: dict[tuple[str, Kind, str], tuple[Difference, list[str]]] = field(default_factory=dict)


def replay(
    recordings: Recordings, target: Target, service: Service, *, spend: int | None = 0, wait: Wait | None = None
) -> Report:
    """The differences as a report. Calls cost at most `spend` credits in all; None sets no bound.

    Who interrupts it gets what was done by then. Raises LetsNobodyIn.
    """
    started = clock.real_now()
    run = _Run(service, target, spend, wait or threading.Event().wait)
    reader = RawReader(service)
    try:
        for recording in recordings.each:
            run.cases.append(_played(run, reader, recording))
    except KeyboardInterrupt:
        run.interrupted = True
        left = recordings.each[len(run.cases) :]
        run.cases += [_case(one, CaseOutcome.NOT_TRIED, "the run was interrupted") for one in left]
    return Report(
        kind="replay",
        subject=target.url,
        version=__version__,
        started=clock.iso(started),
        findings=tuple(_findings(run)),
        exchanges=tuple(run.exchanges),
        bill=Bill(run.spent, 0),
        cases=(*run.cases, *map(_left, recordings.left)),
        notes=(*recordings.notes, *_notes(run, len(recordings.left))),
        documents={name: source.title for name, source in service.sources.items()},
    )


def _played(run: _Run, reader: RawReader, recording: Recording) -> CaseResult:
    operation = run.service.operations[recording.operation]
    query = tuple((name, run.substitutes.put(value)) for name, value in recording.query)
    body = run.substitutes.put(recording.body)
    price = price_of(operation, dict(query), body)
    if run.spend is not None and run.spent + price > run.spend:
        left = run.spend - run.spent
        sentence = f"{_MAY_COST} {number(price, 'credit')}, and {left} {'is' if left == 1 else 'are'} left to spend"
        return _case(recording, CaseOutcome.NOT_TRIED, sentence)
    try:
        heard, found = _asked(run, recording, operation, query, body)
    except Unreachable as error:
        return _case(recording, CaseOutcome.BROKEN, str(error))
    name = f"call-{len(run.exchanges) + 1}"
    exchange = reader.exchange(raw_of(heard, name))
    run.exchanges.append(exchange)
    run.spent += exchange.cost or (price if run.spend is not None and exchange.succeeded else 0)
    for one in found:
        run.found.setdefault((operation.id, one.kind, one.where), (one, []))[1].append(name)
    grave = [one.sentence for one in found if one.kind in _GRAVE]
    outcome = CaseOutcome.BREACHED if grave else CaseOutcome.HELD
    return _case(recording, outcome, "; ".join(grave[:5]), calls=1, credits=exchange.cost)


def _asked(
    run: _Run, recording: Recording, operation: Operation, query: tuple[tuple[str, str], ...], body: object
) -> tuple[Heard, list[Difference]]:
    """The answer and its differences; a task is asked until it has come as far as it had, or for so long."""
    for left in range(_TRIES, -1, -1):
        is_token = operation.security != "shared"
        heard = run.target.token_call() if is_token else run.target.call(operation, query, body)
        found = _compared(run, recording, operation, heard)
        if not left or not _came_less_far(run, recording, heard, found):
            break
        run.wait(_PAUSE_S)
    got = answer_of(heard)
    if isinstance(got, dict):
        ids = frozenset(run.service.client_rules.fields.ids) if operation.creates else frozenset[str]()
        run.substitutes.learn(recording.answer, got, ids)
    return heard, found


def _compared(run: _Run, recording: Recording, operation: Operation, heard: Heard) -> list[Difference]:
    fields = run.service.client_rules.fields
    told, got = recording.answer, answer_of(heard)
    found = []
    if recording.status != heard.status:
        found.append(Difference(Kind.STATUS, "HTTP", f"HTTP status {heard.status}, and it was {recording.status}"))
    if heard.answer is None:
        return [*found, Difference(Kind.SHAPE, "body", "the answer is too long to be read")]
    if not isinstance(told, dict) or not isinstance(got, dict):
        return found if told == got else [*found, Difference(Kind.SHAPE, "body", "the answer is no JSON object")]
    if told.get("error_code") != got.get("error_code"):
        sentence = f"error_code {got.get('error_code')}, and it was {told.get('error_code')}"
        return [*found, Difference(Kind.CODE, "error_code", sentence)]
    names = Fields(frozenset({*fields.ids, *fields.secrets}), frozenset(fields.states))
    return [*found, *differences(told, got, operation.answer, names)]


def _came_less_far(run: _Run, recording: Recording, heard: Heard, found: list[Difference]) -> bool:
    """Whether a task runs that had ended."""
    states = run.service.client_rules.fields.states
    data = _data(answer_of(heard))
    return any(
        one.kind is Kind.STATE and data.get(name) in states[name].get("running", ())
        for one in found
        if (name := one.where.removeprefix("data.")) in states
    )


def _data(answer: object) -> dict[str, object]:
    data = answer.get("data") if isinstance(answer, dict) else None
    return data if isinstance(data, dict) else {}


def _case(recording: Recording, outcome: CaseOutcome, sentence: str = "", **more: object) -> CaseResult:
    told: dict[str, object] = {"evidence": EVIDENCE, "sentence": sentence, **more}
    return CaseResult(recording.name, recording.operation, "replay", outcome, **told)  # type: ignore[arg-type]


def _left(one: Left) -> CaseResult:
    return CaseResult(one.name, one.operation, "replay", CaseOutcome.NOT_TRIED, EVIDENCE, one.why)


def _findings(run: _Run) -> Iterator[Finding]:
    """The gravest first."""
    order = list(Kind)
    for (operation, kind, _), (one, calls) in sorted(run.found.items(), key=lambda item: order.index(item[0][1])):
        severity = Severity.ERROR if kind in _GRAVE else Severity.NOTE
        yield Finding(f"replay-{kind}", severity, operation, tuple(calls), one.sentence, _ADVICE[severity], EVIDENCE)


def _notes(run: _Run, left: int) -> Iterator[str]:
    sent = len(run.exchanges)
    if run.interrupted:
        yield f"It was interrupted; {number(sent, 'call')} had been answered, for {run.spent} credits in all"
    skipped = sum(case.sentence.startswith(_MAY_COST) for case in run.cases)
    if skipped:
        yield f"{number(skipped, 'call')} {were(skipped)} not sent, for they could cost more than --spend allows"
    if left:
        yield f"{number(left, 'call')} of the recording could not be compared: see the cases that were not tried"
    if not run.found and run.exchanges:
        yield f"{number(sent, 'call')} {were(sent)} sent again, and no answer differs"
