"""The exchanges of one case, kept for the report: texts for people, without the secrets they were made with.

What a secret is, is known by `contract.secrecy`. Long bodies are cut.
"""

from typing import TYPE_CHECKING

import httpx2

from emulator.contract.exchange import Exchange
from emulator.contract.secrecy import body_without_secrets, query_without_secrets
from emulator.contract.shown import marked
from emulator.spec.models import Operation
from emulator.verifier.conformance.answers import Answer, Departed

if TYPE_CHECKING:
    from emulator.verifier.conformance.stage import Stage

_LONGEST = 4000


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
        operation = self._operation(request)
        cost = _cost(operation, answer)
        self.credits += cost
        if self._keep:
            self._heard.append(self._exchange(request, answer, operation.id if operation else None, cost))

    def _exchange(self, request: httpx2.Request, answer: Answer, operation: str | None, cost: int) -> Exchange:
        query = query_without_secrets(request.url.query.decode("ascii", "replace"))
        return Exchange(
            id=answer.header("x-correlation-id") or f"call-{self.calls}",
            at=0,
            account="",
            operation=operation,
            method=request.method,
            path=request.url.path,
            query=query,
            status=answer.status,
            code=_code(answer),
            cost=cost,
            reason=answer.reason or None,
            request=_shown(request.content, request.headers.get("content-type", "")),
            answer=_shown(answer.body, answer.header("content-type") or ""),
        )

    def _operation(self, request: httpx2.Request) -> Operation | None:
        operations = self.stage.service.operations.values() if self.stage else ()
        asked = (request.method, request.url.path)
        return next((one for one in operations if (one.method, one.path) == asked), None)


def _cost(operation: Operation | None, answer: Answer) -> int:
    """Credits by the header; where it is missing, what a success costs by its page."""
    if answer.price is not None:
        return answer.price
    if operation is None or operation.price.per == "nothing" or _code(answer) != 0:
        return 0
    data = answer.json.get("data")
    count = len(data) if operation.price.per == "item" and isinstance(data, list) else 1
    return operation.price.credits * count


def _shown(body: bytes, kind: str) -> str:
    if "json" in kind or "form-urlencoded" in kind or "xml" in kind or "text" in kind:
        told = body_without_secrets(body[: 2 * _LONGEST].decode("utf-8", "replace"))
        return marked(told[:_LONGEST], len(body), cut=len(told) > _LONGEST)
    return f"({len(body)} bytes of {kind or 'nothing'})" if body else ""


def _code(answer: Answer) -> int | None:
    try:
        code = answer.code
    except Departed:
        return None
    return code if code >= 0 else None
