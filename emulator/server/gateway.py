"""The ASGI application: sockets on one side, plain requests and answers on the other.

Sends `/_emulator` to the control application and everything else to functions that know no sockets. The body of a
request is read to a bound, the rest of it is thrown away to another bound; nothing waits for ever.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from emulator.behaviours.links import PREFIX as FILES
from emulator.server.messages import Answer, Request

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

CONTROL = "/_emulator"
_THROWN_AWAY = 64 * 1024 * 1024
_BODY_TIMEOUT_S = 30.0


class ClientGone(Exception):
    """The client went away, or was too slow, before its request was whole."""


class Gateway:
    """`respond` answers calls of the API, `serve_file` those for files; `most` bytes of a body are kept."""

    def __init__(
        self,
        respond: Callable[[Request], Answer],
        serve_file: Callable[[Request], Answer],
        control: Application,
        most: int,
    ) -> None:
        self._respond = respond
        self._serve_file = serve_file
        self._control = control
        self._most = most

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
            request = await asyncio.wait_for(_read(scope, receive, self._most), _BODY_TIMEOUT_S)
        except (ClientGone, TimeoutError):
            return
        if request.path.startswith(FILES):
            answer = await asyncio.to_thread(self._serve_file, request)
        else:
            answer = self._respond(request)
        if answer.delay:
            await asyncio.sleep(answer.delay / 1000)
        await _send(answer, send, head=request.method == "HEAD")


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _read(scope: Scope, receive: Receive, most: int) -> Request:
    chunks: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect" or size > _THROWN_AWAY:
            raise ClientGone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= most:
            chunks.append(chunk)
        more = message.get("more_body", False)
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    return Request(
        method=scope["method"],
        path=scope["path"],
        raw_query=scope["query_string"].decode("latin-1"),
        headers=headers,
        body=b"".join(chunks) if size <= most else b"",
        scheme=scope["scheme"],
        dropped=size > most,
    )


async def _send(answer: Answer, send: Send, *, head: bool) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else answer.body})
