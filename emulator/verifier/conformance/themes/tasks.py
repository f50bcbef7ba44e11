"""Submitted work runs for a while, ends, and says the same however often it is asked about.

An id that names nothing, something of another kind, or something whose life is over is refused alike.
"""

import re
from collections.abc import Iterator

from emulator.errors import Cause
from emulator.spec.models import Service
from emulator.verifier.conformance import judging
from emulator.verifier.conformance.case import Case, Need, beside, case
from emulator.verifier.conformance.flows import FAILED, RUNNING, SUCCESS, Flow, flows
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage

RULE = "task"
_SHAPES = {
    "dashed": r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "hex": r"[0-9a-f]{32}",
    "search": r"[0-9A-F]{32}-1-D",
    "number": r"[1-9]\d{18}",
}
_NO_IDS = ("x", "0" * 5000, "手机", "' OR 1=1", "../../tasks", "a/b", "{}")


def cases(service: Service) -> Iterator[Case]:
    for flow in flows(service):
        yield _ids(flow)
        yield from _unknown(flow, service)
        yield _documented(flow)
        if flow.takes_time:
            yield _known_at_once(flow)
            yield _runs(flow)
            yield _held(flow)
            yield _fails(flow)
            yield _polled(flow)


def _cost(flow: Flow, times: int = 1) -> int:
    return times * price(flow.maker, least(flow.maker))


def _asking(flow: Flow) -> int:
    return price(flow.reader, least(flow.reader))


def _ids(flow: Flow) -> Case:
    assert flow.maker.creates is not None
    shape = _SHAPES[flow.maker.creates.form]

    def script(stage: Stage) -> Iterator[str]:
        made = [flow.create(stage.account) for _ in range(3)]
        if len(set(made)) < len(made):
            yield f"an id was given twice: {', '.join(made)}"
        yield from (f"the id {one!r} has another form than the page's" for one in made if not re.fullmatch(shape, one))

    title = "each creation has an id of its own, in the form of the page's"
    return case(RULE, flow.maker, "ids", title, script, calls=3, credits=_cost(flow, 3))


def _unknown(flow: Flow, service: Service) -> Iterator[Case]:
    def nothing(stage: Stage) -> Iterator[str]:
        for no_id in (flow.unknown_id, *_NO_IDS):
            answer = flow.ask(stage.account, no_id)
            yield from beside(no_id[:20], judging.refused(stage, flow.reader, answer, Cause.PARAMETER_INVALID))

    yield case(RULE, flow.reader, "unknown id", "an id that names nothing is refused", nothing, calls=1 + len(_NO_IDS))
    strangers = [other for other in flows(service) if other.maker is not flow.maker]

    def of_another_kind(stage: Stage) -> Iterator[str]:
        for stranger in strangers:
            made = stranger.create(stage.account)
            answer = flow.ask(stage.account, made)
            what = f"an id of {stranger.maker.id}"
            yield from beside(what, judging.refused(stage, flow.reader, answer, Cause.PARAMETER_INVALID))

    title = "an id of another kind is refused"
    cost = sum(_cost(stranger) for stranger in strangers)
    yield case(RULE, flow.reader, "other kind", title, of_another_kind, calls=2 * len(strangers), credits=cost)

    def other_forms(stage: Stage) -> Iterator[str]:
        made = flow.create(stage.account)
        for form in {made.swapcase(), made[:-1], made + "0"} - {made}:
            answer = flow.ask(stage.account, form)
            yield from beside(form, judging.refused(stage, flow.reader, answer, Cause.PARAMETER_INVALID))
        flow.ask(stage.account, made).wanted(0)

    title = "an id is taken as it was given"
    yield case(RULE, flow.reader, "form of id", title, other_forms, calls=5, credits=_cost(flow) + _asking(flow))


def _documented(flow: Flow) -> Case:
    creates = flow.maker.creates
    assert creates is not None

    def script(stage: Stage) -> Iterator[str]:
        for known in creates.documented:
            answer = flow.ask(stage.account, known)
            answer.wanted(0)
            yield from stage.judged(flow.reader, answer)
            if flow.takes_time and flow.state_of(answer) != SUCCESS:
                yield f"the documented {known} is {flow.state_of(answer)}"

    title = "the documented ids name something finished"
    count = len(creates.documented)
    cost = count * _asking(flow)
    return case(RULE, flow.reader, "documented ids", title, script, calls=count, credits=cost, needs=(Need.CONTROL,))


def _known_at_once(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        answer = flow.ask(stage.account, flow.create(stage.account))
        flow.state_of(answer)
        yield from stage.judged(flow.reader, answer)

    title = "what was created can be asked about at once, and says how it stands"
    return case(RULE, flow.reader, "known at once", title, script, calls=2, credits=_cost(flow))


def _in_state(stage: Stage, flow: Flow, made: str, state: str, when: str) -> Iterator[str]:
    """Whether it stands so, in an answer in good order; only what has succeeded shows a result."""
    answer = flow.ask(stage.account, made)
    if (told := flow.state_of(answer)) != state:
        yield f"{when} it is {told}, not {state}"
    yield from beside(when, stage.judged(flow.reader, answer))
    again = flow.ask(stage.account, made)
    if again.json != answer.json:
        yield f"{when} it is answered otherwise when it is asked again"


def _runs(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        made = flow.create(stage.account)
        yield from _in_state(stage, flow, made, RUNNING, "at first")
        running = set(flow.ask(stage.account, made).data)
        end = flow.until_done(stage.service, stage.now())
        stage.advance(end - 1)
        yield from _in_state(stage, flow, made, RUNNING, "a moment before its end")
        stage.advance(1)
        yield from _in_state(stage, flow, made, SUCCESS, "at its end")
        finished = set(flow.ask(stage.account, made).data)
        if not running < finished:
            yield f"running it shows {', '.join(sorted(running))}, finished {', '.join(sorted(finished))}"
        stage.advance(flow.life_ms // 2)
        yield from _in_state(stage, flow, made, SUCCESS, "long after its end")

    proof = {"grade": "assumed", "source": "own-decision"}
    title = "it runs as long as decided, then it has succeeded and says so each time"
    return case(
        RULE, flow.reader, "runs", title, script,
        evidence=proof, calls=11, credits=_cost(flow), needs=(Need.CONTROL,),
    )  # fmt: skip


def _held(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.plan("hold")
        made = flow.create(stage.account)
        for part in ("at first", "later", "much later"):
            yield from _in_state(stage, flow, made, RUNNING, part)
            stage.advance(flow.life_ms // 4)

    title = "held back, it goes on running"
    return case(RULE, flow.reader, "held", title, script, calls=7, credits=_cost(flow), needs=(Need.CONTROL,))


def _fails(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.plan({"duration": "6s", "outcome": "fail"})
        made = flow.create(stage.account)
        yield from _in_state(stage, flow, made, RUNNING, "at first")
        running = set(flow.ask(stage.account, made).data)
        stage.advance(6000)
        yield from _in_state(stage, flow, made, FAILED, "at its end")
        failed = set(flow.ask(stage.account, made).data)
        if not running <= failed or len(failed - running) > 1:
            yield f"failed it shows {', '.join(sorted(failed))}, running {', '.join(sorted(running))}"
        stage.advance(flow.life_ms // 2)
        yield from _in_state(stage, flow, made, FAILED, "long after its end")

    title = "what fails has failed and stays so, and shows no result"
    return case(RULE, flow.reader, "fails", title, script, calls=9, credits=_cost(flow), needs=(Need.CONTROL,))


def _polled(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.plan({"polls": 2})
        made = flow.create(stage.account)
        told = [flow.state(stage.account, made) for _ in range(4)]
        if told != [RUNNING, RUNNING, SUCCESS, SUCCESS]:
            yield f"asked four times it was {', '.join(told)}"

    title = "planned by polls, it is done when it has been asked about so often"
    return case(RULE, flow.reader, "polls", title, script, calls=5, credits=_cost(flow), needs=(Need.CONTROL,))
