"""The server that recorded requests are sent to: calls with the user's own credentials, answers as JSON.

Asks no other host, follows no redirect. Whether calls cost money there is for the user to say.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx2

from emulator import clock
from emulator.spec.models import Operation, Service
from emulator.verifier.foreign import received
from emulator.verifier.recording.heard import Heard, Pairs
from emulator.verifier.recording.reading import answer_of
from emulator.verifier.recording.substitutes import picture
from emulator.verifier.standing import LetsNobodyIn, refuses_credentials


class NoCredentials(Exception):
    """The environment has none."""


class Unreachable(Exception):
    """The target did not answer as HTTP; the text says how."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """A client id with its secret, or an `sk-` key."""

    client_id: str = ""
    secret: str = ""
    key: str = ""

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> "Credentials":
        """PATSNAP_API_KEY, or PATSNAP_CLIENT_ID and PATSNAP_CLIENT_SECRET. Raises NoCredentials."""
        names = ("PATSNAP_CLIENT_ID", "PATSNAP_CLIENT_SECRET", "PATSNAP_API_KEY")
        found = cls(*(environment.get(name, "") for name in names))
        if not found.key and not (found.client_id and found.secret):
            raise NoCredentials("set PATSNAP_CLIENT_ID and PATSNAP_CLIENT_SECRET, or PATSNAP_API_KEY, for the target")
        return found


class Target:
    """`transport` is for tests; `verify` is a context of trusted authorities."""

    def __init__(
        self,
        url: str,
        service: Service,
        credentials: Credentials,
        *,
        transport: httpx2.BaseTransport | None = None,
        verify: Any = True,
    ) -> None:
        self.url, self._service, self._credentials = url.rstrip("/"), service, credentials
        self._http = httpx2.Client(
            base_url=self.url, timeout=90.0, trust_env=False, transport=transport, verify=verify, follow_redirects=False
        )
        self._token, self._proved = "", False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def token_call(self) -> Heard:
        """A new token. Raises Unreachable."""
        (operation,) = (one for one in self._service.operations.values() if one.security == "clientSecret")
        form = {"grant_type": self._service.credentials.grant_type}
        basic = (self._credentials.client_id, self._credentials.secret)
        return self._request(operation, auth=basic, data=form)

    def call(self, operation: Operation, query: Pairs, body: Any) -> Heard:
        """Raises Unreachable, and LetsNobodyIn when no token is to be had or the first call is not let in."""
        self.enter()
        bearer = self._credentials.key or self._token
        named = () if self._credentials.key else (("apikey", self._credentials.client_id),)
        more: dict[str, Any] = {"params": [*query, *named], "headers": {"Authorization": f"Bearer {bearer}"}}
        heard = self._request(operation, **more, **_body(operation, body))
        self._prove(operation, heard)
        return heard

    def enter(self) -> None:
        """Get a token, once for all calls. Raises Unreachable and LetsNobodyIn."""
        if not self._credentials.key and not self._token:
            self._token = _token_of(self.token_call())

    def _prove(self, operation: Operation, heard: Heard) -> None:
        """The first answer tells whether the credentials are taken: wrong ones are not tried again and again."""
        told = None if self._proved else answer_of(heard)
        code = told.get("error_code") if isinstance(told, dict) else None
        if code is not None and refuses_credentials(self._service, operation, code):
            raise LetsNobodyIn(f"error_code {code} (HTTP {heard.status})")
        self._proved = True

    def _request(self, operation: Operation, auth: tuple[str, str] | None = None, **more: Any) -> Heard:
        try:
            request = self._http.build_request(operation.method, operation.path, **more)
            return self._heard(operation, *received(self._http, request, auth=auth))
        except httpx2.HTTPError as error:
            raise Unreachable(f"{self.url} did not answer ({type(error).__name__}: {str(error)[:160]})") from error

    @staticmethod
    def _heard(operation: Operation, answer: httpx2.Response, content: bytes | None) -> Heard:
        sent = answer.request
        body = sent.read() if "multipart" not in sent.headers.get("content-type", "") else b""
        headers = tuple((name.lower(), value) for name, value in answer.headers.multi_items())
        return Heard(
            at=clock.real_now(),
            method=operation.method,
            path=operation.path,
            raw_query=sent.url.query.decode(),
            headers=tuple((name.lower(), value) for name, value in sent.headers.multi_items()),
            body=body,
            status=answer.status_code,
            answer_headers=tuple(pair for pair in headers if pair[0] != "content-encoding"),
            answer=content,
            whole=content is not None,
        )


def _body(operation: Operation, body: Any) -> dict[str, Any]:
    match operation.body.media_type if operation.body else None:
        case None:
            return {}
        case "multipart/form-data":
            files = {name: ("picture.png", picture(), "image/png") for name, part in body.items() if _is_file(part)}
            return {"files": files, "data": {name: part for name, part in body.items() if not _is_file(part)}}
        case "application/x-www-form-urlencoded":
            return {"data": body}
        case _:
            return {"json": body}


def _is_file(part: Any) -> bool:
    return isinstance(part, dict) and set(part) == {"file"}


def _token_of(heard: Heard) -> str:
    told = answer_of(heard)
    data = told.get("data", told) if isinstance(told, dict) else {}
    token = data.get("token") if isinstance(data, dict) else None
    if not isinstance(token, str):
        why = told.get("error_code") if isinstance(told, dict) else "no JSON"
        raise LetsNobodyIn(f"the token call was answered with {why} (HTTP {heard.status})")
    return token
