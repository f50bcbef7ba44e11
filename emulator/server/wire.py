"""The connection under an exchange, put into its scope, so that an answer can be broken off.

Knows uvicorn's protocol classes, of either HTTP parser, and nothing of answers. Only `serve` uses it.
"""

import asyncio
import socket
import struct
from contextlib import suppress
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from emulator.server.delivery import WIRE, Application, Receive, Scope, Send

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class TransportWire:
    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def reset(self) -> None:
        """Closing a socket that lingers for no time sends RST in place of FIN."""
        connection = self._transport.get_extra_info("socket")
        if connection is not None:
            with suppress(OSError, ValueError):  # it is closed already
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._transport.abort()

    def close(self) -> None:
        self._transport.close()


class WiredProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """uvicorn's own protocol; each exchange finds the transport in its scope, and learns when it is gone."""

    app: Application

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        inner, wire = self.app, TransportWire(transport)
        self._under_way: set[Any] = set()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope["extensions"] = {**scope.get("extensions", {}), WIRE: wire}
            exchange = receive.__self__  # type: ignore[attr-defined]
            self._under_way.add(exchange)
            try:
                await inner(scope, receive, send)
            except asyncio.CancelledError:  # the server is stopping and waits no longer
                wire.reset()
                await _over(receive)
            finally:
                self._under_way.discard(exchange)

        self.app = app

    def connection_lost(self, exc: Exception | None) -> None:
        """uvicorn tells the last exchange alone: of pipelined ones, the one that is answered would never know."""
        for exchange in self._under_way:
            exchange.disconnected = True
            exchange.message_event.set()
        super().connection_lost(exc)


async def _over(receive: Receive) -> None:
    """Until uvicorn knows that the connection is gone: it would log an exchange that ends otherwise as a fault.

    A server that stops cancels twice, and the connection is sure to go.
    """
    gone = False
    while not gone:
        with suppress(asyncio.CancelledError):
            gone = (await receive())["type"] == "http.disconnect"
