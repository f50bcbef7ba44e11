"""What links say, and lead to beyond the first picture of an answer: words, thumbnails, JPEGs, files that are gone.

The words of a storage's refusals are taken from the storage whose links the vendor's samples have.
"""

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from PIL import Image

from emulator.spec.evidence import OURS
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Answer, objects, text
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.flows import Flow, tasks
from emulator.verifier.conformance.pictures import picture
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage
from emulator.verifier.conformance.themes.brought import bring, design
from emulator.verifier.conformance.themes.files import RULE

_LINKS = ("report_url", "download_url")
_THUMBNAIL = 120  # pixels at most, by the field's name
_NUMBER = "CN399000021S"
_TOUCHED, _REFUSED, _MISSING = "SignatureDoesNotMatch", "AccessDenied", "NoSuchKey"


def cases(service: Service) -> Iterator[Case]:
    upload = service.operations["P010"]
    yield _words(service, upload)
    yield _refusals(upload)
    yield _jpeg(upload)
    yield _forgotten(service.operations["P060"])
    for flow in tasks(service):
        name = next((one for one in _LINKS if one in flow.reader.answer["properties"]["data"]["properties"]), None)
        if name:
            yield _ended(flow, name)
        if "url_120" in str(flow.reader.answer):
            yield _thumbnails(flow)


def _uploaded(stage: Stage, upload: Operation, content: bytes | None = None) -> str:
    return text(stage.account.call(upload, {"image": content or picture()}).data["url"])


def _words(service: Service, upload: Operation) -> Case:
    rules = service.links

    def script(stage: Stage) -> Iterator[str]:
        said = parse_qs(urlsplit(_uploaded(stage, upload)).query)
        if said.get("X-Amz-Algorithm") != [rules.algorithm]:
            yield f"a link is signed by {said.get('X-Amz-Algorithm')}, the samples by {rules.algorithm}"
        (credential,) = said.get("X-Amz-Credential", [""])
        holder, _, scope = credential.partition("/")
        if not scope.endswith(f"/{rules.scope}"):
            yield f"a link is good for {scope}, the samples for a day and {rules.scope}"
        if stage.house.control and holder != rules.credential:
            yield f"a link is signed by {holder}, not by {rules.credential}"

    return case(RULE, upload, "words", "a link has the words of the sample links", script, evidence=rules.evidence)


def _said(answer: Answer, status: int, code: str) -> Iterator[str]:
    if answer.status != status or f"<Code>{code}</Code>".encode() not in answer.body:
        yield f"HTTP {status} with {code} was expected, and HTTP {answer.status} with {answer.body[:80]!r} came"


def _refusals(upload: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        url = _uploaded(stage, upload)
        unsigned = "&".join(part for part in url.split("&") if "Signature" not in part)
        yield from _said(stage.account.fetch(unsigned), 403, _REFUSED)
        yield from _said(stage.account.fetch(url + "&more=1"), 403, _TOUCHED)
        stage.advance(100 * 86_400_000)
        yield from _said(stage.account.fetch(url), 403, _REFUSED)

    title = "a link is refused as unsigned, touched or expired, each by its code"
    return case(RULE, upload, "refusals", title, script, evidence=OURS, calls=4, needs=(Need.CONTROL,))


def _jpeg(upload: Operation) -> Case:
    out = io.BytesIO()
    Image.open(io.BytesIO(picture())).save(out, "JPEG")

    def script(stage: Stage) -> Iterator[str]:
        got = stage.account.fetch(_uploaded(stage, upload, out.getvalue()))
        if (got.status, got.header("content-type"), got.body) != (200, "image/jpeg", out.getvalue()):
            yield f"a JPEG comes back as {got.header('content-type')}, {len(got.body)} bytes (HTTP {got.status})"

    title = "a JPEG is kept as it came"
    return case(RULE, upload, "jpeg", title, script, calls=2, needs=(Need.CONTROL,))


def _forgotten(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        bring(stage, design(_NUMBER))
        (found,) = objects(stage.account.call(operation, {**least(operation), "main_field": _NUMBER}).items)
        url = text(found["url"])
        if (there := stage.account.fetch(url)).status != 200:
            yield f"the picture of a patent brought is refused with HTTP {there.status}"
        stage.control.of(stage.account.client_id, "DELETE", "/patents")
        yield from _said(stage.account.fetch(url), 404, _MISSING)

    title = "the picture of a patent that is there no more is not found"
    return case(
        RULE, operation, "forgotten", title, script,
        evidence=OURS, calls=3, credits=price(operation, least(operation)), needs=(Need.CONTROL,),
    )  # fmt: skip


def _ended(flow: Flow, name: str) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.plan("immediate")
        made = flow.create(stage.account)
        url = text(flow.ask(stage.account, made).data[name])
        stage.account.fetch(url)
        change: Any = {"state": "expired"}
        stage.control.of(stage.account.client_id, "PATCH", f"/tasks/{made}", change)
        yield from _said(stage.account.fetch(url), 403, _REFUSED)

    title = "the file of a report that has expired is gone"
    cost = price(flow.maker, least(flow.maker))
    return case(
        RULE, flow.reader, "expired", title, script, evidence=OURS, calls=4, credits=cost, needs=(Need.CONTROL,)
    )


def _thumbnails(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.plan("immediate")
        data = flow.ask(stage.account, flow.create(stage.account)).data
        row = objects(data["rrffusion_response"]["patent_messages"])[0]
        sizes = []
        for name in ("url", "url_120"):
            got = stage.account.fetch(text(row[name]))
            if got.status != 200:
                yield f"{name} leads to HTTP {got.status}"
                return
            sizes.append(max(Image.open(io.BytesIO(got.body)).size))
        if sizes[1] > _THUMBNAIL or sizes[0] <= sizes[1]:
            yield f"the picture is {sizes[0]} pixels long, its thumbnail {sizes[1]}"

    title = "a thumbnail is a small picture"
    cost = price(flow.maker, least(flow.maker))
    return case(RULE, flow.reader, "thumbnail", title, script, calls=4, credits=cost, needs=(Need.CONTROL,))
