"""What the service makes lives exactly as long as published: alive one second before, gone at the second itself."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from emulator.errors import Cause
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance import judging
from emulator.verifier.conformance.answers import Answer, text, whole
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.flows import Flow, flows
from emulator.verifier.conformance.pictures import picture
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage

RULE = "life"
SECOND = 1000
_SIGNED = {"report": "report_link_signed", "image": "image_link_signed"}


def cases(service: Service) -> Iterator[Case]:
    yield _token(service)
    for flow in flows(service):
        yield _of_flow(flow, service)
        yield _same_as_unknown(flow)
    upload = service.operations["P010"]
    yield _shorter_search(service)
    yield _said(service, upload)
    yield _link(service, upload, "image", "documented", lambda stage: _uploaded(stage, upload))
    for operation in service.operations.values():
        if "image" in operation.lives and "score" in str(operation.answer) and not operation.reads:
            yield from _answered_pictures(service, operation)
        if (name := _picture_name(operation)) and operation is not upload:
            yield _picture_in_call(service, operation, name, upload)
    for flow in flows(service):
        for name in ("report_url", "download_url"):
            if name in flow.reader.answer["properties"]["data"]["properties"]:
                yield from _report_links(service, flow, name)


def _token(service: Service) -> Case:
    life = service.lives["token"]
    operation = next(one for one in service.operations.values() if one.security == "shared" and not one.body)

    def script(stage: Stage) -> Iterator[str]:
        own = stage.account
        token = own.token

        def asked() -> Answer:
            return own.request(operation, least(operation), apikey=own.client_id, bearer=token)

        for wait in (life.length - SECOND, SECOND - 1):
            stage.advance(wait)
            asked().wanted(0)
        second = text(own.token_data(own.token_call())["token"])
        stage.advance(1)
        yield from judging.refused(stage, operation, asked(), Cause.TOKEN_REJECTED)
        own.request(operation, least(operation), apikey=own.client_id, bearer=second).wanted(0)

    title = f"a token lives {life.told}, and a newer one does not end it"
    return case(
        RULE, service.operations["token"], "token", title, script,
        evidence=life.evidence, calls=6, credits=4 * price(operation, least(operation)), needs=(Need.CONTROL,),
    )  # fmt: skip


def _of_flow(flow: Flow, service: Service) -> Case:
    assert flow.maker.creates is not None
    life = service.lives[flow.maker.creates.life]

    def script(stage: Stage) -> Iterator[str]:
        made = flow.create(stage.account)
        wait = flow.until_done(stage.service, stage.now()) if flow.from_success else 0
        stage.advance(wait + life.length - SECOND)
        for left in (SECOND - 1, 1):
            flow.ask(stage.account, made).wanted(0)
            stage.advance(left)
        answer = flow.ask(stage.account, made)
        yield from judging.refused(stage, flow.reader, answer, Cause.PARAMETER_INVALID)

    title = f"what {flow.maker.id} makes lives {life.told}"
    cost = price(flow.maker, least(flow.maker)) + 2 * price(flow.reader, least(flow.reader))
    return case(
        RULE, flow.reader, flow.maker.creates.life, title, script,
        evidence=life.evidence, calls=4, credits=cost, needs=(Need.CONTROL,),
    )  # fmt: skip


def _same_as_unknown(flow: Flow) -> Case:
    """The documented ids live from the account's opening, and then answer as if they had never been."""
    creates = flow.maker.creates
    assert creates is not None

    def script(stage: Stage) -> Iterator[str]:
        known = creates.documented
        stage.account.token  # noqa: B018 - the account opens
        opening = 2 * SECOND  # the account was opened up to a second before its clock was stopped at a whole one
        stage.advance(flow.life_ms - opening)
        for one in known:
            flow.ask(stage.account, one).wanted(0)
        stage.advance(opening)
        unknown = flow.ask(stage.account, flow.unknown_id)
        for one in known:
            answer = flow.ask(stage.account, one)
            if (answer.status, answer.body) != (unknown.status, unknown.body):
                yield f"after its life {one} is not answered as an unknown id is: {answer.told}"

    title = "the documented ids live from the account's opening, then they are as unknown as any"
    calls = 2 * len(creates.documented) + 1
    cost = len(creates.documented) * price(flow.reader, least(flow.reader))
    return case(RULE, flow.reader, "documented ids", title, script, calls=calls, credits=cost, needs=(Need.CONTROL,))


def _shorter_search(service: Service) -> Case:
    """An emulator's search ids may be told to live only as long as the page recommends."""
    flow = next(flow for flow in flows(service) if not flow.takes_time)
    life = service.lives["search_recommended"]

    def script(stage: Stage) -> Iterator[str]:
        stage.configure(search_id_lifetime=f"{life.length}ms")
        made = flow.create(stage.account)
        stage.advance(life.length - SECOND)
        flow.ask(stage.account, made).wanted(0)
        stage.advance(SECOND)
        answer = flow.ask(stage.account, made)
        yield from judging.refused(stage, flow.reader, answer, Cause.PARAMETER_INVALID)

    title = "search ids that were told to live shorter do"
    cost = price(flow.maker, least(flow.maker)) + price(flow.reader, least(flow.reader))
    return case(
        RULE, flow.reader, "search_recommended", title, script,
        evidence=life.evidence, calls=3, credits=cost, needs=(Need.CONTROL,),
    )  # fmt: skip


# --- Pictures and links -------------------------------------------------------------------------------------


def _uploaded(stage: Stage, upload: Operation) -> str:
    return text(stage.account.call(upload, {"image": picture()}).data["url"])


def _said(service: Service, upload: Operation) -> Case:
    life = service.lives["image"]

    def script(stage: Stage) -> Iterator[str]:
        data = stage.account.call(upload, {"image": picture()}).data
        if whole(data["expire"]) * SECOND != life.length:
            yield f"expire says {data['expire']} s, the page {life.told}"
        signed = parse_qs(urlsplit(text(data["url"])).query).get("X-Amz-Expires", [])
        if signed != [str(life.length // SECOND)]:
            yield f"the link is signed for {', '.join(signed) or 'no'} seconds, the page says {life.told}"

    return case(RULE, upload, "said", "an upload says how long it lives", script, evidence=life.evidence)


def _link(
    service: Service, operation: Operation, kind: str, setting: str, made: Callable[[Stage], str], about: str = "link"
) -> Case:
    life = service.lives[_SIGNED[kind] if setting == "signed" else kind]

    def script(stage: Stage) -> Iterator[str]:
        stage.configure(link_lifetime=setting)
        url = made(stage)
        stage.advance(life.length - SECOND)
        if (alive := stage.account.fetch(url)).status != 200:
            yield f"one second before its end the link is refused with HTTP {alive.status}"
        stage.advance(SECOND)
        gone = stage.account.fetch(url)
        if gone.status != 403 or b"<Error" not in gone.body:
            yield f"at its end the link is not refused as a storage does, but answered with HTTP {gone.status}"

    title = f"a link lives {life.told}"
    cost = price(operation, least(operation))
    return case(
        RULE, operation, f"{about} {setting}", title, script,
        evidence=life.evidence, calls=6, credits=cost, needs=(Need.CONTROL,),
    )  # fmt: skip


def _answered_pictures(service: Service, operation: Operation) -> Iterator[Case]:
    def made(stage: Stage) -> str:
        items = stage.account.call(operation, least(operation)).items
        return text(items[0]["url"]) if items else ""

    for setting in ("documented", "signed"):
        yield _link(service, operation, "image", setting, made)


def _picture_name(operation: Operation) -> str | None:
    return next((name for name in ("url", "urls") if operation.parameter(name)), None)


def _picture_in_call(service: Service, operation: Operation, name: str, upload: Operation) -> Case:
    life = service.lives["image"]

    def script(stage: Stage) -> Iterator[str]:
        url = _uploaded(stage, upload)
        value: Any = [url] if name == "urls" else url
        values = {**least(operation), name: value}
        stage.advance(life.length - SECOND)
        stage.account.call(operation, values).wanted(0)
        stage.advance(SECOND)
        yield from judging.refused(stage, operation, stage.account.call(operation, values), Cause.PARAMETER_INVALID)

    title = f"an uploaded picture can be searched by for {life.told}"
    return case(
        RULE, operation, "picture", title, script,
        evidence=life.evidence, calls=3, credits=price(operation, least(operation)), needs=(Need.CONTROL,),
    )  # fmt: skip


def _report_links(service: Service, flow: Flow, name: str) -> Iterator[Case]:
    def made(stage: Stage) -> str:
        task = flow.create(stage.account)
        stage.advance(flow.until_done(stage.service, stage.now()))
        return text(flow.ask(stage.account, task).data[name])

    assert flow.maker.creates is not None
    yield _link(service, flow.maker, flow.maker.creates.life, "documented", made)
    if "report_link_signed" in flow.reader.lives:
        yield _link(service, flow.maker, flow.maker.creates.life, "signed", made)
