"""A forward proxy on loopback that leads tunnels to one port of this machine and refuses everything else.

It looks up no name and connects nowhere but there. Who is led and who is refused is decided in `wanted`; a client that
begins with TLS at once, as `preload.cjs` lets Node do, is led like one that asked. What the emulator answers is not
known here.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any

from emulator.verifier.intercept import wanted
from emulator.verifier.intercept.tunnel import End, join
from emulator.verifier.intercept.wanted import Refusal

LOOPBACK = "127.0.0.1"
_HEAD = 16_384  # bytes of a request's head
_HEAD_ENDS = b"\r\n\r\n"
_TLS_BEGINS = b"\x16"
_KEPT = 100  # kinds of refused wishes that are told apart
_GRANTED = b"HTTP/1.1 200 Connection established\r\n\r\n"
_REFUSED = "Refused by patsnap-emulator --intercept"  # many programs show the reason and no body


@dataclass(frozen=True)
class Patience:
    """Seconds of real time: for the head of a request to come whole, and for a refused client to leave."""

    head: float = 10.0
    farewell: float = 2.0


class Listener:
    """`port` is where it listens; `leads_to` is the port of this machine that tunnels end at, once it is known."""

    def __init__(self, hosts: Collection[str], patience: Patience) -> None:
        self._hosts = frozenset(hosts)
        self._patience = patience
        self._clients: set[asyncio.Task[None]] = set()
        self._refused: Counter[Refusal] = Counter()
        self._server: asyncio.Server | None = None
        self.port = 0
        self.leads_to: int | None = None

    @property
    def refused(self) -> dict[Refusal, int]:
        """What was refused and how often."""
        return dict(self._refused)

    @property
    def clients(self) -> int:
        """Connections that are open now."""
        return len(self._clients)

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._meet, LOOPBACK, 0, limit=_HEAD, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Nobody is listened to any more, and whoever is still connected is cut off."""
        assert self._server is not None
        self._server.close()
        for client in self._clients:
            client.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)
        await self._server.wait_closed()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._clients.add(task)
        client = End(reader, writer)
        try:
            await self._serve(client)
        except (OSError, asyncio.IncompleteReadError):  # it left before it was served
            client.reset()
        except asyncio.CancelledError:  # the end of the listener
            client.reset()
        finally:
            writer.close()
            self._clients.discard(task)

    async def _serve(self, client: End) -> None:
        first = await self._first(client)
        if not first:
            return
        refusal = None if first == _TLS_BEGINS else await self._head(client, first)
        if refusal is None:
            refusal = await self._lead(client, first)
        if refusal is not None:
            await self._refuse(client, refusal)

    async def _first(self, client: End) -> bytes:
        """The first byte; nothing from a client that only connects."""
        try:
            async with asyncio.timeout(self._patience.head):
                return await client.reader.read(1)
        except TimeoutError:
            return b""

    async def _head(self, client: End, first: bytes) -> Refusal | None:
        try:
            async with asyncio.timeout(self._patience.head):
                return wanted.judge(first + await client.reader.readuntil(_HEAD_ENDS), self._hosts)
        except TimeoutError:
            return Refusal(408, "something that did not come in time", "the head of the request did not come in time")
        except asyncio.LimitOverrunError:
            return Refusal(431, "something too long", f"the head of the request is longer than {_HEAD} bytes")

    async def _lead(self, client: End, first: bytes) -> Refusal | None:
        """Join a client with the emulator, until they part. Returns why that was not possible."""
        if self.leads_to is None:
            return Refusal(503, "the service", "the emulator has not started yet")
        try:
            emulator = End(*await asyncio.open_connection(LOOPBACK, self.leads_to))
        except OSError:
            return Refusal(502, "the service", "the emulator does not answer any more")
        try:
            if first == _TLS_BEGINS:
                emulator.writer.write(first)
            else:
                client.writer.write(_GRANTED)
            await join(client, emulator)
        finally:
            emulator.writer.close()
        return None

    async def _refuse(self, client: End, refusal: Refusal) -> None:
        """Count and answer; what the client still sends is thrown away, as a reset would lose the answer."""
        if refusal in self._refused or len(self._refused) < _KEPT:
            self._refused[refusal] += 1
        else:
            self._refused[Refusal(refusal.status, "others", "too many to tell apart")] += 1
        client.writer.write(_answer(refusal))
        client.writer.write_eof()
        try:
            async with asyncio.timeout(self._patience.farewell):
                while await client.reader.read(_HEAD):
                    pass
        except TimeoutError:
            client.reset()


def _answer(refusal: Refusal) -> bytes:
    body = f"patsnap-emulator --intercept refused {refusal.wanted}: {refusal.why}\n".encode()
    head = (
        f"HTTP/1.1 {refusal.status} {_REFUSED}\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def listening(hosts: Collection[str], patience: Patience) -> Iterator[Listener]:
    """A listener at work in a thread of its own while the block runs."""
    listener, loop = Listener(hosts, patience), asyncio.new_event_loop()

    def done(step: Any) -> None:
        future: Future[None] = asyncio.run_coroutine_threadsafe(step, loop)
        future.result()

    thread = Thread(target=loop.run_forever, name="intercept", daemon=True)
    thread.start()
    try:
        done(listener.open())
        try:
            yield listener
        finally:
            done(listener.close())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
