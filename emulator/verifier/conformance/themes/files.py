"""What links of answers lead to: reports that are PDF or Word files, pictures that are pictures, and nothing else.

A link that was touched, or that is not signed, is refused as a storage refuses: with 403 and a body of XML.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Answer, text
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.flows import Flow, tasks
from emulator.verifier.conformance.pictures import picture
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage

RULE = "file"
_KINDS = {
    "pdf": (b"%PDF-", "application/pdf"),
    "word": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_LINKS = ("report_url", "download_url")


def cases(service: Service) -> Iterator[Case]:
    for flow in tasks(service):
        for name in _LINKS:
            if name in flow.reader.answer["properties"]["data"]["properties"]:
                types = flow.maker.parameter("report_type")
                for kind in types.schema_["enum"] if types else ["pdf"]:
                    yield _report(flow, name, kind, {"report_type": kind} if types else {})
                yield _same_link(flow, name)
    upload = service.operations["P010"]
    yield _upload(upload)
    for operation in service.operations.values():
        if "score" in str(operation.answer) and not operation.reads and operation.security == "shared":
            yield _answered(operation)


def _report(flow: Flow, name: str, kind: str, values: dict[str, Any]) -> Case:
    magic, media_type = _KINDS[kind]

    def script(stage: Stage) -> Iterator[str]:
        made = flow.create(stage.account, **values)
        if name in flow.ask(stage.account, made).data:
            yield f"{name} is there before the report is"
        stage.advance(flow.until_done(stage.service, stage.now()))
        url = text(flow.ask(stage.account, made).data[name])
        yield from _is(stage.account.fetch(url), magic, media_type)
        yield from _guarded(stage, url)
        another = flow.create(stage.account, **values)
        stage.advance(flow.until_done(stage.service, stage.now()))
        if text(flow.ask(stage.account, another).data[name]) == url:
            yield "two reports have the same link"

    title = f"the link of a finished report leads to a file of the kind {kind}, and only as it was given"
    cost = 2 * price(flow.maker, least(flow.maker))
    return case(RULE, flow.reader, kind, title, script, calls=12, credits=cost, needs=(Need.CONTROL,))


def _same_link(flow: Flow, name: str) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        made = flow.create(stage.account)
        stage.advance(flow.until_done(stage.service, stage.now()))
        links = set()
        for _ in range(3):
            links.add(text(flow.ask(stage.account, made).data[name]))
            stage.advance(3_600_000)
        if len(links) > 1:
            yield "the link of one report is another each time"

    title = "each question is answered with the same link"
    cost = price(flow.maker, least(flow.maker))
    return case(RULE, flow.reader, "same link", title, script, calls=4, credits=cost, needs=(Need.CONTROL,))


def _upload(upload: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        url = text(stage.account.call(upload, {"image": picture()}).data["url"])
        got = stage.account.fetch(url)
        if got.body != picture():
            yield f"the link of an upload leads to other {len(got.body)} bytes (HTTP {got.status})"
        yield from _guarded(stage, url)
        if stage.account.call(upload, {"image": picture()}).data["url"] == url:
            yield "two uploads have the same link"

    return case(RULE, upload, "", "an uploaded picture is kept as it came", script, calls=9, needs=(Need.CONTROL,))


def _answered(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        items = stage.account.call(operation, least(operation)).items
        if not items:
            yield "the page's example finds nothing"
            return
        got = stage.account.fetch(text(items[0]["url"]))
        kind = next((kind for magic, kind in _PICTURES.items() if got.body.startswith(magic)), None)
        if got.status != 200 or kind is None or got.header("content-type") != kind:
            yield f"a picture's link leads to {got.header('content-type')} (HTTP {got.status}), not to a picture"
        yield from _guarded(stage, text(items[0]["url"]))

    cost = price(operation, least(operation))
    return case(
        RULE, operation, "", "the pictures of an answer are pictures", script,
        calls=8, credits=cost, needs=(Need.CONTROL,),
    )  # fmt: skip


def _is(answer: Answer, magic: bytes, media_type: str) -> Iterator[str]:
    if answer.status != 200 or not answer.body.startswith(magic):
        yield f"the link leads to {answer.body[:8]!r}... (HTTP {answer.status})"
    whole = zipfile.is_zipfile(io.BytesIO(answer.body)) if magic[:2] == b"PK" else b"%%EOF" in answer.body[-1024:]
    if not whole:
        yield f"the file breaks off after {len(answer.body)} bytes"
    if answer.header("content-type") != media_type:
        yield f"the file's type is {answer.header('content-type')}, not {media_type}"


def _guarded(stage: Stage, url: str) -> Iterator[str]:
    """Whether a link is refused that is not quite the one that was given."""
    base, _, query = url.partition("?")
    parts = query.split("&")
    touched = {
        "without its signature": f"{base}?{'&'.join(part for part in parts if 'Signature' not in part)}",
        "with another signature": url[:-4] + "0000",
        "with a longer life": url.replace("X-Amz-Expires=", "X-Amz-Expires=9"),
        "with another date": url.replace("X-Amz-Date=2", "X-Amz-Date=3"),
        "with a name more": url + "&more=1",
        "bare": f"{urlsplit(base).scheme}://{urlsplit(base).netloc}{urlsplit(base).path}",
    }
    for how, link in touched.items():
        answer = stage.account.fetch(link)
        if answer.status != 403 or b"<Error" not in answer.body:
            yield f"{how} the link is answered with HTTP {answer.status}"
