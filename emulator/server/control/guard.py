"""Who may steer: nobody from another web page, and off loopback only who has the token.

Against DNS rebinding the Host of a request must be one we serve; against posts from other sites its Origin, where
there is one, must be ours. Health is open to all, because containers ask for it.
"""

import hmac
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from emulator.server.control.answers import Json
from emulator.server.messages import HOST
from emulator.settings import LOOPBACK, Settings

_OPEN = "/_emulator/health"


class Guard:
    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._token = settings.control_token
        self._steerable = settings.steerable
        self._hosts = {*LOOPBACK, settings.host, _name(urlsplit(settings.public_url or "").netloc) or settings.host}
        self._any_host = self._token is not None or settings.host not in LOOPBACK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(Headers(scope=scope)) if scope["type"] == "http" and scope["path"] != _OPEN else None
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            status, sentence = refusal
            await Json({"error": sentence}, status)(scope, receive, send)

    def _refusal(self, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if _name(host) is None or (_name(host) not in self._hosts and not self._any_host):
            return 403, "the Host of this request is none of this server's names"
        origin = headers.get("origin")
        if origin is not None and origin not in (f"http://{host}", f"https://{host}"):
            return 403, "the control API is not for other sites"
        if not self._steerable:
            return 401, "off loopback the control API is shut: start with --control-token T, or with --control-open"
        if self._token is not None and not hmac.compare_digest(_bearer(headers).encode(), self._token.encode()):
            return 401, "the control API wants the header Authorization: Bearer <the value of --control-token>"
        return None


def _name(host: str) -> str | None:
    """The name in a Host header, without its port; None when it is none."""
    match = HOST.fullmatch(host)
    return match[1].strip("[]").lower() if match else None


def _bearer(headers: Headers) -> str:
    scheme, _, value = headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""
