"""How long answers take: the wait before them, and the service that gives up when it would be too long."""

import asyncio
from typing import Any

import httpx2
import pytest
from pydantic import ValidationError

from contract_tests.account import Account
from contract_tests.documents import CALLS, SERVICE, least
from contract_tests.flows import KINDS
from emulator.app import create_app
from emulator.settings import Settings
from emulator.spec.models import Operation
from tests.conftest import BASE_URL, NOW
from tests.inside import Inside, journal

BUSY, LONGEST_S = 67200100, 10.0
OPERATIONS = [pytest.param(one, id=one.id) for one in CALLS]
SEARCH = least(SERVICE.operations["P060"])


class Bench:
    """An emulator with a latency, and the seconds of real time it would have waited."""

    def __init__(self, latency: Any) -> None:
        self.app: Any = create_app(Settings(now=NOW, freeze=True, latency=latency))
        self.waits: list[float] = []
        self.app.wait = self._remember
        self.account: Account = Inside(self.app).open()

    async def _remember(self, seconds: float) -> None:
        self.waits.append(seconds)

    def waited(self) -> list[float]:
        """Since one last looked."""
        waits, self.waits[:] = list(self.waits), []
        return waits


@pytest.fixture(scope="module")
def documented() -> Bench:
    return Bench("documented")


@pytest.fixture(scope="module")
def endless() -> Bench:
    return Bench("11s")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_takes_as_long_as_documented(documented: Bench, operation: Operation) -> None:
    documented.account.send(operation.id, least(operation))
    assert documented.waited() == [5.0]
    assert SERVICE.usual_answer(operation) == 5000


def test_an_operation_whose_page_gives_no_time_takes_what_was_decided() -> None:
    silent = [operation for operation in CALLS if operation.performance is None]
    assert "P009-results" in [operation.id for operation in silent]
    assert {SERVICE.usual_answer(operation) for operation in silent} == {5000}
    assert {SERVICE.longest_answer(operation) for operation in silent} == {10_000}


EXPECTED = {"off": [], "documented": [5.0], "250ms": [0.25], "10s": [10.0]}


@pytest.mark.parametrize(("latency", "waits"), EXPECTED.items())
def test_answers_take_as_long_as_the_server_was_told(latency: str, waits: list[float]) -> None:
    bench = Bench(latency)
    answer = bench.account.send("P060", SEARCH)
    assert (answer.code, answer.cost, bench.waited()) == (0, 1, waits)


def test_refusals_and_token_calls_take_as_long(documented: Bench) -> None:
    account = documented.account
    refused = [
        account.call("P060"),
        account.send("P060", SEARCH, headers={"X-Emulator-Error": "67200002"}),
        account.target.call("P060", SEARCH),
        account.target.token_call("somebody", "a secret"),
        account.target.token_call("somebody", "wrong-secret"),
    ]
    assert [answer.code for answer in refused] == [68300004, 67200002, 67200008, 0, 67200003]
    assert documented.waited() == [5.0] * 5


def test_unknown_paths_files_and_the_control_api_answer_at_once(documented: Bench) -> None:
    target = documented.account.target
    assert target.send("GET", "/nowhere").code == 67200101
    assert target.send("GET", "/files/nobody/images/a.png").status == 403
    assert target.steer("GET", "health").status == 200
    assert documented.waited() == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_takes_too_long_is_busy_and_was_not_done(endless: Bench, operation: Operation) -> None:
    account = endless.account
    before = [account.steer("GET", page).body for page in ("tasks", "usage")]
    answer = account.send(operation.id, least(operation))
    nearest = SERVICE.errors.tables[operation.error_table].nearest
    assert (answer.code, answer.cost, endless.waited()) == (nearest.get(BUSY, BUSY), 0, [LONGEST_S])
    told = "" if BUSY not in nearest else f"; it means {BUSY}, which this page does not list"
    assert answer.reason == f"the answer would take 11s, and 10s is the most{told}"
    assert [account.steer("GET", page).body for page in ("tasks", "usage")] == before
    assert (journal(account)[-1]["cause"], journal(account)[-1]["cost"]) == ("busy", 0)


def test_exactly_the_longest_is_not_too_long() -> None:
    bench = Bench("5s")
    delays = ("5s", "5001ms")
    delayed = [bench.account.send("P060", SEARCH, headers={"X-Emulator-Delay": delay}).code for delay in delays]
    assert (delayed, bench.waited()) == ([0, BUSY], [10.0, 10.0])


@pytest.mark.parametrize("asked", [{"headers": {"X-Emulator-Delay": "11s"}}, {"fault": {"delay": "11s"}}])
def test_a_wait_that_was_asked_for_makes_the_service_busy_too(
    app: Any, waits: list[float], asked: dict[str, Any]
) -> None:
    account, kind = Inside(app).open(), KINDS[0]
    if "fault" in asked:
        account.steer("POST", "faults", asked["fault"])
    answer = account.send(kind.maker, least(SERVICE.operations[kind.maker]), headers=asked.get("headers"))
    assert (answer.code, answer.cost, waits) == (BUSY, 0, [LONGEST_S])
    assert len(journal(account)[-1]["trouble"]) == 1


def test_waits_of_all_kinds_add_up(app: Any, waits: list[float]) -> None:
    account = Inside(app).open()
    account.steer("POST", "faults", {"delay": "2s"})
    values = {**SEARCH, "url": "https://pictures.example/emulator:slow.png"}
    assert account.send("P060", values, headers={"X-Emulator-Delay": "1500ms"}).code == 0
    assert waits == [8.5]
    assert journal(account)[-1]["trouble"] == ["X-Emulator-Delay", "fault-1", "emulator:slow"]


def test_simulated_time_does_not_move_with_a_wait(app: Any, waits: list[float]) -> None:
    account = Inside(app).open()
    before = account.steer("GET", "clock").json()["now"]
    account.send("P060", SEARCH, headers={"X-Emulator-Delay": "9s"})
    assert account.steer("GET", "clock").json()["now"] == before


def test_a_caller_in_the_same_process_need_not_wait_to_the_end(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wait that never ends, and a client with a time limit: the limit is felt."""

    async def for_ever(_: float) -> None:
        await asyncio.Event().wait()

    async def impatient() -> None:
        async with asyncio.timeout(0.01), httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app)) as client:
            await client.post(f"{BASE_URL}/oauth/token", headers={"X-Emulator-Delay": "5s"})

    monkeypatch.setattr(app, "wait", for_ever)
    with pytest.raises(TimeoutError):
        asyncio.run(impatient())


@pytest.mark.parametrize("latency", ["soon", "-1s", "", "1500", -1, "9999999d"])
def test_a_latency_that_is_none_is_refused(latency: Any) -> None:
    with pytest.raises(ValidationError, match="latency"):
        Settings(latency=latency)
