"""Accounts opened alike stay apart: each has its own calls in a second, and ids that no other has."""

from collections.abc import Iterator

from emulator import clock
from emulator.errors import Cause
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance import judging
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.flows import Flow, flows
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage
from emulator.verifier.conformance.themes.isolation import RULE

_LATER = 5000  # by so much both accounts are put ahead of where either may stand
_ALLOWED = 2


def cases(service: Service) -> Iterator[Case]:
    yield _rate(service.operations["P043"])
    yield _tokens(service.operations["token"])
    for flow in flows(service):
        yield _ids(flow)


def _rate(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        callers = (stage.account, stage.other)
        instant = clock.iso(stage.now() + _LATER)
        for caller in callers:
            caller.token  # noqa: B018 - token calls count as well
            stage.control.of(caller.client_id, "PUT", "", {"qps": _ALLOWED})
            stage.control.of(caller.client_id, "POST", "/clock", {"set": instant})
        for caller in callers:
            for _ in range(_ALLOWED):
                if (answer := caller.call(operation, least(operation))).code != 0:
                    yield f"in the second in which both call, one is refused with {answer.told}"
        for caller in callers:
            refused = caller.call(operation, least(operation))
            yield from judging.refused(stage, operation, refused, Cause.RATE_EXCEEDED)

    title = "the calls of one account in a second are not counted for another"
    cost = 2 * _ALLOWED * price(operation, least(operation))
    return case(RULE, operation, "rate", title, script, calls=6, credits=cost, needs=(Need.CONTROL,))


def _tokens(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        if stage.account.token == stage.other.token:
            yield "two accounts have the same token"

    title = "no two accounts have the same token"
    return case(RULE, operation, "tokens", title, script, calls=2, needs=(Need.CONTROL,))


def _ids(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        made = [flow.create(caller) for caller in (stage.account, stage.other)]
        if made[0] == made[1]:
            yield f"two accounts are both given the {flow.id_name} {made[0]}"

    title = f"no two accounts are given the same {flow.id_name}"
    cost = 2 * price(flow.maker, least(flow.maker))
    return case(RULE, flow.maker, "ids", title, script, calls=2, credits=cost, needs=(Need.CONTROL,))
