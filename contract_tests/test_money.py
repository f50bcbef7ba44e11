"""Limits and money: what calls cost, what happens when it runs out, and what a task that fails gives back.

Published are codes 67200000 to 67200002, 67200005 and 67200007, and that P043 charges fee and quota for each item.
"""

from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.client import Answer, Target
from contract_tests.documents import picture
from contract_tests.flows import KINDS, RUNS_S, Kind, seconds
from contract_tests.patents import PATENTS

pytestmark = pytest.mark.emulator_only
RATE, DAILY, TOTAL, PLATFORM, BALANCE = 67200002, 67200007, 67200000, 67200001, 67200005
IDS = [one["patent_id"] for one in PATENTS if one["abstract"]]
CLEARANCE = KINDS[1]
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=str)
FREE = {"task_id": "00000000-0000-4000-8000-000000000000"}


def batch(account: Account, *ids: str) -> Answer:
    return account.call("P043", patent_id=",".join(ids), lang="en")


def usage(account: Account) -> dict[str, Any]:
    return dict(account.steer("GET", "usage").json())


def credits(account: Account) -> int:
    return int(usage(account)["credits"])


def wait(account: Account, by: str) -> None:
    """Let time pass for an account whose token lives on."""
    assert account.steer("POST", "clock", {"advance": by}).status == 200


# --- A balance that ends ----------------------------------------------------------------------------------


def test_a_balance_that_ends_inside_a_batch_refuses_it_whole(account: Account) -> None:
    account.configure(balance=3)
    refused = batch(account, *IDS[:4])
    assert (refused.code, refused.cost) == (BALANCE, 0)
    assert "3 credits remain and this result costs 4" in refused.reason
    assert credits(account) == 0
    fits = batch(account, *IDS[:3], "no-such-patent")
    assert (fits.code, fits.cost, len(fits.data)) == (0, 3, 3)
    assert usage(account)["balance"] == 0
    assert batch(account, IDS[0]).code == BALANCE


def test_a_balance_set_is_what_is_left_now(account: Account) -> None:
    batch(account, *IDS[:5])
    assert account.steer("GET").json()["balance"] == 9995
    assert account.configure(balance=2).json()["balance"] == 2
    assert batch(account, *IDS[:3]).code == BALANCE
    assert batch(account, *IDS[:2]).code == 0
    account.configure(balance=None)
    assert batch(account, *IDS[:100]).cost == 100
    assert usage(account)["balance"] is None


def test_with_nothing_left_what_is_free_goes_on(account: Account) -> None:
    task_id = CLEARANCE.create(account)
    report = KINDS[2].create(account)
    account.configure(balance=0, daily_limit=0, total_limit=0)
    assert account.new_token()
    assert account.call("P010", image=picture()).code == 0
    account.advance(seconds(RUNS_S))
    assert CLEARANCE.state(account, task_id) == "success"
    link = KINDS[2].ask(account, report).data["report_url"]
    assert account.target.fetch(link).status == 200
    assert batch(account, IDS[0]).code == DAILY


# --- Tasks that fail --------------------------------------------------------------------------------------


@EVERY_KIND
def test_a_task_that_fails_is_not_billed(account: Account, kind: Kind) -> None:
    account.steer("PUT", "plan", {"outcome": "fail"})
    task_id = kind.create(account)
    assert (credits(account), usage(account)["balance"]) == (1, 9999)
    account.advance(seconds(kind.runs_s))
    assert kind.state(account, task_id) == "failed"
    told = usage(account)
    assert (told["credits"], told["units"], told["today"]["units"], told["balance"]) == (0, 0, 0, 10_000)
    assert [(one["task"], one["given_back"]) for one in told["charges"]] == [(task_id, True)]
    account.advance(seconds(kind.longest_s))
    assert kind.state(account, task_id) == "unknown"
    assert credits(account) == 0


@EVERY_KIND
def test_a_task_that_only_expired_stays_billed(account: Account, kind: Kind) -> None:
    kind.create(account)
    account.advance(seconds(kind.longest_s + 1))
    assert credits(account) == 1


@EVERY_KIND
def test_a_failure_that_is_ordered_gives_back_and_its_end_takes_again(account: Account, kind: Kind) -> None:
    task_id = kind.create(account)
    for state, cost in (("failed", 0), ("running", 1), ("failed", 0), ("success", 1)):
        assert account.order(task_id, state).status == 200
        assert credits(account) == cost


def test_a_quota_that_a_failed_task_gave_back_can_be_used_again(account: Account) -> None:
    account.configure(daily_limit=1, total_limit=1, balance=1)
    account.steer("PUT", "plan", {"polls": 0, "outcome": "fail"})
    first = CLEARANCE.create(account)
    assert account.send(CLEARANCE.maker, {"country": ["US"], "lang": "en", "main_field": "phone"}).code == DAILY
    assert CLEARANCE.state(account, first) == "failed"
    assert CLEARANCE.create(account)


# --- Requests a second ------------------------------------------------------------------------------------


def test_while_the_clock_is_frozen_a_second_lasts_until_it_is_moved(account: Account) -> None:
    account.configure(qps=3)
    codes = [account.call("AI39-2-query", **FREE).code for _ in range(3)]
    assert RATE not in codes
    for _ in range(3):
        refused = account.call("AI39-2-query", **FREE)
        assert refused.code == RATE
        assert "the clock is frozen" in refused.reason
    wait(account, "999ms")
    assert account.call("AI39-2-query", **FREE).code == RATE
    wait(account, "1ms")
    assert account.call("AI39-2-query", **FREE).code != RATE


def test_a_running_clock_is_not_blamed_for_too_many_requests(own_emulator: Target) -> None:
    account = Account(own_emulator, "hasty", "secret")
    assert account.token
    own_emulator.steer("POST", "clock", {"rate": 0.000_001})  # the next second is far away
    own_emulator.steer("POST", "clock", {"freeze": False})
    account.configure(qps=1)
    assert account.call("AI39-2-query", **FREE).code != RATE
    refused = account.call("AI39-2-query", **FREE)
    assert refused.code == RATE
    assert "requests in a second" in refused.reason
    assert "frozen" not in refused.reason
    wait(account, "1s")
    assert account.call("AI39-2-query", **FREE).code != RATE


def test_every_request_counts_also_token_calls_and_those_that_are_refused_later(account: Account) -> None:
    account.configure(qps=3)
    assert account.new_token()
    assert account.call("P043").code == 68300004
    assert batch(account, IDS[0]).code == 0
    assert account.target.token_call(account.client_id, account.secret).code == RATE


# --- The day in Beijing, and the total --------------------------------------------------------------------


def test_a_daily_limit_ends_at_midnight_in_beijing(account: Account) -> None:
    account.set_clock("2026-03-01T15:59:59.999Z")
    account.configure(daily_limit=2)
    assert batch(account, *IDS[:3]).code == DAILY
    assert batch(account, *IDS[:2]).code == 0
    refused = batch(account, IDS[0])
    assert refused.code == DAILY
    assert "2026-03-01 (UTC+08:00)" in refused.reason
    assert usage(account)["today"] == {"day": "2026-03-01", "units": 2}
    wait(account, "1ms")
    assert usage(account)["today"] == {"day": "2026-03-02", "units": 0}
    assert batch(account, *IDS[:2]).code == 0
    assert credits(account) == 4


def test_a_total_limit_ends_never(account: Account) -> None:
    account.configure(total_limit=1, wire="live")
    assert batch(account, *IDS[:2]).code == TOTAL
    answer = batch(account, IDS[0])
    assert (answer.code, answer.header("x-openapi-amount")) == (0, None)
    account.advance("400d")
    assert batch(account, IDS[0]).code == TOTAL


# --- All accounts together --------------------------------------------------------------------------------


def test_limits_of_the_platform_are_shared_by_all(own_emulator: Target) -> None:
    one, two = (Account(own_emulator, name, "secret") for name in ("one", "two"))
    assert one.token + two.token
    assert own_emulator.steer("PUT", "limits", {"total_limit": 3}).json() == {"qps": None, "total_limit": 3, "used": 0}
    assert batch(one, *IDS[:2]).code == 0
    refused = batch(two, *IDS[:2])
    assert refused.code == PLATFORM
    assert "by all accounts together" in refused.reason
    assert batch(two, IDS[0]).code == 0
    assert own_emulator.steer("GET", "limits").json()["used"] == 3
    assert batch(one, IDS[0]).code == PLATFORM
    own_emulator.steer("PUT", "limits", {"qps": 2})
    assert [batch(who, IDS[0]).code for who in (one, two, one, two)] == [0, 0, PLATFORM, PLATFORM]
    own_emulator.steer("POST", "clock", {"advance": "1s"})
    assert batch(two, IDS[0]).code == 0
    own_emulator.steer("POST", "reset")
    assert own_emulator.steer("GET", "limits").json() == {"qps": None, "total_limit": None, "used": 0}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"qsp": 1}, "did you mean qps?"),
        ({"daily_limit": 1}, "daily_limit is not understood"),
        ({"qps": -1}, "qps"),
        ({"qps": "1"}, "qps"),
        ({"total_limit": 1.5}, "total_limit"),
        ({"total_limit": True}, "total_limit"),
        ({"total_limit": 2**53 + 1}, "total_limit"),
    ],
)
def test_wrong_limits_of_the_platform_change_nothing(own_emulator: Target, body: dict[str, Any], named: str) -> None:
    own_emulator.steer("PUT", "limits", {"qps": 7, "total_limit": 8})
    answer = own_emulator.steer("PUT", "limits", body)
    assert answer.status == 400
    assert named in answer.json()["error"]
    assert own_emulator.steer("GET", "limits").json() == {"qps": 7, "total_limit": 8, "used": 0}


# --- Prices and the bill ----------------------------------------------------------------------------------


def test_an_account_has_prices_of_its_own(account: Account, other: Account) -> None:
    account.configure(prices={"P043": 5, "P010": 2, CLEARANCE.maker: 0}, daily_limit=3)
    assert batch(account, *IDS[:2]).cost == 10
    assert account.call("P010", image=picture()).cost == 2
    assert CLEARANCE.create(account)
    assert account.call("P010", image=picture()).code in (DAILY, RATE)
    assert batch(other, *IDS[:2]).cost == 2
    told = usage(account)
    assert (told["credits"], told["units"], told["balance"]) == (12, 3, 9988)


def test_each_line_of_the_bill_names_its_call(account: Account) -> None:
    answers = [batch(account, *IDS[:3]), batch(account, "no-such-patent"), batch(account, IDS[0])]
    task_id = CLEARANCE.create(account)
    journal = {one["id"]: one["cost"] for one in account.steer("GET", "requests").json()["requests"]}
    told = usage(account)
    assert {one["call"]: one["credits"] for one in told["charges"]} == {
        call: cost for call, cost in journal.items() if cost
    }
    assert [one["credits"] for one in told["charges"]] == [3, 1, 1]
    assert told["charges"][0]["call"] == answers[0].header("x-correlation-id")
    assert told["charges"][-1]["task"] == task_id
    assert told["credits"] == sum(one.cost for one in answers) + 1
