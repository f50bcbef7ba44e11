"""The ASGI application of a proxy: one exchange after the other passed on, watched and never altered.

What an exchange is judged by is known by its watcher. Bodies stream in both directions; a copy is kept to a bound.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import aclosing, suppress
from typing import Any

import httpx2

from emulator import clock
from emulator.verifier.proxy.headers import BREACH, FAULT, RawHeaders, bodied, text_of, to_client
from emulator.verifier.proxy.upstream import Upstream, UpstreamFailed
from emulator.verifier.proxy.watcher import Watcher
from emulator.verifier.recording.heard import Heard

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
KEPT = 8_388_608  # bytes of a body that are kept to be judged
AT_ONCE = 65_536  # bytes of an answer that are read before it goes on, so that its breaches stand in a header


class ClientGone(Exception):
    """The client left."""


class Copy:
    """What passed by, to a bound."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._size = 0

    def add(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size <= KEPT:
            self._chunks.append(chunk)
        else:
            self._chunks.clear()

    @property
    def whole(self) -> bytes | None:
        return b"".join(self._chunks) if self._size <= KEPT else None


class Exchanged:
    """One exchange on its way."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.at = clock.real_now()
        self.method: str = scope["method"]
        self.target: bytes = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
        self.headers: RawHeaders = list(scope["headers"])
        self._scope, self._receive = scope, receive
        self.sent, self.got = Copy(), Copy()
        self.asked = asyncio.Event()  # the whole request has been read
        self.judged = False  # whether the answer is one of which a copy is kept

    async def chunks(self) -> AsyncIterator[bytes]:
        """The client's body."""
        more = True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            chunk, more = message.get("body", b""), message.get("more_body", False)
            self.sent.add(chunk)
            if not more:
                self.asked.set()
            if chunk:
                yield chunk

    async def gone(self) -> None:
        """Until the client has left."""
        await self.asked.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass

    def came(self, chunk: bytes) -> None:
        """A piece of the answer."""
        if self.judged:
            self.got.add(chunk)

    def heard(self, answer: httpx2.Response | None, *, whole: bool) -> Heard:
        return Heard(
            at=self.at,
            method=self.method,
            path=self._scope["path"],
            raw_query=self._scope["query_string"].decode("latin-1"),
            headers=text_of(self.headers),
            body=self.sent.whole,
            status=answer.status_code if answer else None,
            answer_headers=text_of(answer.headers.raw) if answer else (),
            answer=self.got.whole if answer and self.judged else None,
            whole=whole,
            took=clock.real_now() - self.at,
        )


class Proxy:
    def __init__(self, upstream: Upstream, watcher: Watcher) -> None:
        self._upstream = upstream
        self._watcher = watcher

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        if scope["type"] != "http":
            return
        exchanged = Exchanged(scope, receive)
        passing = asyncio.ensure_future(self._pass(exchanged, send))
        leaving = asyncio.ensure_future(exchanged.gone())
        try:
            await asyncio.wait({passing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (passing, leaving):
                if not task.done():
                    task.cancel()
            await asyncio.gather(passing, leaving, return_exceptions=True)
        if not passing.cancelled():
            with suppress(ClientGone):
                passing.result()

    async def _live(self, receive: Receive, send: Send) -> None:
        """Until the server ends; connections to the upstream end with it."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                await self._upstream.close()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _pass(self, exchanged: Exchanged, send: Send) -> None:
        has_body = bodied(exchanged.headers)
        if not has_body:
            exchanged.asked.set()
        answer: httpx2.Response | None = None
        whole = False
        try:
            chunks = exchanged.chunks() if has_body else None
            answer = await self._upstream.send(exchanged.method, exchanged.target, exchanged.headers, chunks)
            whole = await self._answer(exchanged, answer, send)
        except UpstreamFailed as failure:
            self._watcher.failed(failure.sentence)
            if answer is None:
                await _refuse(send, failure.status, failure.sentence)
        finally:
            if answer is not None:
                await answer.stream.aclose()  # type: ignore[union-attr]
            self._watcher.heard(exchanged.heard(answer, whole=whole))

    async def _answer(self, exchanged: Exchanged, answer: httpx2.Response, send: Send) -> bool:
        """Pass an answer on; False where it broke off, and then the connection to the client breaks as well."""
        async with aclosing(self._upstream.body(answer)) as chunks:
            first, over, broken = await self._read_at_once(exchanged, answer, chunks)
            headers = to_client(answer.headers.raw)
            whole_by_now = exchanged.heard(answer, whole=True) if over and not broken else None
            if breaches := self._watcher.breaches(exchanged.heard(None, whole=False), whole_by_now):
                headers.append((BREACH, breaches))
            await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
            if first:
                await send({"type": "http.response.body", "body": first, "more_body": True})
            if broken is not None:
                raise broken
            if not over:
                async for chunk in chunks:
                    exchanged.came(chunk)
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        return True

    async def _read_at_once(
        self, exchanged: Exchanged, answer: httpx2.Response, chunks: AsyncIterator[bytes]
    ) -> tuple[bytes, bool, UpstreamFailed | None]:
        """The beginning of a JSON answer, whether that is all, and how it broke off meanwhile. Nothing of others."""
        first = b""
        exchanged.judged = "json" in answer.headers.get("content-type", "")
        if not exchanged.judged or _length(answer) > AT_ONCE:
            return first, False, None
        try:
            async for chunk in chunks:
                exchanged.came(chunk)
                first += chunk
                if len(first) > AT_ONCE:
                    return first, False, None
        except UpstreamFailed as failure:
            return first, True, failure
        return first, True, None


async def _refuse(send: Send, status: int, sentence: str) -> None:
    """An answer of ours, marked so that nobody takes it for the service's."""
    body = f"patsnap-emulator proxy: {sentence}.\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (FAULT, b"proxy"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _length(answer: httpx2.Response) -> int:
    told = answer.headers.get("content-length", "")
    return int(told) if told.isdecimal() and len(told) < 19 else 0
