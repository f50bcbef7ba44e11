"""The token call is understood in every form that clients use; a secret belongs to the client id it first came with."""

import base64
import secrets
from typing import Any
from urllib.parse import urlsplit

import pytest

from contract_tests.account import Account
from contract_tests.client import Answer, Target
from contract_tests.test_credentials import KNOWN, refused

FORM = "application/x-www-form-urlencoded"


@pytest.mark.emulator_only
def test_the_token_answer_serves_both_kinds_of_reader(account: Account) -> None:
    answer = account.target.token_call(account.client_id, account.secret)
    body = answer.json()
    twin = body.pop("data")
    assert twin == body
    assert {name: body[name] for name in ("token_type", "expires_in", "status")} == {
        "token_type": "BearerToken",
        "expires_in": 1799,
        "status": "approved",
    }
    assert body["issued_at"].isdecimal()
    assert len(body["issued_at"]) == 13
    assert answer.headers_named("x-openapi-amount") == ["0"]


@pytest.mark.emulator_only
def test_the_live_token_answer_is_wrapped(account: Account) -> None:
    account.configure(wire="live")
    body = account.target.token_call(account.client_id, account.secret).json()
    assert list(body) == ["data", "status", "error_code"]
    assert (body["status"], body["error_code"], body["data"]["status"]) == (True, 0, "approved")


def _as_form(account: Account) -> Answer:
    form = {"grant_type": "client_credentials", "client_id": account.client_id, "client_secret": account.secret}
    return account.target.call("token", form)


def _as_user_info(account: Account) -> Answer:
    place = urlsplit(account.target.base_url)
    secret = account.secret.replace(" ", "%20")
    url = f"{place.scheme}://{account.client_id}:{secret}@{place.netloc}/oauth/token"
    return account.target.send("POST", url, content=b"grant_type=client_credentials", headers={"Content-Type": FORM})


def _with_grant_type_in_the_query(account: Account) -> Answer:
    query = [("grant_type", "client_credentials")]
    return account.target.send("POST", "/oauth/token", query=query, basic=(account.client_id, account.secret))


def _by_basic(account: Account) -> Answer:
    return account.target.token_call(account.client_id, account.secret)


@pytest.mark.parametrize("way", [_by_basic, _as_form, _as_user_info, _with_grant_type_in_the_query])
@pytest.mark.emulator_only
def test_a_token_may_be_asked_for_in_every_observed_way(account: Account, way: Any) -> None:
    token = way(account).json()["token"]
    assert account.target.call("P043", KNOWN, apikey=account.client_id, bearer=token).code == 0


@pytest.mark.parametrize(
    "form", [{}, {"grant_type": "password"}, {"grant_type": ""}, {"grant_type": "CLIENT_CREDENTIALS"}]
)
@pytest.mark.emulator_only
def test_another_grant_type_is_refused(account: Account, form: dict[str, str]) -> None:
    answer = account.target.call("token", form, basic=(account.client_id, account.secret))
    refused(answer, 200, 67200015)
    assert answer.json()["error_msg"] == "Grant type error"


@pytest.mark.emulator_only
def test_another_grant_type_opens_no_account_and_binds_no_secret(target: Target) -> None:
    client_id = f"late-{secrets.token_hex(6)}"
    refused(target.call("token", {"grant_type": "password"}, basic=(client_id, "first")), 200, 67200015)
    assert target.steer("GET", f"accounts/{client_id}").status == 404
    assert Account(target, client_id, "second").token


@pytest.mark.emulator_only
def test_a_secret_is_bound_at_first_use(account: Account) -> None:
    refused(account.target.token_call(account.client_id, "another"), 401, 67200003)
    assert account.new_token()


@pytest.mark.emulator_only
def test_the_reserved_secret_is_wrong_for_everybody_and_binds_nobody(target: Target) -> None:
    client_id = f"late-{secrets.token_hex(6)}"
    refused(target.token_call(client_id, "wrong-secret"), 401, 67200003)
    assert target.steer("GET", f"accounts/{client_id}").status == 404
    assert Account(target, client_id, "its own").token


@pytest.mark.parametrize(
    ("client_id", "secret"), [("", "s"), ("no-secret", ""), ("a/b", "s"), ("x" * 129, "s"), ("标识", "s"), ("a b", "s")]
)
def test_what_cannot_be_a_client_is_refused(target: Target, client_id: str, secret: str) -> None:
    refused(target.token_call(client_id, secret), 401, 67200003)


@pytest.mark.parametrize(
    "header", ["", "Basic", "Basic !!!", "Basic " + base64.b64encode(b"no colon").decode(), "Bearer x"]
)
def test_unreadable_credentials_of_a_token_call_are_refused(target: Target, header: str) -> None:
    headers = {"Authorization": header, "Content-Type": FORM}
    refused(
        target.send("POST", "/oauth/token", headers=headers, content=b"grant_type=client_credentials"), 401, 67200003
    )
