"""The ASGI application: sockets on one side, plain requests and answers on the other.

Sends `/_emulator` to the control application and everything else to functions that know no sockets. The body of a
request is read to a bound, the rest of it is thrown away to another bound; nothing waits for ever.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from emulator.behaviours.links import PREFIX as FILES
from emulator.server import delivery
from emulator.server.delivery import Application, Receive, Scope, Send, Whole
from emulator.server.messages import Answer, Request

CONTROL = "/_emulator"


class ClientGone(Exception):
    """The client went away before its request was whole."""


@dataclass(frozen=True)
class Patience:
    """How much of a body is kept, how much is read at all, and how many seconds it may take."""

    kept: int
    passed_over: int
    seconds: int


class Gateway:
    """`respond` answers calls of the API, `respond_apart` those that take long, `serve_file` those for files."""

    def __init__(
        self,
        respond: Callable[[Request], Answer],
        respond_apart: Callable[[Request], Answer],
        serve_file: Callable[[Request], Answer],
        control: Application,
        patience: Patience,
    ) -> None:
        self._respond = respond
        self._respond_apart = respond_apart
        self._serve_file = serve_file
        self._control = control
        self._patience = patience
        self.wait: Callable[[float], Awaitable[object]] = asyncio.sleep  # for seconds of real time
        self._uploads = ThreadPoolExecutor(1, "upload")  # pictures are unfolded one at a time, apart from other calls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1003})
        elif scope["path"] == CONTROL or scope["path"].startswith(CONTROL + "/"):
            await self._control(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await _body(receive, self._patience)
        except ClientGone:
            return
        request = _request(scope, body)
        if request.path.startswith(FILES):
            answer = await asyncio.to_thread(self._serve_file, request)
        elif request.media_type.startswith("multipart/"):  # long to unfold: only who changes accounts waits
            answer = await asyncio.get_running_loop().run_in_executor(self._uploads, self._respond_apart, request)
        else:
            answer = self._respond(request)
        if answer.delay:
            await self._hold_back(answer.delay / 1000, served=delivery.wire_of(scope) is not None)
        whole = Whole(answer, head=request.method == "HEAD", close=body is None)
        await delivery.deliver(whole, scope, receive, send, self.wait)

    async def _hold_back(self, seconds: float, *, served: bool) -> None:
        """A real wait. Who ends it is a server that stops, and then the answer goes at once, or an impatient caller."""
        try:
            await self.wait(seconds)
        except asyncio.CancelledError:
            if not served:
                raise


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _body(receive: Receive, patience: Patience) -> bytes | None:
    """The body; None when it is longer than what is kept, or did not come in time."""
    chunks: list[bytes] = []
    size, more = 0, True
    try:
        async with asyncio.timeout(patience.seconds):
            while more and size <= patience.passed_over:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGone
                chunk = message.get("body", b"")
                size += len(chunk)
                if size <= patience.kept:
                    chunks.append(chunk)
                more = message.get("more_body", False)
    except TimeoutError:
        return None
    return b"".join(chunks) if size <= patience.kept else None


def _request(scope: Scope, body: bytes | None) -> Request:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    address, port = scope.get("server") or ("localhost", None)
    return Request(
        method=scope["method"],
        path=scope["path"],
        raw_query=scope["query_string"].decode("latin-1"),
        headers=headers,
        body=body or b"",
        scheme=scope["scheme"],
        server=f"{address}:{port}" if port else str(address),
        dropped=body is None,
    )
