"""How an answer goes over the wire: whole and at once, or broken in the way that was asked for.

Breaking a connection has no call in ASGI: under `serve` the transport comes with the scope (see `wire`). In the same
process there is no wire, and what a client would meet is raised instead.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Protocol

from emulator.behaviours.faults import Manner
from emulator.server.messages import Answer

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Wait = Callable[[float], Awaitable[object]]

WIRE = "emulator.wire"  # the extension of a scope that holds its Wire
_DROPS = 40  # pieces of an answer that drips


class Wire(Protocol):
    """The connection under an exchange."""

    def reset(self) -> None:
        """End it at once, with a TCP reset."""

    def close(self) -> None:
        """End it in good order, once what was written is on its way."""


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer and what the exchange makes of it: no body for HEAD; `close` when a body is still on its way."""

    answer: Answer
    head: bool
    close: bool

    @property
    def body(self) -> bytes:
        return b"" if self.head else self.answer.body

    @property
    def start(self) -> MutableMapping[str, Any]:
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in self.answer.headers]
        headers.append((b"content-length", str(len(self.answer.body)).encode()))
        if self.close:
            headers.append((b"connection", b"close"))
        return {"type": "http.response.start", "status": self.answer.status, "headers": headers}


async def deliver(whole: Whole, scope: Scope, receive: Receive, send: Send, wait: Wait) -> None:
    """Send an answer in its manner."""
    wire: Wire | None = scope.get("extensions", {}).get(WIRE)
    match whole.answer.manner:
        case None:
            await send(whole.start)
            await send(_part(whole.body))
        case Manner.DRIP:
            await _drip(whole, send, wait)
        case Manner.TRUNCATE:
            await _truncate(whole, wire, receive, send)
        case Manner.RESET:
            if wire is None:
                raise ConnectionResetError("a planned fault resets the connection")
            wire.reset()
            await _gone(receive)
        case Manner.HANG:
            if wire is None:
                raise TimeoutError("a planned fault lets the answer hang")
            await _gone(receive)


async def _drip(whole: Whole, send: Send, wait: Wait) -> None:
    """The body in small pieces, evenly over the time it shall take."""
    await send(whole.start)
    size = max(1, -(-len(whole.body) // _DROPS))
    pieces = [whole.body[start : start + size] for start in range(0, len(whole.body), size)]
    for piece in pieces:
        await wait(whole.answer.drip / 1000 / len(pieces))
        await send(_part(piece, more=True))
    await send(_part(b""))


async def _truncate(whole: Whole, wire: Wire | None, receive: Receive, send: Send) -> None:
    """Half of the body that the headers announce."""
    await send(whole.start)
    await send(_part(whole.body[: len(whole.body) // 2], more=True))
    if wire is None:
        raise ConnectionResetError("a planned fault cuts the answer short")
    wire.close()
    await _gone(receive)


def _part(body: bytes, *, more: bool = False) -> MutableMapping[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": more}


async def _gone(receive: Receive) -> None:
    """Until the connection is gone, so that the server does not take the exchange for one without an answer."""
    while (await receive())["type"] != "http.disconnect":
        pass
