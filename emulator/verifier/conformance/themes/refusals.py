"""Every code that a page lists, asked for by the emulator's header: its text, its status, its form, in both languages.

And every code at all, on operations whose page lists it or not: the literal code is answered.
"""

from collections.abc import Iterator

from emulator.spec.models import Operation, Service
from emulator.verifier.conformance import judging
from emulator.verifier.conformance.answers import Answer
from emulator.verifier.conformance.case import Breach, Case, Need, beside, case
from emulator.verifier.conformance.stage import Stage

RULE = "code"


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        for code in service.errors.tables[operation.error_table].lists:
            yield _listed(service, operation, code)
        yield _others(service, operation)


def _listed(service: Service, operation: Operation, code: int) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        yield from _told(stage, operation, code)
        stage.configure(language="cn")
        answer = _asked(stage, operation, code)
        text = stage.refusals.text_of(code, operation, stage.wire, "cn")
        if answer.json["error_msg"] != text:
            yield f"in Chinese {code} says {text!r}, and {answer.json['error_msg']!r} came"

    title = f"{code} is answered with its own text and status"
    proof = service.errors.tables[operation.error_table].evidence
    return case(RULE, operation, str(code), title, script, evidence=proof, calls=2, needs=(Need.CONTROL,))


def _others(service: Service, operation: Operation) -> Case:
    listed = service.errors.tables[operation.error_table].lists
    others = [code for code in service.errors.codes if code not in listed]

    def script(stage: Stage) -> Iterator[str]:
        for code in others:
            yield from _told(stage, operation, code)

    title = "a code that the page does not list is answered literally when it is asked for"
    return case(RULE, operation, "unlisted", title, script, calls=len(others), needs=(Need.CONTROL,))


def _told(stage: Stage, operation: Operation, code: int) -> Iterator[str]:
    answer = _asked(stage, operation, code)
    if answer.code != code:
        yield f"{code} was asked for, and {answer.told} came"
        return
    if answer.price:
        yield f"a failure cost {answer.price} credits"
    yield from beside(str(code), judging.refusal(stage, operation, answer))
    keys = set(answer.json)
    if "data" in keys:
        yield Breach(f"{code} carries data", stage.service.envelope.evidence.model_dump())


def _asked(stage: Stage, operation: Operation, code: int) -> Answer:
    wish = {"X-Emulator-Error": str(code)}
    return stage.account.request(operation, {}, apikey=stage.account.client_id, headers=wish)
