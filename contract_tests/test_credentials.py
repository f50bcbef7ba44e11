"""Both generations of credentials let their account in, and every way of getting them wrong has its own refusal.

The older generation is client id and a token of half an hour, the newer one a single `sk-` key.
"""

import secrets
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.client import Answer, Target

KNOWN = {"patent_number": "CN101595528B"}
EXPORT = {"job_id": "297e0d32-6c07-48c5-8de5-44efe052bfd1"}


def refused(answer: Answer, status: int, code: int) -> None:
    assert (answer.status, answer.code) == (status, code), answer.body
    assert "data" not in answer.json()


def _key(account: Account) -> str:
    return str(account.configure().json()["api_key"])


def test_client_id_and_token_together_are_enough(client: Account) -> None:
    assert client.call("P043", **KNOWN).code == 0


@pytest.mark.emulator_only
def test_an_sk_key_is_enough_as_bearer_or_as_apikey(account: Account) -> None:
    key = _key(account)
    assert len(key) == 51
    for apikey, bearer in ((None, key), (key, None), (key, key), (account.client_id, key)):
        assert account.target.call("P043", KNOWN, apikey=apikey, bearer=bearer).code == 0


def test_an_sk_key_beside_another_clients_id_is_refused(account: Account) -> None:
    answer = account.target.call("P060", {}, apikey="somebody", bearer=_key(account))
    assert answer.code == 67200009


@pytest.mark.emulator_only
def test_an_unknown_sk_key_opens_an_account_that_does_not_show_it(target: Target) -> None:
    key = f"sk-{secrets.token_hex(24)}"
    assert target.call("P043", KNOWN, bearer=key).code == 0
    opened = [one["id"] for one in target.steer("GET", "accounts").json()["accounts"] if one["id"].startswith("key-")]
    shown = target.steer("GET", "requests").body
    assert opened
    assert key.encode() not in shown
    assert not any(key[3:] in name for name in opened)


@pytest.mark.parametrize(
    "key", ["sk-short", "sk-", "sk-0123456789abcde", "sk-0123456789abcdef!", "SK-0123456789abcdef"]
)
@pytest.mark.emulator_only
def test_a_malformed_key_is_refused(account: Account, key: str) -> None:
    refused(account.target.call("R003-export", EXPORT, bearer=key), 401, 67200009)


@pytest.mark.emulator_only
def test_two_different_keys_are_refused(account: Account, other: Account) -> None:
    answer = account.target.call("R003-export", EXPORT, apikey=_key(account), bearer=_key(other))
    refused(answer, 401, 67200009)


def test_a_missing_apikey_is_refused(client: Account) -> None:
    refused(client.target.call("R003-export", EXPORT, bearer=client.token), 401, 67200008)


def test_no_credentials_at_all_lack_the_apikey(target: Target) -> None:
    refused(target.call("R003-export", EXPORT), 401, 67200008)


def test_a_missing_token_is_refused(client: Account) -> None:
    refused(client.target.call("R003-export", EXPORT, apikey=client.client_id), 401, 67200009)


@pytest.mark.emulator_only
def test_a_token_of_another_client_is_refused_like_an_unknown_one(account: Account, other: Account) -> None:
    foreign = account.target.call("R003-export", EXPORT, apikey=account.client_id, bearer=other.token)
    unknown = account.target.call("R003-export", EXPORT, apikey=account.client_id, bearer="x" * 32)
    refused(foreign, 401, 67200009)
    assert (foreign.body, foreign.reason) == (unknown.body, unknown.reason)


@pytest.mark.emulator_only
def test_a_garbage_bearer_is_named_otherwise_on_the_live_wire(account: Account) -> None:
    account.configure(wire="live")
    answer = account.target.call("R003-export", EXPORT, apikey=account.client_id, bearer="garbage")
    refused(answer, 200, 67200202)
    assert answer.body == b'{"error_code":67200202,"error_msg":"apikey auth error!","status":false}'


@pytest.mark.parametrize(
    ("operation", "status", "code"),
    [("R003-export", 401, 67200009), ("P009-results", 200, 67200003), ("P043", 401, 67200003), ("P010", 200, 67200003)],
)
@pytest.mark.needs_clock
def test_a_token_dies_at_1800_seconds(account: Account, operation: str, status: int, code: int) -> None:
    values: dict[str, Any] = {"P010": {"image": b"no picture"}}.get(operation, {**EXPORT, **KNOWN, "search_id": "none"})
    token = account.token
    account.advance("1799s")
    alive = account.target.call(operation, values, apikey=account.client_id, bearer=token)
    assert alive.code in (0, 68300004, 68300010)
    account.advance("1s")
    refused(account.target.call(operation, values, apikey=account.client_id, bearer=token), status, code)


@pytest.mark.needs_clock
def test_a_new_token_does_not_end_the_old_one(account: Account) -> None:
    old = account.token
    account.advance("20m")
    assert account.token != old
    assert account.target.call("P043", KNOWN, apikey=account.client_id, bearer=old).code == 0
    account.advance("10m")
    refused(account.target.call("R003-export", EXPORT, apikey=account.client_id, bearer=old), 401, 67200009)
    assert account.call("P043", **KNOWN).code == 0


@pytest.mark.emulator_only
def test_a_disabled_client_is_refused_everywhere(account: Account) -> None:
    assert account.token
    account.configure(enabled=False)
    refused(account.call("R003-export", **EXPORT), 401, 67200003)
    refused(account.target.token_call(account.client_id, account.secret), 401, 67200003)
    account.configure(enabled=True)
    assert account.call("R003-export", **EXPORT).code == 0


@pytest.mark.needs_clock
def test_a_term_ends_at_its_instant(account: Account) -> None:
    account.set_clock("2100-01-01T00:00:00Z")
    account.configure(valid_until="2100-01-01T00:00:10Z")
    account.advance("9s")
    assert account.call("P043", **KNOWN).code == 0
    token = account.token
    account.advance("1s")
    refused(account.target.call("R003-export", EXPORT, apikey=account.client_id, bearer=token), 403, 67200006)
    refused(account.target.token_call(account.client_id, account.secret), 403, 67200006)


@pytest.mark.emulator_only
def test_permissions_name_the_operations_that_may_be_called(account: Account) -> None:
    account.configure(permissions=["R003-export"])
    assert account.call("R003-export", **EXPORT).code == 0
    refused(account.call("P043", **KNOWN), 403, 67200004)
    account.configure(permissions=None)
    assert account.call("P043", **KNOWN).code == 0


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_of_a_token_may_be_written_in_any_case(client: Account, scheme: str) -> None:
    headers = {"Authorization": f"{scheme} {client.token}"}
    query = [("apikey", client.client_id), *KNOWN.items()]
    answer = client.target.send("GET", "/basic-patent-data/abstract-data-translated", query=query, headers=headers)
    assert answer.code == 0
