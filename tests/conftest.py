"""What several tests share: a small world, an application in this process, and a caller who talks to it.

The application's clock stands still at the beginning of 2026; every test opens accounts of its own, so one
application serves them all.
"""

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

import httpx2
import hypothesis
import pytest

from emulator import clock, fixtures
from emulator.app import create_app
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.world import SHARED, Account, World
from emulator.corpus.collection import Corpus
from emulator.settings import Settings
from emulator.spec.models import Service
from emulator.store.memory import MemoryStore

hypothesis.settings.register_profile("quiet", deadline=None, database=None)
hypothesis.settings.load_profile("quiet")

NOW = clock.instant("2026-01-01T00:00:00Z")
BASE_URL = "http://127.0.0.1:8390"


class Caller:
    """An account's client, in the same process; every call is one exchange with the whole application."""

    def __init__(self, app: Any, client_id: str, secret: str = "a secret") -> None:
        self.app, self.client_id, self.secret = app, client_id, secret
        self._token: str | None = None

    def send(self, method: str, path: str, **more: Any) -> httpx2.Response:
        """A request as it is given, with no credentials added."""

        async def exchange() -> httpx2.Response:
            transport = httpx2.ASGITransport(app=self.app)
            async with httpx2.AsyncClient(transport=transport, base_url=BASE_URL) as client:
                return await client.request(method, path, **more)

        return asyncio.run(exchange())

    def token_call(self) -> httpx2.Response:
        grant = {"grant_type": "client_credentials"}
        return self.send("POST", "/oauth/token", auth=(self.client_id, self.secret), data=grant)

    def token(self) -> str:
        """A new token."""
        return str(self.token_call().json()["data"]["token"])

    def call(self, method: str, path: str, params: Mapping[str, Any] | None = None, **more: Any) -> httpx2.Response:
        """A request with the account's token and apikey."""
        self._token = self._token or self.token()
        headers = {"Authorization": f"Bearer {self._token}", **more.pop("headers", {})}
        return self.send(method, path, params={**(params or {}), "apikey": self.client_id}, headers=headers, **more)

    def steer(self, method: str, page: str, body: Any = None) -> Any:
        """A page of the control API about this account; the answer's JSON."""
        answer = self.send(method, f"/_emulator/accounts/{self.client_id}{page}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def advance(self, by: str) -> None:
        self.steer("POST", "/clock", {"advance": by})
        self._token = None

    def journal(self, **filters: Any) -> list[dict[str, Any]]:
        answer = self.send("GET", f"/_emulator/accounts/{self.client_id}/requests", params=filters)
        return list(answer.json()["requests"])


@pytest.fixture(scope="session")
def shipped() -> World:
    """The shipped documents and patents; their store is for nobody."""
    return fixtures.read(None, MemoryStore()).world


@pytest.fixture(scope="session")
def service(shipped: World) -> Service:
    return shipped.service


@pytest.fixture(scope="session")
def patents(shipped: World) -> Corpus:
    return shipped.corpus


@pytest.fixture
def world(shipped: World) -> World:
    """The shipped documents and patents over an empty store."""
    return replace(shipped, store=MemoryStore())


@pytest.fixture
def accounts(world: World) -> Accounts:
    """Nobody yet, and anybody may come."""
    return Accounts(world, Account(id=SHARED), lambda account, now: None)


@pytest.fixture(scope="session")
def app() -> Any:
    return create_app(Settings(now=NOW, freeze=True))


@pytest.fixture(scope="session")
def _numbers() -> Iterator[int]:
    return count(1)


@pytest.fixture
def new_caller(app: Any, _numbers: Iterator[int]) -> Callable[[], Caller]:
    """Makes callers that nobody knows yet."""
    return lambda: Caller(app, f"caller-{next(_numbers)}")


@pytest.fixture
def caller(new_caller: Callable[[], Caller]) -> Caller:
    """A caller of this test alone."""
    return new_caller()


@pytest.fixture
def waits(app: Any, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of real time that the application would have waited; none passes."""
    asked: list[float] = []

    async def remember(seconds: float) -> None:
        asked.append(seconds)

    monkeypatch.setattr(app, "wait", remember)
    return asked


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment sets nothing."""
    for name in [name for name in os.environ if name.upper().startswith("PATSNAP_")]:
        monkeypatch.delenv(name)
