"""A client as tests play it, well or badly, against an application whose machine's time they move."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from emulator import clock
from emulator.app import create_app
from emulator.contract.facts import patent_number
from emulator.settings import Settings
from emulator.spec import loader
from tests.conftest import NOW, Caller
from tests.inside import MachineTime

SERVICE = loader.load()
PICTURE = "https://static-open.zhihuiya.com/sample/common_demo.png"
_NUMBERS = itertools.count(1)


class Scene:
    """One account and its client. Calls go by the ids of operations; `wait` lets real time go by."""

    def __init__(self, app: Any, machine: MachineTime, **settings: Any) -> None:
        self.caller = Caller(app, f"scene-{next(_NUMBERS)}")
        self.machine = machine
        self.steer("PUT", "", {"secret": "a secret", **settings})
        self.token = self.caller.token()

    def steer(self, method: str, page: str, body: Any = None) -> Any:
        return self.caller.steer(method, page, body)

    def fault(self, **body: Any) -> None:
        self.steer("POST", "/faults", body)

    def wait(self, seconds: float) -> None:
        self.machine.milliseconds += round(seconds * 1000)

    def jump(self, by: str) -> None:
        self.steer("POST", "/clock", {"advance": by})

    def new_token(self) -> None:
        self.token = self.caller.token()

    def send(self, operation_id: str, values: dict[str, Any] | None = None, **more: Any) -> httpx2.Response:
        """A call with token and client id, or with what `params` and `headers` replace."""
        operation = SERVICE.operations[operation_id]
        values = values or {}
        query = {name: value for name, value in values.items() if name not in operation.names("body")}
        params = {"apikey": self.caller.client_id, **query, **more.pop("params", {})}
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        if operation.body is not None and not more:
            more["json"] = {name: value for name, value in values.items() if name not in query}
        params = {name: value for name, value in params.items() if value is not None}
        headers = {name: value for name, value in headers.items() if value is not None}
        return self.caller.send(operation.method, operation.path, params=params, headers=headers, **more)

    def call(self, operation_id: str, values: dict[str, Any] | None = None, **more: Any) -> Any:
        """The `data` of a call's answer; None when it is refused, or lost on its way."""
        try:
            answer = self.send(operation_id, values, **more)
        except (ConnectionResetError, TimeoutError):
            return None
        return answer.json().get("data") if answer.headers["content-type"].startswith("application/json") else None

    def fetch(self, url: str, **more: Any) -> int:
        return self.caller.send("GET", url, **more).status_code

    def submit(self, **more: Any) -> str:
        """A clearance task; its id."""
        return str(self.call("AI39-1-submit", {"country": ["US"], "lang": "en", "url": PICTURE, **more})["task_id"])

    def poll(self, task_id: str) -> Any:
        return self.call("AI39-2-report", {"task_id": task_id})

    def search(self, **more: Any) -> Any:
        return self.call("P060", {"patent_type": "D", "model": 1, "url": PICTURE, "limit": 3, **more})

    def judged(self) -> dict[str, Any]:
        told: dict[str, Any] = self.steer("GET", "/findings")
        return told

    def rules(self) -> list[str]:
        """The rules of the findings, in their order."""
        return [finding["rule"] for finding in self.judged()["findings"]]

    def patents(self, count: int) -> list[str]:
        """Ids of so many patents that nobody knows."""
        return [f"{patent_number(str(number)):08x}-0000-4000-8000-000000000000" for number in range(count)]


@contextmanager
def machine_time() -> Iterator[MachineTime]:
    """The machine's time, which stands still until somebody moves it."""
    with pytest.MonkeyPatch.context() as patch:
        machine = MachineTime()
        patch.setattr(clock, "time", machine)
        yield machine


@contextmanager
def stage(**settings: Any) -> Iterator[tuple[Any, MachineTime]]:
    """An application whose clock goes on with the machine's."""
    with machine_time() as machine:
        yield create_app(Settings(now=NOW, **settings)), machine
