"""Two accounts never see each other: not their ids, pictures, clocks, settings or bills, nor how refusals sound."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from emulator.errors import Cause
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance import judging
from emulator.verifier.conformance.answers import Answer, text
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.flows import Flow, flows
from emulator.verifier.conformance.pictures import picture
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage

RULE = "isolation"
_HOUR = 3_600_000


def cases(service: Service) -> Iterator[Case]:
    for flow in flows(service):
        yield _ids(flow)
    upload = service.operations["P010"]
    for operation in service.operations.values():
        name = next((name for name in ("url", "urls") if operation.parameter(name)), None)
        if name and operation is not upload:
            yield _pictures(operation, name, upload)
        if operation.security == "shared":
            yield _settings(operation)
    yield _clocks(service)


def _alike(foreign: Answer, unknown: Answer) -> Iterator[str]:
    if (foreign.status, foreign.body, foreign.reason) != (unknown.status, unknown.body, unknown.reason):
        yield f"what belongs to another is told apart from what does not exist: {foreign.told}"


def _ids(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        made = flow.create(stage.account)
        foreign = flow.ask(stage.other, made)
        yield from judging.refused(stage, flow.reader, foreign, Cause.PARAMETER_INVALID)
        yield from _alike(foreign, flow.ask(stage.other, flow.unknown_id))
        flow.ask(stage.account, made).wanted(0)

    title = "an id of another account looks unknown"
    cost = price(flow.maker, least(flow.maker)) + price(flow.reader, least(flow.reader))
    return case(RULE, flow.reader, "", title, script, calls=4, credits=cost, needs=(Need.CONTROL,))


def _pictures(operation: Operation, name: str, upload: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        url = text(stage.account.call(upload, {"image": picture()}).data["url"])
        own_name = urlsplit(url).path.rpartition("/")[2]

        def searched(link: str, caller: Any) -> Answer:
            answer: Answer = caller.call(operation, {**least(operation), name: [link] if name == "urls" else link})
            return answer

        foreign = searched(url, stage.other)
        yield from judging.refused(stage, operation, foreign, Cause.PARAMETER_INVALID)
        yield from _alike(foreign, searched(url.replace(own_name, "0" * 32 + ".png"), stage.other))
        searched(url, stage.account).wanted(0)

    title = "a picture of another account looks unknown"
    cost = price(operation, least(operation))
    return case(RULE, operation, "picture", title, script, calls=4, credits=cost, needs=(Need.CONTROL,))


def _settings(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        before = stage.other.call(operation, least(operation))
        stage.account.token  # noqa: B018 - the account opens
        stage.configure(permissions=[], balance=0, qps=0, daily_limit=0, strict=True)
        after = stage.other.call(operation, least(operation))
        if after.code != before.code:
            yield f"the settings of one account change what another is answered: {after.told}"
        if stage.bill():
            yield "the calls of one account are on the bill of another"

    title = "settings and bills of one account are not those of another"
    cost = 2 * price(operation, least(operation))
    return case(RULE, operation, "settings", title, script, calls=2, credits=cost, needs=(Need.CONTROL,))


def _clocks(service: Service) -> Case:
    token = service.operations["token"]
    operation = next(one for one in service.operations.values() if one.security == "shared" and not one.body)

    def script(stage: Stage) -> Iterator[str]:
        own, other = stage.account.token, stage.other.token
        stage.advance_keeping(_HOUR)
        for caller, bearer, alive in ((stage.account, own, False), (stage.other, other, True)):
            answer = caller.request(operation, least(operation), apikey=caller.client_id, bearer=bearer)
            if (answer.code == 0) is not alive:
                yield f"after an hour of one account: {answer.told}"

    title = "time passes for each account by itself"
    cost = 2 * price(operation, least(operation))
    return case(RULE, token, "clock", title, script, calls=2, credits=cost, needs=(Need.CONTROL,))
