"""Clocks of all and of accounts: moved, frozen, set at a rate; always forward.

Real time is a number the tests move. Any sequence of orders is in `test_clocks_model`.
"""

import pytest

from emulator.behaviours.clocks import BackwardsError, Clocks
from emulator.behaviours.world import SHARED
from emulator.clock import LATEST
from emulator.store.memory import MemoryStore

START = 1_767_225_600_000


class Bench:
    """Clocks over a machine's time that stands still until it is moved."""

    def __init__(self, start: int | None = START, frozen: bool = False) -> None:
        self.real = 5_000_000
        self.store = MemoryStore()
        self.clocks = Clocks(self.store, start, frozen, lambda: self.real)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_time_starts_where_it_was_asked_to_and_passes(bench: Bench) -> None:
    assert bench.clocks.now() == START
    bench.real += 1500
    assert bench.clocks.now() == bench.clocks.now("a") == START + 1500


def test_without_a_start_time_is_the_machine_s() -> None:
    bench = Bench(None)
    bench.real += 70
    assert bench.clocks.now() == bench.real


def test_one_account_moves_without_the_others(bench: Bench) -> None:
    bench.clocks.advance("a", 1000)
    assert (bench.clocks.now("a"), bench.clocks.now("b"), bench.clocks.now()) == (START + 1000, START, START)


def test_moving_all_moves_an_account_that_has_its_own_offset(bench: Bench) -> None:
    bench.clocks.advance("a", 1000)
    bench.clocks.advance(SHARED, 500)
    assert (bench.clocks.now("a"), bench.clocks.now("b")) == (START + 1500, START + 500)


def test_setting_goes_to_the_instant(bench: Bench) -> None:
    bench.clocks.set("a", START + 42)
    bench.clocks.set(SHARED, START + 7)
    assert (bench.clocks.now(), bench.clocks.now("a")) == (START + 7, START + 49)


@pytest.mark.parametrize("who", [SHARED, "a"])
def test_time_goes_forward_only(bench: Bench, who: str) -> None:
    with pytest.raises(BackwardsError, match="forward only"):
        bench.clocks.advance(who, -1)
    with pytest.raises(BackwardsError, match=r"it is 2026-01-01T00:00:00\.000Z already"):
        bench.clocks.set(who, START - 1)
    bench.clocks.set(who, START)
    assert bench.clocks.now(who) == START


@pytest.mark.parametrize("who", [SHARED, "a"])
def test_a_frozen_clock_stands_until_it_is_moved_or_released(bench: Bench, who: str) -> None:
    bench.real += 100
    bench.clocks.freeze(who, True)
    bench.real += 10_000
    assert bench.clocks.now(who) == START + 100
    bench.clocks.advance(who, 5)
    assert bench.clocks.now(who) == START + 105
    bench.clocks.freeze(who, False)
    bench.real += 20
    assert bench.clocks.now(who) == START + 125


def test_freezing_an_account_pins_only_that_one(bench: Bench) -> None:
    bench.clocks.freeze("a", True)
    bench.real += 50
    bench.clocks.advance(SHARED, 1000)
    assert (bench.clocks.now("a"), bench.clocks.now("b")) == (START, START + 1050)


def test_freezing_twice_changes_nothing(bench: Bench) -> None:
    for _ in range(2):
        bench.clocks.freeze("a", True)
        bench.real += 9
    assert bench.clocks.now("a") == START


def test_freezing_all_stops_every_account(bench: Bench) -> None:
    bench.clocks.advance("a", 10)
    bench.clocks.freeze(SHARED, True)
    bench.real += 1000
    assert (bench.clocks.now("a"), bench.clocks.now("b")) == (START + 10, START)


def test_the_rate_counts_from_the_order_on(bench: Bench) -> None:
    bench.real += 100
    bench.clocks.run_at(60)
    bench.real += 1000
    assert bench.clocks.now("a") == START + 100 + 60_000
    bench.clocks.run_at(1)
    bench.real += 1
    assert bench.clocks.now("a") == START + 100 + 60_001


def test_a_new_account_starts_at_the_instant_of_all(bench: Bench) -> None:
    bench.clocks.advance("a", 1000)
    bench.clocks.advance(SHARED, 77)
    assert bench.clocks.now("newcomer") == START + 77


def test_one_moment_shows_one_instant_to_all(bench: Bench) -> None:
    bench.clocks.advance("a", 1000)
    moment = bench.clocks.moment()
    bench.real += 500
    assert (moment(SHARED), moment("a"), moment("b")) == (START, START + 1000, START)


def test_time_stops_at_the_end_of_the_calendar(bench: Bench) -> None:
    for who in ("a", SHARED):
        bench.clocks.advance(who, LATEST)
        assert bench.clocks.now(who) == LATEST
        bench.clocks.advance(who, 5)
        assert bench.clocks.describe(who)["now"] == "9900-01-01T00:00:00.000Z"


def test_rewinding_goes_back_to_the_start(bench: Bench) -> None:
    bench.clocks.advance(SHARED, 1000)
    bench.clocks.freeze(SHARED, True)
    bench.clocks.run_at(60)
    bench.clocks.rewind()
    bench.real += 3
    assert (bench.clocks.now(), bench.clocks.now("a")) == (START + 3, START + 3)


def test_a_frozen_start_stays_frozen_when_rewound() -> None:
    bench = Bench(frozen=True)
    bench.clocks.freeze(SHARED, False)
    bench.clocks.rewind()
    bench.real += 500
    assert bench.clocks.now() == START


def test_clocks_over_a_store_that_has_time_go_on_with_it(bench: Bench) -> None:
    bench.clocks.advance(SHARED, 1000)
    assert Clocks(bench.store, 0, True, lambda: bench.real).now() == START + 1000


def test_a_clock_is_described(bench: Bench) -> None:
    bench.clocks.advance("a", 1500)
    assert bench.clocks.describe("a") == {
        "now": "2026-01-01T00:00:01.500Z",
        "mode": "running",
        "offset_s": 1.5,
        "rate": 1.0,
    }
    bench.clocks.freeze("a", True)
    assert bench.clocks.describe("a")["mode"] == "frozen"
    shared = bench.clocks.describe(SHARED)
    assert (shared["mode"], shared["offset_s"]) == ("running", (START - bench.real) / 1000)


@pytest.mark.parametrize("who", [SHARED, "a"])
@pytest.mark.parametrize("pinned", [False, True])
def test_an_absurd_step_ends_at_the_end_of_the_calendar(bench: Bench, who: str, pinned: bool) -> None:
    bench.clocks.freeze(who, pinned)
    bench.clocks.advance(who, 10**30)
    assert bench.clocks.now(who) == LATEST
