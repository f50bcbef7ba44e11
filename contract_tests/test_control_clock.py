"""Clocks go forward as they are told, never back; one account's, or everybody's at once."""

from datetime import UTC, datetime
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.client import Target
from contract_tests.flows import KINDS

pytestmark = pytest.mark.needs_clock


def _now(who: Account | Target) -> datetime:
    told = who.steer("GET", "clock").json()["now"]
    return datetime.fromisoformat(told)


def _post(who: Account | Target, **order: Any) -> int:
    return who.steer("POST", "clock", order).status


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("8h", 28800),
        ("7d", 604800),
        ("1h30m", 5400),
        ("250ms", 0.25),
        ("90s", 90),
        ("1.5h", 5400),
        ("10min", 600),
        ("0s", 0),
    ],
)
def test_an_account_advances_by_a_duration(account: Account, text: str, amount: float) -> None:
    before = _now(account)
    assert _post(account, advance=text) == 200
    assert (_now(account) - before).total_seconds() == amount


@pytest.mark.parametrize(
    "text", ["2100-01-01T00:00:00Z", "2100-01-01", "2100-01-01T08:00:00+08:00", "2100-01-01T00:00:00.000"]
)
def test_an_account_is_set_to_an_instant(account: Account, text: str) -> None:
    assert _post(account, set=text) == 200
    assert _now(account) == datetime(2100, 1, 1, tzinfo=UTC)
    assert _post(account, set=text) == 200


def test_going_back_is_refused(account: Account) -> None:
    _post(account, set="2100-01-01T00:00:01Z")
    answer = account.steer("POST", "clock", {"set": "2100-01-01T00:00:00Z"})
    assert answer.status == 409
    assert "forward only" in answer.json()["error"]
    assert _now(account) == datetime(2100, 1, 1, 0, 0, 1, tzinfo=UTC)


def test_a_clock_is_described(account: Account) -> None:
    told = account.steer("GET", "clock").json()
    assert list(told) == ["now", "mode", "offset_s", "rate"]
    assert (told["mode"], told["rate"]) == ("frozen", 1.0)


def test_everybodys_clock_moves_everybody(own_emulator: Target) -> None:
    early, late = (Account(own_emulator, name, "secret") for name in ("early", "late"))
    task_id = KINDS[0].create(early)
    assert late.token
    late.advance("1h")
    assert _post(own_emulator, advance="6s") == 200
    assert _now(own_emulator) == datetime(2026, 1, 1, 0, 0, 6, tzinfo=UTC)
    assert KINDS[0].state(early, task_id) == "success"
    assert _now(late) == datetime(2026, 1, 1, 1, 0, 6, tzinfo=UTC)
    assert _post(own_emulator, set="2027-01-01T00:00:00Z") == 200
    assert _now(early) == datetime(2027, 1, 1, tzinfo=UTC)
    assert _post(own_emulator, set="2026-06-01T00:00:00Z") == 409
    newcomer = Account(own_emulator, "newcomer", "secret")
    assert newcomer.token
    assert _now(newcomer) == datetime(2027, 1, 1, tzinfo=UTC)


def test_a_pinned_account_stands_while_everybody_moves(own_emulator: Target) -> None:
    pinned = Account(own_emulator, "pinned", "secret")
    assert pinned.token
    assert _post(pinned, freeze=True) == 200
    _post(own_emulator, advance="8h")
    assert _now(pinned) == datetime(2026, 1, 1, tzinfo=UTC)
    assert _post(pinned, freeze=False) == 200
    assert _now(pinned) == datetime(2026, 1, 1, tzinfo=UTC)
    _post(own_emulator, advance="1h")
    assert _now(pinned) == datetime(2026, 1, 1, 1, tzinfo=UTC)


def test_a_thawed_clock_runs_at_its_rate(own_emulator: Target) -> None:
    assert _now(own_emulator) == _now(own_emulator)
    assert _post(own_emulator, rate=100_000) == 200
    assert _post(own_emulator, freeze=False) == 200
    assert own_emulator.steer("GET", "clock").json()["mode"] == "running"
    first = _now(own_emulator)
    moved = max(_now(own_emulator) for _ in range(20))
    assert moved > first
    assert _post(own_emulator, freeze=True) == 200
    assert _now(own_emulator) == _now(own_emulator) >= moved


@pytest.mark.parametrize(
    ("order", "named"),
    [
        ({"advance": "8 hours"}, "advance"),
        ({"advance": ""}, "advance"),
        ({"advance": "-8h"}, "advance"),
        ({"advance": 8}, "advance"),
        ({"set": "tomorrow"}, "set"),
        ({"set": "1969-12-31T23:59:59Z"}, "set"),
        ({"set": 0}, "set"),
        ({"freeze": "yes"}, "freeze"),
        ({"freeze": None}, "freeze"),
        ({"rate": 60}, "rate"),
        ({"advence": "8h"}, "did you mean advance"),
        ({}, "exactly one"),
        ({"advance": "1h", "set": "2100-01-01"}, "exactly one"),
        ({"advance": None}, "advance"),
    ],
)
def test_an_order_no_clock_understands_names_what_is_wrong(account: Account, order: dict[str, Any], named: str) -> None:
    before = _now(account)
    answer = account.steer("POST", "clock", order)
    assert answer.status == 400
    assert named in answer.json()["error"]
    assert _now(account) == before


@pytest.mark.parametrize("rate", [0, -1, 1e9, "fast", None])
def test_a_rate_is_a_sound_number(own_emulator: Target, rate: Any) -> None:
    assert own_emulator.steer("POST", "clock", {"rate": rate}).status == 400


def test_time_has_an_end_and_stops_there(account: Account) -> None:
    account.advance("2890000d")
    assert _now(account).year == 9900
    account.advance("1d")
    assert account.call("P043", patent_number="CN101595528B").code == 0


@pytest.mark.parametrize("page", ["tokens", "tasks", "requests", "clock", ""])
def test_what_ends_after_the_end_of_time_can_still_be_told(account: Account, page: str) -> None:
    account.advance("2890000d")
    for kind in KINDS:
        assert kind.state(account, kind.create(account)) == "running"
    assert account.steer("GET", page).status == 200
