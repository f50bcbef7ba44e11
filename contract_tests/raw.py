"""A client that sees the socket: what comes in which pieces, and how the connection ends.

Ordinary HTTP clients hide all that. Knows no operation and no credentials but a key.
"""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")
_PATIENCE_S = 15.0
TRUSTING = ssl.create_default_context()  # whoever answers: what is watched is the transport
TRUSTING.check_hostname, TRUSTING.verify_mode = False, ssl.CERT_NONE


@dataclass
class Seen:
    """What came over one connection: pieces with the seconds at which they came, and how it ended.

    `end` is "closed", "reset", or "silence" for a connection on which nothing more came in time.
    """

    pieces: list[tuple[float, bytes]] = field(default_factory=list)
    end: str = ""

    @property
    def received(self) -> bytes:
        return b"".join(piece for _, piece in self.pieces)

    @property
    def head(self) -> bytes:
        return self.received.partition(b"\r\n\r\n")[0]

    @property
    def body(self) -> bytes:
        return self.received.partition(b"\r\n\r\n")[2]

    @property
    def announced(self) -> int:
        """The content-length."""
        lines = self.head.lower().split(b"\r\n")
        return next(int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length:"))

    @property
    def status(self) -> int:
        return int(self.head.split(b" ", 2)[1])


class _Secure:
    """TLS over a socket, in the open: Python's own SSLSocket tells a reset as an ordinary end."""

    def __init__(self, plain: socket.socket, name: str) -> None:
        self._plain = plain
        self._came, self._goes = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = TRUSTING.wrap_bio(self._came, self._goes, server_hostname=name)
        self.settimeout, self.close = plain.settimeout, plain.close
        self._when_enough_came(self._tls.do_handshake)

    def sendall(self, data: bytes) -> None:
        self._tls.write(data)
        self._plain.sendall(self._goes.read())

    def recv(self, most: int) -> bytes:
        """Data; empty at the end, with or without a farewell."""
        try:
            return self._when_enough_came(lambda: self._tls.read(most))
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""

    def _when_enough_came(self, step: Callable[[], T]) -> T:
        while True:
            try:
                done = step()
            except ssl.SSLWantReadError:
                self._plain.sendall(self._goes.read())
                came = self._plain.recv(65536)
                if came:
                    self._came.write(came)
                else:
                    self._came.write_eof()
            else:
                self._plain.sendall(self._goes.read())
                return done


class Connection:
    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        self._host = parts.netloc
        plain = socket.create_connection((parts.hostname, parts.port or 80), timeout=_PATIENCE_S)
        self._socket = _Secure(plain, parts.hostname) if parts.scheme == "https" else plain

    def send(
        self, path: str, key: str | None = None, method: str = "GET", *, last: bool = True, copies: int = 1
    ) -> None:
        """One request, or copies of it in one go; `last` asks the server to close after its answer."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}"]
        lines += [f"Authorization: Bearer {key}"] if key else []
        lines += ["Connection: close"] if last else []
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode() * copies)

    def watch(self, patience: float = _PATIENCE_S) -> Seen:
        """What comes until the connection ends, or nothing more comes for so many seconds."""
        seen, begun = Seen(), monotonic()
        self._socket.settimeout(patience)
        try:
            while piece := self._socket.recv(65536):
                seen.pieces.append((monotonic() - begun, piece))
            seen.end = "closed"
        except ConnectionResetError:
            seen.end = "reset"
        except TimeoutError:
            seen.end = "silence"
        return seen

    def whole_answer(self) -> Seen:
        """One answer of a connection that stays open, by its content-length."""
        seen, begun = Seen(), monotonic()
        while b"\r\n\r\n" not in seen.received or len(seen.body) < seen.announced:
            piece = self._socket.recv(65536)
            assert piece, "the connection was closed"
            seen.pieces.append((monotonic() - begun, piece))
        return seen

    def close(self) -> None:
        self._socket.close()


@contextmanager
def connection(url: str) -> Iterator[Connection]:
    opened = Connection(url)
    try:
        yield opened
    finally:
        opened.close()


def ask(url: str, path: str, key: str | None = None, method: str = "GET") -> Seen:
    """One request on a connection of its own, watched to its end."""
    with connection(url) as opened:
        opened.send(path, key, method)
        return opened.watch()
