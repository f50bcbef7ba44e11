"""Tasks that end after so many polls: who is counted, and which answers are none."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.flows import KINDS, Kind
from tests.inside import Inside


@pytest.fixture
def account(app: Any) -> Account:
    return Inside(app).open()


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("clients", [2, 12])
def test_clients_that_poll_at_once_see_as_many_running_answers_as_planned(
    account: Account, kind: Kind, clients: int
) -> None:
    """Threads in one process, which meet inside the answer, not one after the other on a socket."""
    account.steer("PUT", "plan", {"polls": 3})
    task_id, together = kind.create(account), Barrier(clients)

    def poll(_: int) -> list[str]:
        together.wait()
        return [kind.state(account, task_id) for _ in range(4)]

    with ThreadPoolExecutor(clients) as pool:
        seen = [state for states in pool.map(poll, range(clients)) for state in states]
    assert (seen.count("running"), seen.count("success")) == (3, 4 * clients - 3)
    assert account.steer("GET", f"tasks/{task_id}").json()["polls"] == 3


BROKEN = {"truncate": ConnectionResetError, "reset": ConnectionResetError, "hang": TimeoutError}
LOST: list[dict[str, Any]] = [
    {"error": 67200002},
    {"status": 503},
    {"truncate": True},
    {"reset": True},
    {"hang": True},
    {"delay": "11s"},
]


@pytest.mark.parametrize("fault", LOST, ids=str)
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_only_an_answer_wholly_produced_is_a_poll(
    account: Account, waits: list[float], kind: Kind, fault: dict[str, Any]
) -> None:
    account.steer("PUT", "plan", {"polls": 2})
    task_id = kind.create(account)
    assert kind.state(account, task_id) == "running"
    account.steer("POST", "faults", {"operation": kind.reader, "times": 4, **fault})
    for _ in range(4):
        with pytest.raises(BROKEN[broken]) if (broken := next(iter(fault))) in BROKEN else nullcontext():
            kind.ask(account, task_id)
    assert account.steer("GET", f"tasks/{task_id}").json()["polls"] == 1
    assert [kind.state(account, task_id) for _ in range(2)] == ["running", "success"]


def test_an_answer_that_drips_or_comes_late_is_a_poll(account: Account, waits: list[float]) -> None:
    kind = KINDS[0]
    account.steer("PUT", "plan", {"polls": 2})
    task_id = kind.create(account)
    account.steer("POST", "faults", {"operation": kind.reader, "times": 1, "drip": "1s"})
    account.steer("POST", "faults", {"operation": kind.reader, "delay": "9s", "after": 1})
    assert [kind.state(account, task_id) for _ in range(3)] == ["running", "running", "success"]


def test_a_poll_of_an_id_that_is_none_counts_for_nobody(account: Account, app: Any) -> None:
    kind, other = KINDS[0], Inside(app).open()
    account.steer("PUT", "plan", {"polls": 1})
    task_id = kind.create(account)
    assert kind.state(other, task_id) == "unknown"
    assert KINDS[1].state(account, task_id) == "unknown"
    assert [kind.state(account, task_id) for _ in range(2)] == ["running", "success"]
