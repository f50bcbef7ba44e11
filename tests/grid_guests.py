"""Who calls in the grid, and with what: profiles, sound requests, and accounts that nobody else uses.

A request is laid out by the documents of its operation and is sound until a way damages it. A guest has one wire
profile and one language, and calls one of several applications: the plain one, one whose operations raise, one that
is always slow, or the one whose strangers are answered in the guest's profile.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Literal
from unittest.mock import patch
from urllib.parse import urlencode

import httpx2

import emulator.app
from contract_tests.documents import least
from emulator.behaviours.table import BEHAVIOURS, Does
from emulator.behaviours.world import Call, Outcome
from emulator.settings import Settings
from emulator.spec.models import Operation
from tests.conftest import NOW, Caller

GRANT = {"grant_type": "client_credentials"}
Stage = Literal["plain", "broken", "slow", "own"]
_EDGE = "an-edge-of-the-grid"


@dataclass(frozen=True)
class Profile:
    """How an account wants to be answered."""

    wire: Literal["documented", "live"]
    language: Literal["en", "cn"]

    def __str__(self) -> str:
        return f"{self.wire}/{self.language}"


WIRES: tuple[Literal["documented", "live"], ...] = ("documented", "live")
LANGUAGES: tuple[Literal["en", "cn"], ...] = ("en", "cn")
PROFILES = tuple(Profile(wire, language) for wire in WIRES for language in LANGUAGES)


@dataclass(frozen=True)
class Request:
    """One request as it goes out."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None

    def and_headers(self, headers: Mapping[str, str]) -> "Request":
        return replace(self, headers={**self.headers, **headers})

    def and_query(self, *pairs: tuple[str, str]) -> "Request":
        return replace(self, query=(*self.query, *pairs))


def laid_out(operation: Operation, values: Mapping[str, Any]) -> Request:
    """A request with these values, each where the documents of the operation want it."""
    inside = operation.names("body")
    query = tuple((name, str(value)) for name, value in values.items() if name not in inside)
    request = Request(operation.method, operation.path, query)
    if operation.body is None:
        return request
    kind, body = operation.body.media_type, {name: value for name, value in values.items() if name in inside}
    if kind == "multipart/form-data":
        return replace(request, headers={"Content-Type": f"{kind}; boundary={_EDGE}"}, content=_parts(body))
    content = urlencode(body) if kind == "application/x-www-form-urlencoded" else json.dumps(body)
    return replace(request, headers={"Content-Type": kind}, content=content.encode())


def sound(operation: Operation, **changed: Any) -> Request:
    """The least request that the operation takes, with some values changed."""
    return laid_out(operation, {**sound_values(operation), **changed})


def sound_values(operation: Operation) -> Mapping[str, Any]:
    return GRANT if operation.security == "clientSecret" else least(operation)


def _parts(files: Mapping[str, bytes]) -> bytes:
    head = '--{}\r\nContent-Disposition: form-data; name="{}"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    parts = [head.format(_EDGE, name).encode() + content + b"\r\n" for name, content in files.items()]
    return b"".join(parts) + f"--{_EDGE}--\r\n".encode()


def basic(client_id: str, secret: str) -> str:
    """The header of a client that shows its secret."""
    return "Basic " + b64encode(f"{client_id}:{secret}".encode()).decode()


def _raising(does: Does | None = None) -> Does:
    """What an operation does, gone wrong: it still makes the examples that an account is opened with, and raises."""

    def fail(call: Call, **named: object) -> Outcome:
        if does is not None and call.documented_id is not None:
            return does(call)
        raise ZeroDivisionError("a bug of the emulator, made for the grid")

    return fail


class Stages:
    """The applications of the grid, which are nobody else's. No wait is real: it is written down in `waits`."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self._numbers = count(1)
        frozen: dict[str, Any] = {"now": NOW, "freeze": True}
        self._apps = {"plain": self._app(**frozen), "slow": self._app(**frozen, latency=11_000)}
        raising = {name: replace(behaviour, do=_raising(behaviour.do)) for name, behaviour in BEHAVIOURS.items()}
        with patch.object(emulator.app, "BEHAVIOURS", raising), patch.object(emulator.app, "token", _raising()):
            self._apps["broken"] = self._app(**frozen)
        self._own = {one: self._app(**frozen, wire=one.wire, language=one.language) for one in PROFILES}

    def guest(self, operation: Operation, profile: Profile, stage: Stage = "plain") -> "Guest":
        """A new account that wants to be answered in a profile."""
        app = self._own[profile] if stage == "own" else self._apps[stage]
        return Guest(app, f"guest-{next(self._numbers)}", operation, profile)

    def _app(self, **settings: Any) -> Any:
        app = emulator.app.create_app(Settings(**settings))
        app.wait = self._waited
        return app

    async def _waited(self, seconds: float) -> None:
        self.waits.append(seconds)


class Guest(Caller):
    """An account of one cell: by its `sk-` key it calls one operation, by its secret where that is the token call."""

    def __init__(self, app: Any, client_id: str, operation: Operation, profile: Profile) -> None:
        super().__init__(app, client_id)
        self.operation, self.profile = operation, profile
        form = {"secret": self.secret, "wire": profile.wire, "language": profile.language}
        self.key = str(self.steer("PUT", "", form)["api_key"])

    @property
    def sound(self) -> Request:
        """A request that succeeds, credentials included."""
        return self.signed(sound(self.operation))

    def signed(self, request: Request) -> Request:
        if self.operation.security != "clientSecret":
            return request.and_headers({"Authorization": f"Bearer {self.key}"})
        return request.and_headers({"Authorization": basic(self.client_id, self.secret)})

    def neighbour(self) -> "Guest":
        """Another account, with the same operation and profile."""
        return Guest(self.app, f"{self.client_id}-neighbour", self.operation, self.profile)

    def configure(self, **settings: Any) -> None:
        self.steer("PUT", "", settings)

    def used_up(self) -> int:
        """Call once, at a price so that also free operations count, and succeed; the units that this took."""
        self.configure(prices={self.operation.id: 5})
        self.succeed()
        units = int(self.steer("GET", "/usage")["units"])
        assert units > 0, f"{self.operation.id}: a sound call took no units"
        return units

    def succeed(self, request: Request | None = None) -> Any:
        """What a success says; fails where the call is refused."""
        answer = self.deliver(request or self.sound)
        said = answer.json()
        assert said.get("error_code", 0) == 0, f"{self.operation.id}: {said} {answer.headers['X-Emulator-Reason']}"
        return said["data"]

    def deliver(self, request: Request) -> httpx2.Response:
        return self.send(
            request.method, request.path, params=request.query, headers=request.headers, content=request.content
        )

    def entries(self, account: str | None) -> Mapping[str, Mapping[str, Any]]:
        """The journal of an account, or of nobody, by correlation id."""
        page = f"/_emulator/accounts/{account}/requests" if account else "/_emulator/requests"
        found = self.send("GET", page).json()["requests"]
        return {entry["id"]: entry for entry in found if entry["account"] == account}

    def limit_all(self, **limits: int) -> None:
        """The limits of all accounts of this application, none where none are given."""
        assert self.send("PUT", "/_emulator/limits", json=limits).status_code == 200
