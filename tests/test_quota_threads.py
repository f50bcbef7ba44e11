"""Several calls at once take exactly what is there: nothing twice, and nothing too much."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.quota import Limits
from emulator.behaviours.world import Account, World
from emulator.errors import ApiError
from tests.conftest import Caller
from tests.till import BATCH, Till


@pytest.fixture
def till(world: World) -> Till:
    return Till(world)


def _together(threads: int, what: Callable[[int], int]) -> int:
    """What so many threads did, started at once."""
    ready = Barrier(threads)

    def run(number: int) -> int:
        ready.wait()
        return what(number)

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(run, range(threads)))


def _paid(till: Till, account: Account, calls: int) -> int:
    """How many of so many calls were accepted, each looked at twice, as on the path of a request."""
    paid = 0
    for _ in range(calls):
        try:
            till.admit(BATCH, account)
            paid += till.charge(BATCH, 1, account)
        except ApiError:
            continue
    return paid


@pytest.mark.parametrize("settings", [{"balance": 50}, {"daily_limit": 50}, {"total_limit": 50}])
def test_threads_take_exactly_what_is_there(till: Till, settings: dict[str, int]) -> None:
    till.set(**settings)
    assert _together(8, lambda _: _paid(till, till.account, 20)) == 50
    assert till.quota.used("a", till.now).credits == 50


def test_accounts_in_threads_share_the_platform_s_units_exactly(till: Till) -> None:
    till.quota.limit_platform(Limits(total_limit=50))
    assert _together(8, lambda number: _paid(till, replace(till.account, id=f"a{number}"), 20)) == 50
    assert till.quota.platform_units == 50


def test_threads_share_a_window_exactly(till: Till) -> None:
    till.set(qps=50)

    def ask(_: int) -> int:
        admitted = 0
        for _ in range(20):
            try:
                till.admit()
                admitted += 1
            except ApiError:
                continue
        return admitted

    assert _together(8, ask) == 50


def test_a_call_that_costs_does_not_wait_for_work_in_another_thread(till: Till) -> None:
    with till.world.at_work, ThreadPoolExecutor(1) as other:
        assert other.submit(_paid, till, till.account, 1).result(timeout=10) == 1


def _others_may_take(lock: Any) -> bool:
    """Whether another thread could have a lock right now."""

    def take() -> bool:
        taken = bool(lock.acquire(blocking=False))
        if taken:
            lock.release()
        return taken

    with ThreadPoolExecutor(1) as other:
        return other.submit(take).result(timeout=10)


def test_settings_do_not_change_under_a_call_in_another_thread(
    caller: Caller, monkeypatch: pytest.MonkeyPatch, app: Any
) -> None:
    seen: list[bool] = []
    configure = Accounts.configure

    def look(accounts: Accounts, *arguments: Any) -> str:
        seen.append(_others_may_take(accounts._world.at_work))
        return configure(accounts, *arguments)

    caller.token()
    monkeypatch.setattr(Accounts, "configure", look)
    caller.steer("PUT", "", {"balance": 1})
    assert seen == [False]
