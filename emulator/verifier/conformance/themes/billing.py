"""What calls cost: by item, by call, by picture, by task, or nothing; never for a failure or for what is not there.

On an emulator the price in the header is held against the account's bill, and what a failed task cost is given back.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from emulator.errors import Cause
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance import judging
from emulator.verifier.conformance.answers import Answer
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.empty import finding_nothing
from emulator.verifier.conformance.flows import SUCCESS, Flow, tasks
from emulator.verifier.conformance.places import least, whole
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage
from emulator.verifier.conformance.themes.examples import needs

RULE = "price"


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        if operation.security != "shared":
            continue
        yield _example(operation)
        if (nothing := finding_nothing(operation)) is not None:
            yield _nothing(operation, nothing)
        if price(operation, least(operation)):
            yield _refused(operation)
            yield _own_price(operation)
        if operation.price.per == "image":
            yield _pictures(operation)
    for flow in tasks(service):
        yield _given_back(flow)
        yield _free_afterwards(flow)


def _charged(stage: Stage, operation: Operation, values: Mapping[str, Any], wanted: int) -> Iterator[str]:
    """Whether a call costs so much, by its header and by the bill."""
    before = stage.bill()
    answer = stage.account.call(operation, values)
    yield from _costs(stage, answer, wanted, stage.bill() - before)


def _costs(stage: Stage, answer: Answer, wanted: int, billed: int) -> Iterator[str]:
    if stage.service.errors.wire[stage.wire].amount_header and answer.price != wanted:
        yield f"the price is {wanted} credits, and the header says {answer.price}"
    if stage.house.control and billed != wanted:
        yield f"the price is {wanted} credits, and {billed} were billed"


def _example(operation: Operation) -> Case:
    values, per = least(operation), operation.price.per

    def script(stage: Stage) -> Iterator[str]:
        before = stage.bill()
        answer = stage.account.call(operation, values)
        answer.wanted(0)
        found = len(answer.items) if per in ("item", "non_empty_call") else 1
        wanted = {"nothing": 0, "non_empty_call": int(found > 0), "item": found}.get(per, 1) * operation.price.credits
        yield from _costs(stage, answer, wanted, stage.bill() - before)

    words = {"nothing": "is free", "non_empty_call": "costs by the call that finds something"}
    title = f"a success {words.get(per, f'costs by the {per}')}"
    cost = price(operation, values)
    return case(
        RULE, operation, "", title, script, evidence=operation.price.evidence, credits=cost, needs=needs(operation)
    )


def _nothing(operation: Operation, values: Mapping[str, Any]) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        before = stage.bill()
        answer = stage.account.call(operation, values)
        answer.wanted(0)
        yield from stage.judged(operation, answer)
        if operation.price.per != "image" and answer.items:
            yield f"{len(answer.items)} were found where there is nothing to find"
        yield from _costs(stage, answer, 0, stage.bill() - before)

    title = "finding nothing is a success, and free"
    return case(
        RULE, operation, "nothing found", title, script, evidence=operation.price.evidence, needs=needs(operation)
    )


def _refused(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        required = next(iter(least(operation)))
        values = {name: value for name, value in least(operation).items() if name != required}
        yield from _charged(stage, operation, values, 0)

    return case(RULE, operation, "failure", "a failure is free", script, evidence=operation.price.evidence)


def _own_price(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        before = stage.bill()
        usual = stage.account.call(operation, least(operation))
        paid = stage.bill() - before
        usual.wanted(0)
        stage.configure(prices={operation.id: 3 * operation.price.credits})
        yield from _charged(stage, operation, least(operation), 3 * paid)
        stage.configure(balance=3 * paid - 1)
        answer = stage.account.call(operation, least(operation))
        yield from judging.refused(stage, operation, answer, Cause.BALANCE_INSUFFICIENT)
        if stage.bill() - before != 4 * paid:
            yield "a call that the balance did not allow was billed"
        stage.configure(balance=3 * paid)
        yield from _charged(stage, operation, least(operation), 3 * paid)

    title = "the price of an account counts, and a balance below it refuses the call whole"
    return case(
        RULE, operation, "balance", title, script,
        calls=4, credits=20 * price(operation, least(operation)), needs=(Need.CONTROL,),
    )  # fmt: skip


def _pictures(operation: Operation) -> Case:
    urls = whole(operation)["urls"]

    def script(stage: Stage) -> Iterator[str]:
        yield from _charged(stage, operation, {**least(operation), "urls": urls[:1] * 3}, 3 * operation.price.credits)

    title = "each picture that finds something is paid for"
    cost = 3 * operation.price.credits
    return case(RULE, operation, "images", title, script, evidence=operation.price.evidence, credits=cost)


def _given_back(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.plan({"duration": "6s", "outcome": "fail"})
        before = stage.bill()
        flow.create(stage.account)
        if stage.bill() == before:
            yield "a task that runs is not billed"
        stage.advance(6000)
        if stage.bill() != before:
            yield f"a task that failed costs {stage.bill() - before} credits"

    title = "a task that fails costs nothing in the end"
    cost = price(flow.maker, least(flow.maker))
    return case(RULE, flow.maker, "failed task", title, script, credits=cost, needs=(Need.CONTROL,))


def _free_afterwards(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        made = flow.create(stage.account)
        paid = stage.bill()
        for wait in (0, flow.until_done(stage.service, stage.now()), flow.life_ms // 2):
            stage.advance(wait)
            answer = flow.ask(stage.account, made)
            yield from _costs(stage, answer, 0, stage.bill() - paid)
        if flow.state_of(answer) != SUCCESS:
            yield "it has not succeeded"

    title = "asking is free, however often"
    cost = price(flow.maker, least(flow.maker))
    return case(
        RULE, flow.reader, "asking", title, script,
        evidence=flow.reader.price.evidence, calls=4, credits=cost, needs=(Need.CONTROL,),
    )  # fmt: skip
