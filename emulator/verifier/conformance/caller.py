"""One client of a target: its calls, with a token fetched when there is none, laid out as the documents want them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx2

from emulator import clock
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Answer, Departed, text
from emulator.verifier.conformance.target import Files, Pairs, Target
from emulator.verifier.standing import LetsNobodyIn, refuses_credentials

_TOKEN = "token"  # the operation that makes tokens
_OF_ITS_LIFE_MS = 800  # of each second that a token is told to live: it is fetched anew before it ends
_LIFE_UNTOLD_MS = 600_000


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client may call with: its id and secret, an `sk-` key, or both."""

    client_id: str = ""
    secret: str = field(default="", repr=False)
    key: str = field(default="", repr=False)


class Entry:
    """What lets a client in: its token, fetched when there is none, and whether its credentials have been taken.

    One for the whole run where there is one account: wrong credentials are not tried again and again.
    """

    def __init__(self) -> None:
        self._token: str | None = None
        self._until = 0
        self._proved = False

    def token_of(self, caller: "Caller") -> str:
        """Raises Departed where the token call is refused."""
        if self._token is None or clock.real_now() > self._until:
            told = caller.token_data(caller.token_call())
            self._token = text(told["token"])
            life = told.get("expires_in")
            self._until = clock.real_now() + (life * _OF_ITS_LIFE_MS if type(life) is int else _LIFE_UNTOLD_MS)
        return self._token

    def forget(self) -> None:
        self._token = None

    def prove(self, service: Service, operation: Operation, answer: Answer) -> None:
        """The first call with the credentials tells whether they are taken. Raises LetsNobodyIn."""
        if self._proved:
            return
        try:
            refused = refuses_credentials(service, operation, answer.code)
        except Departed:
            refused = False
        if refused:
            raise LetsNobodyIn(answer.told)
        self._proved = True


class Caller:
    """Calls with its token, or with its `sk-` key where it has no client id."""

    def __init__(
        self,
        service: Service,
        target: Target,
        credentials: Credentials,
        heard: Callable[[httpx2.Request, Answer], None] | None = None,
        entry: Entry | None = None,
    ) -> None:
        """With `entry`, the token and the first answer are shared with other callers."""
        self._service = service
        self.target = target
        self.credentials = credentials
        self._heard = heard
        self._shared = entry is not None
        self._entry = entry or Entry()

    @property
    def client_id(self) -> str:
        return self.credentials.client_id

    @property
    def token(self) -> str:
        """What calls are made with: the key, or a token that is fetched once."""
        if not self.client_id:
            return self.credentials.key
        return self._entry.token_of(self)

    def forget_token(self) -> None:
        self._entry.forget()

    def token_call(self, secret: str | None = None, **values: str) -> Answer:
        """The token call as most clients make it: by Basic, grant type in the form."""
        operation = self._service.operations[_TOKEN]
        form = {"grant_type": self._service.credentials.grant_type, **values}
        given = self.credentials.secret if secret is None else secret
        return self.request(operation, form, basic=(self.client_id, given))

    @staticmethod
    def token_data(answer: Answer) -> Any:
        """What a token call says, flat or wrapped. Raises Departed for a refusal."""
        answer.wanted(0)
        body = answer.json
        return body if "token" in body else body["data"]

    def call(
        self,
        operation: Operation,
        values: Mapping[str, Any],
        *,
        headers: Mapping[str, str] | None = None,
        more_query: Pairs = (),
    ) -> Answer:
        """An operation with these values, as this client."""
        answer = self.request(
            operation, values, apikey=self.client_id or None, bearer=self.token, headers=headers, more_query=more_query
        )
        if self._shared and not headers and not list(more_query):
            self._entry.prove(self._service, operation, answer)
        return answer

    def request(
        self,
        operation: Operation,
        values: Mapping[str, Any],
        *,
        apikey: str | None = None,
        bearer: str | None = None,
        headers: Mapping[str, str] | None = None,
        more_query: Pairs = (),
        basic: tuple[str, str] | None = None,
    ) -> Answer:
        """An operation with these values, each where its documents want it, and with these credentials alone."""
        query = [(name, written(value)) for name, value in values.items() if _in_query(operation, name)]
        credentials = [("apikey", apikey)] if apikey is not None else []
        sent = {**({"Authorization": f"Bearer {bearer}"} if bearer is not None else {}), **(headers or {})}
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

    def send(self, method: str, path: str, **more: Any) -> Answer:
        """One request, exactly as told; see Target.send."""
        return self.target.send(method, path, heard=self._heard, **more)

    def authorised(self) -> dict[str, Any]:
        """Query and headers that let this client in, for `send`."""
        query = [("apikey", self.client_id)] if self.client_id else []
        return {"query": query, "headers": {"Authorization": f"Bearer {self.token}"}}

    def fetch(self, url: str) -> Answer:
        """What a link leads to, asked for without credentials."""
        return self.target.fetch(url, self._heard)


def written(value: Any) -> str:
    """A value as a query says it."""
    return value if isinstance(value, str) else json.dumps(value)


def _in_query(operation: Operation, name: str) -> bool:
    """A name that the documents do not have goes where the operation has room for it."""
    return name in operation.names("query") - operation.names("body") or (
        operation.body is None and name not in operation.names("body")
    )


def _body(
    operation: Operation, values: Mapping[str, Any], headers: dict[str, str]
) -> tuple[bytes | None, Files | None]:
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
