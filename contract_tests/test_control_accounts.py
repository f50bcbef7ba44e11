"""Accounts are made, changed, told, closed and reset by the control API; a wrong setting changes nothing."""

import json
import secrets
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.client import Target
from contract_tests.flows import KINDS

pytestmark = pytest.mark.emulator_only


def test_an_account_is_made_changed_told_and_closed(target: Target) -> None:
    account = Account(target, f"made-{secrets.token_hex(4)}", "its own secret")
    made = account.steer("PUT", body={"secret": "its own secret", "language": "cn"})
    assert made.status == 201
    assert made.json()["api_key"].startswith("sk-")
    again = account.steer("PUT", body={"strict": True})
    assert again.status == 200
    told = account.steer("GET").json()
    assert (told["language"], told["strict"], told["wire"]) == ("cn", True, "documented")
    assert (told["configured"], told["has_secret"]) == (True, True)
    assert b"its own secret" not in account.steer("GET").body + again.body
    assert account.token
    listed = [one["id"] for one in target.steer("GET", "accounts").json()["accounts"]]
    assert listed.count(account.client_id) == 1
    assert account.steer("DELETE").status == 200
    assert account.steer("GET").status == 404
    answer = target.call("R003-export", {"job_id": "x"}, apikey=account.client_id, bearer=account.token)
    assert answer.code == 67200009


def test_a_closed_account_opens_afresh(account: Account) -> None:
    task_id = KINDS[0].create(account)
    account.steer("DELETE")
    reopened = Account(account.target, account.client_id, "another secret now")
    assert KINDS[0].state(reopened, task_id) == "unknown"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"wire": "soap"}, "wire"),
        ({"language": "jp"}, "language"),
        ({"languge": "cn"}, "did you mean language"),
        ({"strict": "yes"}, "strict"),
        ({"seed": "1"}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"created_status": 202}, "created_status"),
        ({"link_lifetime": "7d"}, "link_lifetime"),
        ({"search_id_lifetime": "soon"}, "search_id_lifetime"),
        ({"valid_until": "never"}, "valid_until"),
        ({"enabled": None}, "enabled"),
        ({"permissions": "P043"}, "permissions"),
        ({"permissions": ["P999"]}, "permissions"),
        ({"secret": ""}, "secret"),
        ({"secret": 7}, "secret"),
        ({"id": "other"}, "id"),
        ({"qps": -1}, "qps"),
        ({"qps": 1.5}, "qps"),
        ({"qps": "5"}, "qps"),
        ({"qps": True}, "qps"),
        ({"qsp": 5}, "qsp is not understood; did you mean qps?"),
        ({"daily_limit": -1}, "daily_limit"),
        ({"daily_limit": {}}, "daily_limit"),
        ({"daily": 5}, "daily is not understood; did you mean daily_limit?"),
        ({"total_limit": 2**53 + 1}, "total_limit"),
        ({"total_limit": [1]}, "total_limit"),
        ({"totl_limit": 5}, "totl_limit is not understood; did you mean total_limit?"),
        ({"balance": "all"}, "balance"),
        ({"balance": 0.5}, "balance"),
        ({"balance": -(2**53) - 1}, "balance"),
        ({"balance": 10**400}, "balance"),
        ({"ballance": 5}, "ballance is not understood; did you mean balance?"),
        ({"prices": None}, "prices"),
        ({"prices": ["P043"]}, "prices"),
        ({"prices": {"P043": -1}}, "prices.P043"),
        ({"prices": {"P043": "1"}}, "prices.P043"),
        ({"prices": {"P043": None}}, "prices.P043"),
        ({"prices": {"P043": 1_000_001}}, "prices.P043"),
        ({"prices": {"P043": 1, "p060": 1}}, "prices: 'p060' is no operation; did you mean P060?"),
        ({"prices": {"": 1}}, "prices: '' is no operation; known are token"),
        ({"price": {"P043": 1}}, "price is not understood; did you mean prices?"),
        ({"plan": "imediate"}, "plan: 'imediate' is no way to run; did you mean immediate?"),
        ({"plan": 5}, "plan"),
        ({"plan": {}, "qps": -1}, "qps"),
        ({"plan": {"outcome": "failed"}}, "plan: outcome"),
        ({"plan": {"polls": -1}}, "plan: polls"),
        ({"plan": {"duration": 6}}, "plan: duration"),
        ({"plan": {"duration": "6s", "polls": 1}}, "plan: a task runs in one way: duration and polls"),
        ({"plan": {"P043": "hold"}}, "plan: 'P043' is no operation that makes tasks"),
        ({"plan": {"R003-crate": "hold"}}, "did you mean R003-create?"),
        (
            {"plan": {"R003-create": {"outcom": "fail"}}},
            "plan.R003-create: outcom is not understood; did you mean outcome?",
        ),
        ({"plans": "hold"}, "plans is not understood; did you mean plan?"),
        ({"balance": 5, "qps": 1, "prices": {"P043": 1}, "daily_limit": "x"}, "daily_limit"),
    ],
)
def test_a_wrong_setting_is_refused_and_changes_nothing(account: Account, body: dict[str, Any], named: str) -> None:
    before = account.steer("GET").json()
    answer = account.steer("PUT", body=body)
    assert answer.status == 400
    assert named in answer.json()["error"]
    assert account.steer("GET").json() == before


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"qps": 0, "daily_limit": 0, "total_limit": 0}, {}),
        ({"qps": 2**53, "daily_limit": 2**53, "total_limit": 2**53}, {}),
        ({"qps": None, "daily_limit": None, "total_limit": None}, {}),
        ({"balance": 2**53}, {}),
        ({"balance": -5}, {}),
        ({"balance": None}, {}),
        ({"prices": {}}, {}),
        ({"prices": {"P043": 0, "token": 1_000_000}}, {}),
        ({"plan": None}, {}),
        ({"plan": "hold"}, {"plan": {"all": {"hold": True}}}),
        ({"plan": {"polls": 0, "outcome": "fail"}}, {"plan": {"all": {"polls": 0, "outcome": "fail"}}}),
        ({"plan": {"R003-create": "immediate"}}, {"plan": {"R003-create": {"immediate": True}}}),
    ],
)
def test_limits_money_and_plans_are_told_as_they_were_set(
    account: Account, body: dict[str, Any], told: dict[str, Any]
) -> None:
    answer = account.configure(**body)
    assert {name: answer.json()[name] for name in body} == {**body, **told}
    assert account.steer("GET").json() == {name: value for name, value in answer.json().items() if name != "api_key"}


def test_settings_that_are_left_out_keep_their_values(account: Account) -> None:
    account.configure(qps=50, daily_limit=60, total_limit=70, balance=80, prices={"P043": 9})
    account.configure(daily_limit=61)
    told = account.steer("GET").json()
    assert [told[name] for name in ("qps", "daily_limit", "total_limit", "balance")] == [50, 61, 70, 80]
    assert told["prices"] == {"P043": 9}


def test_a_balance_may_be_set_with_what_makes_the_account(target: Target) -> None:
    account = Account(target, f"made-{secrets.token_hex(4)}", "its own secret")
    made = account.steer("PUT", body={"secret": "its own secret", "balance": 1, "prices": {"P043": 2}})
    assert (made.status, made.json()["balance"]) == (201, 1)
    answer = account.call("P043", patent_number="CN101595528B")
    assert (answer.code, "1 credits remain and this call costs 2" in answer.reason) == (67200005, True)
    account.configure(prices={"P043": 1})
    assert account.call("P043", patent_number="CN101595528B").code == 0
    account.steer("POST", "reset")
    assert account.steer("GET").json()["balance"] == 1


def test_tokens_are_told_and_ended(account: Account) -> None:
    token = account.token
    told = account.steer("GET", "tokens").json()["tokens"]
    assert told[-1]["live"] is True
    assert token.startswith(told[-1]["begins_with"])
    assert token not in json.dumps(told)
    assert account.steer("DELETE", "tokens").json() == {"expired": len(told)}
    assert [one["live"] for one in account.steer("GET", "tokens").json()["tokens"]] == [False] * len(told)
    assert account.call("R003-export", job_id="x").code == 67200009


def test_a_reset_account_begins_again(account: Account) -> None:
    account.configure(language="cn")
    account.configure(language="en", created_status=201)
    task_id = KINDS[0].create(account)
    account.advance("1h")
    shared = account.target.steer("GET", "clock").json()["now"]
    assert account.steer("POST", "reset").status == 200
    assert account.steer("GET", "requests").json()["requests"] == []
    told = account.steer("GET").json()
    assert (told["language"], told["created_status"]) == ("cn", 200)
    assert account.steer("GET", "clock").json()["now"] >= shared
    assert account.steer("GET", "clock").json()["offset_s"] == 0
    assert account.steer("GET", "tokens").json()["tokens"] == []
    assert KINDS[0].state(Account(account.target, account.client_id, account.secret), task_id) == "unknown"


def test_a_reset_account_that_opened_itself_is_gone(account: Account) -> None:
    assert account.steer("POST", "reset").status == 200
    assert account.steer("GET").status == 404


def test_a_reset_of_all_begins_everything_again(own_emulator: Target) -> None:
    visitor = Account(own_emulator, "visitor", "secret")
    first = own_emulator.token_call("demo-client", "demo-secret").body
    KINDS[0].create(visitor)
    own_emulator.steer("POST", "clock", {"advance": "30d"})
    assert own_emulator.steer("POST", "reset").json() == {"reset": "all"}
    assert own_emulator.steer("GET", "clock").json()["now"] == "2026-01-01T00:00:00.000Z"
    assert [one["id"] for one in own_emulator.steer("GET", "accounts").json()["accounts"]] == ["demo-client"]
    assert own_emulator.steer("GET", "requests").json() == {"requests": [], "dropped": 0}
    assert own_emulator.token_call("demo-client", "demo-secret").body == first


@pytest.mark.parametrize("body", [{"onyl": []}, {"everything": True}])
def test_a_reset_takes_no_words_it_does_not_know(account: Account, body: dict[str, Any]) -> None:
    assert account.steer("POST", "reset", body).status == 400
    assert account.steer("GET").status == 200
