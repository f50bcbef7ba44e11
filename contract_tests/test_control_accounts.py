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
    ],
)
def test_a_wrong_setting_is_refused_and_changes_nothing(account: Account, body: dict[str, Any], named: str) -> None:
    before = account.steer("GET").json()
    answer = account.steer("PUT", body=body)
    assert answer.status == 400
    assert named in answer.json()["error"]
    assert account.steer("GET").json() == before


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
