"""Calls over HTTP: of the service's operations, of files behind links, and of the control API.

The only module that knows HTTP. How a request is laid out follows from the documents of its operation; whether an
answer is right is for the tests to say.
"""

import json
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2

from contract_tests.documents import SERVICE
from emulator.spec.models import Operation

Pairs = Iterable[tuple[str, str]]
CONTROL = "/_emulator"


@dataclass(frozen=True)
class Answer:
    """An answer as it came, headers in order."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> int:
        """The `error_code`; 0 is a success, and so is the flat answer of the token call, which has none."""
        body = self.json()
        return int(body.get("error_code", 0 if "token" in body else -1))

    @property
    def data(self) -> Any:
        """What a success carries; fails on a refusal, telling why it was one."""
        body = self.json()
        assert body.get("error_code") == 0, f"refused: {body}, {self.reason}"
        return body["data"]

    def header(self, name: str) -> str | None:
        found = self.headers_named(name)
        return found[-1] if found else None

    def headers_named(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def reason(self) -> str:
        return self.header("x-emulator-reason") or ""

    @property
    def cost(self) -> int:
        return int(self.header("x-openapi-amount") or 0)


class Target:
    """A server under test; `verify` says whom to trust where it is called by https."""

    def __init__(self, base_url: str, *, verify: ssl.SSLContext | bool = True) -> None:
        self.base_url = base_url.rstrip("/")
        self._http = httpx2.Client(base_url=self.base_url, timeout=30.0, trust_env=False, verify=verify)

    def close(self) -> None:
        self._http.close()

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Pairs = (),
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        basic: tuple[str, str] | None = None,
    ) -> Answer:
        """One request, exactly as told."""
        asked = urlencode(list(query))
        got = self._http.request(
            method, path + ("?" + asked if asked else ""), headers=headers, content=content, files=files, auth=basic
        )
        return Answer(got.status_code, tuple(got.headers.multi_items()), got.content)

    def fetch(self, url: str, method: str = "GET") -> Answer:
        """What a link of an answer leads to."""
        parts = urlsplit(url)
        return self.send(method, parts.path + ("?" + parts.query if parts.query else ""))

    def call(
        self,
        operation_id: str,
        values: Mapping[str, Any],
        *,
        apikey: str | None = None,
        bearer: str | None = None,
        headers: Mapping[str, str] | None = None,
        more_query: Pairs = (),
        basic: tuple[str, str] | None = None,
    ) -> Answer:
        """An operation with these values, each where its documents want it."""
        operation = SERVICE.operations[operation_id]
        query = [(name, _text(value)) for name, value in values.items() if _in_query(operation, name)]
        credentials = [("apikey", apikey)] if apikey is not None else []
        sent = dict(headers or {})
        if bearer is not None:
            sent["Authorization"] = f"Bearer {bearer}"
        content, files = _body(operation, values, sent)
        return self.send(
            operation.method,
            operation.path,
            query=[*credentials, *query, *more_query],
            headers=sent,
            content=content,
            files=files,
            basic=basic,
        )

    def token_call(self, client_id: str, secret: str, **values: str) -> Answer:
        """The token call as most clients make it: by Basic, grant type in the form."""
        return self.call("token", {"grant_type": "client_credentials", **values}, basic=(client_id, secret))

    def steer(self, method: str, part: str, body: Any = None, query: Pairs = ()) -> Answer:
        """One request of the control API."""
        content = None if body is None else json.dumps(body).encode()
        return self.send(method, f"{CONTROL}/{part}".rstrip("/"), content=content, query=query)


def _in_query(operation: Operation, name: str) -> bool:
    """A name that the documents do not have goes where the operation has room for it."""
    return name in operation.names("query") - operation.names("body") or (
        operation.body is None and name not in operation.names("body")
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _body(
    operation: Operation, values: Mapping[str, Any], headers: dict[str, str]
) -> tuple[bytes | None, dict[str, tuple[str, bytes, str]] | None]:
    """Content or files of the request; the content type goes into the headers unless one stands there already."""
    inside = {name: value for name, value in values.items() if not _in_query(operation, name)}
    if operation.body is None:
        return None, None
    if operation.body.media_type == "multipart/form-data":
        files = {name: ("picture.png", value, "image/png") for name, value in inside.items()}
        return None, files or {"nothing": ("nothing.txt", b"", "text/plain")}
    headers.setdefault("Content-Type", operation.body.media_type)
    if operation.body.media_type == "application/json":
        return json.dumps(inside).encode(), None
    return urlencode(inside).encode(), None
