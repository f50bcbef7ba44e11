"""Files behind signed links: uploaded pictures, pictures of patents, reports.

A link is judged on the clock of the account that owns it. What is refused is refused as the storage behind the
vendor's links does it: status 403 or 404 and a body of XML.
"""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from xml.sax.saxutils import escape

from emulator import clock
from emulator.behaviours import evaluation, images, links, patent_pictures, valuation
from emulator.behaviours.links import FilePath, LinkState
from emulator.behaviours.world import Account, World
from emulator.server.envelope import FAULT_HEADER, REASON_HEADER, fault_told, header_text
from emulator.server.facts import Facts
from emulator.server.journal import Entry
from emulator.server.messages import Answer, Request
from emulator.server.parts import Parts
from emulator.server.trouble import PAGE, OtherAnswer, heed_fault, page_of
from emulator.server.visit import Visit
from emulator.spec.models import FILE

_log = logging.getLogger("emulator")
_NOWHERE = FilePath("", "", "")
_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
Refusal = tuple[HTTPStatus, str, str, str]
_FORBIDDEN, _GONE = HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND
_REFUSALS: Mapping[LinkState, Refusal] = {
    LinkState.UNSIGNED: (_FORBIDDEN, "AccessDenied", "Access Denied", "the link carries no signature"),
    LinkState.TAMPERED: (
        _FORBIDDEN,
        "SignatureDoesNotMatch",
        "The request signature does not match",
        "the link was altered",
    ),
    LinkState.EXPIRED: (
        _FORBIDDEN,
        "AccessDenied",
        "Request has expired",
        "the link has expired on the account's clock",
    ),
}
_MISSING: Refusal = (_GONE, "NoSuchKey", "The specified key does not exist.", "there is no such file")
_CLEARED: Refusal = (_FORBIDDEN, "AccessDenied", "Request has expired", "the file's life has ended and it was cleared")
_METHOD: Refusal = (
    HTTPStatus.METHOD_NOT_ALLOWED,
    "MethodNotAllowed",
    "The specified method is not allowed.",
    "files are read with GET",
)


_FAULT = (HTTPStatus.INTERNAL_SERVER_ERROR, "InternalError", "We encountered an internal error.")


class Files:
    def __init__(self, parts: Parts) -> None:
        self._world = parts.world
        self._accounts = parts.accounts
        self._clocks = parts.clocks
        self._journal = parts.journal
        self._faults = parts.faults
        self._facts = Facts(parts.world.service, {})
        self._stranger = parts.stranger

    def serve(self, request: Request) -> Answer:
        """The file, or a refusal in XML; in the journal either way."""
        path = links.path_of(request.path)
        owner = self._accounts.find(path.account) if path else None
        moment = self._clocks.moment()
        visit = Visit(owner or self._stranger, moment, moment.real)
        try:
            answer, reason = self._answer(request, owner, path, visit)
        except OtherAnswer as other:
            answer = Answer(other.status or 0, page_of(other.status), (("content-type", PAGE),), *visit.way)
            reason = other.asked
        except Exception as error:
            _log.exception("fault of the emulator in %s %s", request.method, request.path)
            visit.fault, reason = True, fault_told(error)
            answer = _refused((*_FAULT, reason), visit, visit.id(self._world))
        facts = self._facts.of_file(request, visit)
        entry = Entry.of(visit, FILE, visit.id(self._world), facts, reason=reason)
        self._journal.add(entry, request, answer)
        return answer

    def _answer(
        self, request: Request, owner: Account | None, path: FilePath | None, visit: Visit
    ) -> tuple[Answer, str | None]:
        refusal, content = self._judge(request, owner, path, visit)
        if refusal is None:
            return _found(content, request.path, visit), None
        return _refused(refusal, visit, visit.id(self._world)), refusal[3]

    def _judge(
        self, request: Request, owner: Account | None, path: FilePath | None, visit: Visit
    ) -> tuple[Refusal | None, bytes]:
        """A path of nobody is refused like one of somebody with a wrong signature."""
        query = _query(request)
        state = links.judge(owner or self._stranger, path or _NOWHERE, query, visit.now)
        if owner is None or path is None:
            state = LinkState.UNSIGNED if state is LinkState.UNSIGNED else LinkState.TAMPERED
        if state is not LinkState.GOOD or owner is None or path is None:
            return _REFUSALS[state], b""
        if request.method not in ("GET", "HEAD"):
            return _METHOD, b""
        heed_fault(self._faults.met(owner, FILE), visit)
        try:
            return None, _READERS[path.kind](self._world, owner, path.name, visit.now)
        except links.Gone as gone:
            return (_CLEARED if gone.was_there else _MISSING), b""


def _query(request: Request) -> tuple[tuple[str, str], ...]:
    try:
        return request.query
    except ValueError:
        return ()


_READERS: Mapping[str, Callable[[World, Account, str, int], bytes]] = {
    images.UPLOADS: images.uploaded_file,
    patent_pictures.PATENTS: lambda world, account, name, now: patent_pictures.patent_picture(world, account, name),
    evaluation.REPORTS: evaluation.report_file,
    valuation.VALUATIONS: valuation.valuation_file,
}


def _found(content: bytes, path: str, visit: Visit) -> Answer:
    kind = _TYPES.get(path.rpartition(".")[2], "application/octet-stream")
    return Answer(
        200,
        content,
        (
            ("content-type", kind),
            ("date", clock.http_date(visit.now)),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "private, no-store"),
        ),
        *visit.way,
    )


def _refused(refusal: Refusal, visit: Visit, correlation: str) -> Answer:
    status, code, message, reason = refusal
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{escape(message)}</Message>'
        f"<RequestId>{correlation}</RequestId></Error>"
    )
    headers = [
        ("content-type", "application/xml"),
        ("date", clock.http_date(visit.now)),
        (REASON_HEADER, header_text(reason)),
    ]
    if visit.fault:
        headers.append((FAULT_HEADER, "true"))
    return Answer(int(status), body.encode(), tuple(headers), *visit.way)
