"""The exchanges of one case, kept for the report: texts for people, without the secrets they were made with.

What secrets are is known by who called; links lose their signatures. Long bodies are cut.
"""

import re
from typing import TYPE_CHECKING

import httpx2

from emulator.contract.exchange import Exchange
from emulator.verifier.conformance.answers import Answer, Departed

if TYPE_CHECKING:
    from emulator.verifier.conformance.stage import Stage

_LONGEST = 4000
_SIGNED = re.compile(r"(X-Amz-(?:Signature|Credential)=)[^&\"\s]+")
_SECRET_MEMBERS = re.compile(r'("(?:token|client_secret|secret|api_key)"\s*:\s*")[^"]+')
_KEYS = re.compile(r"\bsk-[A-Za-z0-9]{8,}")
_FORM = re.compile(r"((?:client_secret|apikey)=)[^&\s]+")
_HIDDEN = r"\1..."


class Kept:
    """What a case sent and was answered, in order."""

    def __init__(self, keep: bool = True) -> None:
        self._keep = keep
        self._heard: list[Exchange] = []
        self.stage: Stage | None = None
        self.calls = 0
        self.credits = 0

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        return tuple(self._heard)

    def heard(self, request: httpx2.Request, answer: Answer) -> None:
        """Told of every exchange, as it ends."""
        self.calls += 1
        self.credits += answer.price or 0
        if self._keep:
            self._heard.append(self._exchange(request, answer))

    def _exchange(self, request: httpx2.Request, answer: Answer) -> Exchange:
        query = scrubbed(request.url.query.decode("ascii", "replace"))
        return Exchange(
            id=answer.header("x-correlation-id") or f"call-{self.calls}",
            at=0,
            account="",
            operation=self._operation(request),
            method=request.method,
            path=request.url.path,
            query=query,
            status=answer.status,
            code=_code(answer),
            cost=answer.price or 0,
            reason=answer.reason or None,
            request=_shown(request.content, request.headers.get("content-type", "")),
            answer=_shown(answer.body, answer.header("content-type") or ""),
        )

    def _operation(self, request: httpx2.Request) -> str | None:
        operations = self.stage.service.operations.values() if self.stage else ()
        asked = (request.method, request.url.path)
        return next((one.id for one in operations if (one.method, one.path) == asked), None)


def scrubbed(text: str) -> str:
    """A text without secrets: tokens, keys, signatures."""
    for pattern in (_SIGNED, _SECRET_MEMBERS, _FORM):
        text = pattern.sub(_HIDDEN, text)
    return _KEYS.sub("sk-...", text)


def _shown(body: bytes, kind: str) -> str:
    if "json" in kind or "form-urlencoded" in kind or "xml" in kind or "text" in kind:
        told = scrubbed(body[: 2 * _LONGEST].decode("utf-8", "replace"))
        return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}... ({len(body)} bytes)"
    return f"({len(body)} bytes of {kind or 'nothing'})" if body else ""


def _code(answer: Answer) -> int | None:
    try:
        code = answer.code
    except Departed:
        return None
    return code if code >= 0 else None
