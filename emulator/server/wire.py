"""The connection under an exchange, put into its scope, so that an answer can be broken off.

Knows uvicorn's protocol class and nothing of answers. Only `serve` uses it.
"""

import asyncio
import socket
import struct
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
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._transport.abort()

    def close(self) -> None:
        self._transport.close()


class WiredProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """uvicorn's own protocol; each exchange finds the transport in its scope."""

    app: Application

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        inner, wire = self.app, TransportWire(transport)

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope["extensions"] = {**scope.get("extensions", {}), WIRE: wire}
            await inner(scope, receive, send)

        self.app = app
