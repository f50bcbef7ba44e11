"""Two connections joined: what comes on one goes out on the other, bytes, ends and breaks alike.

An end of one direction ends that direction; a reset resets the other side; who reads slowly is written to slowly.
Knows nothing of what is carried.
"""

import asyncio
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass

_PIECE = 65536
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class End:
    """One side of a tunnel."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def reset(self) -> None:
        """Closing a socket that lingers for no time sends RST in place of FIN."""
        connection = self.writer.get_extra_info("socket")
        if connection is not None:
            with suppress(OSError):  # it is closed already
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.writer.transport.abort()


async def join(one: End, other: End) -> None:
    """Until both directions have ended, or one side broke. Both connections are gone then, in order or by a reset."""
    in_order = False
    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(_carry(one, other))
            both.create_task(_carry(other, one))
        in_order = True
    except* OSError:
        pass
    finally:
        for end in (one, other):
            end.writer.close() if in_order else end.reset()


async def _carry(source: End, sink: End) -> None:
    while piece := await source.reader.read(_PIECE):
        sink.writer.write(piece)
        await sink.writer.drain()
    sink.writer.write_eof()
