"""The one server that a proxy speaks to: requests passed on byte by byte, its failures told in plain words.

Never follows a redirect, keeps no cookies and asks no other host, whatever proxies the environment names.
"""

import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from emulator.spec.examples import Kind
from emulator.spec.models import Service
from emulator.verifier.proxy.headers import RawHeaders, to_upstream

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class NoAddress(Exception):
    """What was given is no address of a server; the text says why."""


class UpstreamFailed(Exception):
    """The upstream could not be reached, or did not answer as HTTP; with the status that a client is told."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


@dataclass(frozen=True, slots=True)
class Address:
    """Where the upstream is; `path` stands before every path."""

    scheme: str
    host: str
    port: int | None
    path: str

    @classmethod
    def of(cls, url: str) -> "Address":
        """Raises NoAddress."""
        try:
            parts = urlsplit(url)
            port = parts.port
            httpx2.URL(url)
        except (ValueError, httpx2.InvalidURL) as error:
            raise NoAddress(f"{url!r} is no address: {error}") from error
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise NoAddress(f"{url!r} is no address: write for instance https://connect.patsnap.com")
        if parts.username is not None:
            raise NoAddress("the address of a server bears no user and no password")
        return cls(parts.scheme, parts.hostname, port, parts.path.rstrip("/"))

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}" if self.port else host

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"

    def kind(self, service: Service) -> Kind:
        if self.host in {urlsplit(host).hostname for host in service.hosts}:
            return "vendor"
        return "loopback" if self.host in _LOOPBACK else "other"


class _Body(httpx2.AsyncByteStream):
    """The client's body as it comes."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._chunks:
            yield chunk


class Upstream:
    """`patience` is seconds without a byte; `transport` is for tests."""

    def __init__(
        self,
        address: Address,
        *,
        patience: float,
        authority: Path | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self.address = address
        self._timeouts = httpx2.Timeout(patience, connect=min(patience, 10.0)).as_dict()
        self._transport = transport or httpx2.AsyncHTTPTransport(
            verify=ssl.create_default_context(cafile=authority),
            trust_env=False,
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=20),
        )

    async def send(
        self, method: str, target: bytes, headers: RawHeaders, chunks: AsyncIterator[bytes] | None
    ) -> httpx2.Response:
        """The answer, its body not yet read. Raises UpstreamFailed."""
        request = httpx2.Request(
            method,
            f"{self.address.scheme}://{self.address.authority}/",
            headers=to_upstream(headers, self.address.authority.encode()),
            stream=_Body(chunks) if chunks is not None else httpx2.ByteStream(b""),
            extensions={"timeout": self._timeouts, "target": self.address.path.encode() + target},
        )
        request.method = method  # methods are case-sensitive
        with _told(self.address):
            return await self._transport.handle_async_request(request)

    async def body(self, answer: httpx2.Response) -> AsyncGenerator[bytes]:
        """The bytes of an answer as they come, in their content encoding. Raises UpstreamFailed where it breaks off."""
        with _told(self.address):
            async for chunk in answer.stream:  # type: ignore[union-attr]
                yield chunk

    async def close(self) -> None:
        await self._transport.aclose()


class _told:  # noqa: N801 - used like a function
    """Failures of a connection as one sentence."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, httpx2.TransportError):
            status, why = next((status, why) for known, status, why in _FAILURES if isinstance(error, known))
            raise UpstreamFailed(status, f"{self._address.authority} {why(error)}") from error


def _refused(error: Exception) -> str:
    text = str(error)
    if "CERTIFICATE" in text.upper() or "SSL" in text.upper():
        return f"has no certificate that can be trusted, or no TLS ({text[:160]})"
    return f"cannot be reached ({text[:160] or 'no connection'})"


def _always(sentence: str) -> Callable[[Exception], str]:
    return lambda error: sentence


_FAILURES: tuple[tuple[type[Exception], int, Callable[[Exception], str]], ...] = (
    (httpx2.ConnectTimeout, 504, _always("did not take the connection in time")),
    (httpx2.TimeoutException, 504, _always("did not answer in time")),
    (httpx2.ConnectError, 502, _refused),
    (httpx2.RemoteProtocolError, 502, _always("broke off, or answered something that is not HTTP")),
    (httpx2.ReadError, 502, _always("broke the connection off")),
    (httpx2.WriteError, 502, _always("broke the connection off while the request was sent")),
    (httpx2.TransportError, 502, lambda error: f"cannot be spoken to ({type(error).__name__})"),
)
