"""The server under test, over HTTP: requests exactly as told, to this server alone.

The only module here that knows an HTTP library. Which request means what, and what an answer should say, is not known.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

import httpx2

from emulator.verifier.conformance.answers import Answer, Departed
from emulator.verifier.foreign import received

Pairs = Iterable[tuple[str, str]]
Files = Mapping[str, tuple[str, bytes, str]]
_PATIENCE_S = 60.0


class Unreachable(Exception):
    """The server could not be reached, or broke off, or did not speak HTTP; the text says what happened."""


class InProcess(httpx2.BaseTransport):
    """Leads requests into an ASGI application of the same process, without sockets."""

    def __init__(self, application: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self._transport = httpx2.ASGITransport(application)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        async def exchanged() -> httpx2.Response:
            response = await self._transport.handle_async_request(request)
            body = await response.aread()
            return httpx2.Response(response.status_code, headers=response.headers, content=body)

        return self._loop.run_until_complete(exchanged())

    def close(self) -> None:
        self._loop.close()


class Target:
    """`base_url` is where calls go. `heard` is told of every request and its answer.

    Links are followed to the same host, and to hosts below the domains in `files_at`, without credentials; nothing
    else ever goes there. With `own_files` a link of any host is asked of the target itself: an emulator's files are
    its own, whatever public address it was told to write.
    """

    def __init__(
        self,
        base_url: str,
        *,
        transport: httpx2.BaseTransport | None = None,
        verify: Any = True,
        files_at: tuple[str, ...] = (),
        own_files: bool = False,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._files_at = files_at
        self._own_files = own_files
        self._http = httpx2.Client(timeout=_PATIENCE_S, trust_env=False, transport=transport, verify=verify)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Pairs = (),
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        files: Files | None = None,
        basic: tuple[str, str] | None = None,
        heard: Callable[[httpx2.Request, Answer], None] | None = None,
    ) -> Answer:
        """One request, exactly as told. Raises Unreachable, and Departed of an answer that is too long."""
        asked = urlencode(list(query))
        url = self.base_url + path + (("&" if "?" in path else "?") + asked if asked else "")
        request = self._http.build_request(method, url, headers=headers, content=content, files=files)
        return self._sent(request, basic, heard)

    def fetch(self, url: str, heard: Callable[[httpx2.Request, Answer], None] | None = None) -> Answer:
        """What a link of an answer leads to. A link to a host that may not be called raises Departed."""
        return self._sent(self._http.build_request("GET", self.reachable(url)), None, heard)

    def reachable(self, url: str) -> str:
        """The address under which a link may be followed. Raises Departed."""
        link, own = urlsplit(url), urlsplit(self.base_url)
        if not link.hostname:
            raise Departed(f"a link is no address: {url[:60]!r}")
        if self._own_files:
            return self.base_url + url[url.index(link.netloc) + len(link.netloc) :]
        if link.netloc == own.netloc or any(link.hostname.endswith(f".{domain}") for domain in self._files_at):
            return url
        raise Departed(f"a link leads to another host, {link.hostname}, which is not followed")

    def _sent(
        self,
        request: httpx2.Request,
        basic: tuple[str, str] | None,
        heard: Callable[[httpx2.Request, Answer], None] | None,
    ) -> Answer:
        request.read()  # so that it can be shown afterwards
        try:
            got, content = received(self._http, request, auth=basic)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Unreachable(f"{request.method} {request.url.path}: {error or type(error).__name__}") from error
        answer = Answer(got.status_code, tuple(got.headers.multi_items()), content or b"")
        if heard is not None:
            heard(got.request, answer)
        if content is None:
            raise Departed(f"the answer to {request.method} {request.url.path} is too long to be read")
        return answer
