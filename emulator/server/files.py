"""Files behind signed links: uploaded pictures, pictures of patents, report PDFs.

A link is judged on the clock of the account that owns it. What is refused is refused as the storage behind the
vendor's links does it: status 403 or 404 and a body of XML.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from xml.sax.saxutils import escape

from emulator import clock, entropy
from emulator.behaviours import evaluation, images, links
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.links import FilePath, LinkState
from emulator.behaviours.world import Account, World
from emulator.server.envelope import REASON_HEADER, header_text
from emulator.server.journal import NOBODY, Entry, Journal
from emulator.server.messages import Answer, Request

_TYPES = {"png": "image/png", "jpg": "image/jpeg", "pdf": "application/pdf"}
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


class Files:
    def __init__(self, world: World, accounts: Accounts, clocks: Clocks, journal: Journal, stranger: Account) -> None:
        self._world = world
        self._accounts = accounts
        self._clocks = clocks
        self._journal = journal
        self._stranger = stranger

    def serve(self, request: Request) -> Answer:
        """The file, or a refusal in XML; in the journal either way."""
        path = links.path_of(request.path)
        account = (self._accounts.find(path.account) if path else None) or self._stranger
        now = self._clocks.now(account.id)
        refusal, content = self._judge(request, account, path, now)
        correlation = entropy.dashed(self._world.draw(account, "correlation"))
        answer = _found(content, request.path, now) if refusal is None else _refused(refusal, now, correlation)
        self._journal.add(
            Entry(
                account=account.id if account is not self._stranger else NOBODY,
                operation="file",
                now=now,
                correlation=correlation,
                code=None,
                cause=None,
                reason=refusal[3] if refusal else None,
                cost=0,
                remarks=(),
                fault=False,
                secret=True,
            ),
            request,
            answer,
        )
        return answer

    def _judge(
        self, request: Request, account: Account, path: FilePath | None, now: int
    ) -> tuple[Refusal | None, bytes]:
        if path is None or account is self._stranger:
            return _REFUSALS[LinkState.UNSIGNED], b""
        if request.method not in ("GET", "HEAD"):
            return _METHOD, b""
        state = links.judge(account, path, _query(request), now)
        if state is not LinkState.GOOD:
            return _REFUSALS[state], b""
        content = _READERS[path.kind](self._world, account, path.name, now) if path.kind in _READERS else None
        if content is None:
            return (_CLEARED if path.kind in (evaluation.REPORTS, images.UPLOADS) else _MISSING), b""
        return None, content


def _query(request: Request) -> dict[str, str]:
    try:
        return dict(request.query)
    except ValueError:
        return {}


def _upload(world: World, account: Account, name: str, now: int) -> bytes | None:
    record = world.store.get(account.id, images.TABLE, name)
    if record is None or now >= record["created"] + record["life"]:
        return None
    return world.store.get_bytes(account.id, images.TABLE, name)


_READERS: Mapping[str, Callable[[World, Account, str, int], bytes | None]] = {
    images.UPLOADS: _upload,
    images.PATENTS: lambda world, account, name, now: images.patent_picture(world, name),
    evaluation.REPORTS: evaluation.report_file,
}


def _found(content: bytes, path: str, now: int) -> Answer:
    kind = _TYPES.get(path.rpartition(".")[2], "application/octet-stream")
    return Answer(
        200,
        content,
        (
            ("content-type", kind),
            ("date", clock.http_date(now)),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "private, no-store"),
        ),
    )


def _refused(refusal: Refusal, now: int, correlation: str) -> Answer:
    status, code, message, reason = refusal
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{escape(message)}</Message>'
        f"<RequestId>{correlation}</RequestId></Error>"
    )
    return Answer(
        int(status),
        body.encode(),
        (("content-type", "application/xml"), ("date", clock.http_date(now)), (REASON_HEADER, header_text(reason))),
    )
