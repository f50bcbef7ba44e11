"""The journal tells every call of an account with its verdict, reason and price, newest last, and no secret ever."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.documents import picture
from contract_tests.flows import KINDS

pytestmark = pytest.mark.emulator_only


def _told(account: Account, **filters: str) -> list[dict[str, Any]]:
    answer = account.steer("GET", "requests", query=list(filters.items()))
    assert answer.status == 200, answer.body
    return list(answer.json()["requests"])


@pytest.fixture
def busy(account: Account) -> Account:
    """An account with one call of each sort."""
    account.call("P043", patent_number="CN101595528B", lang="jp")
    account.call("P043")
    account.call("P060", url="x", patent_type="D", model=9)
    account.target.send("DELETE", "/image-search/results", query=[("apikey", account.client_id)])
    account.call("P010", image=picture())
    return account


def test_every_call_is_told_in_order(busy: Account) -> None:
    calls = [call for call in _told(busy) if call["operation"]]
    assert [(call["operation"], call["error_code"], call["cost"]) for call in calls] == [
        ("token", 0, 0),
        ("P043", 0, 1),
        ("P043", 68300004, 0),
        ("P060", 68300004, 0),
        ("P009-results", 68300007, 0),  # its path with another method
        ("P010", 0, 0),
    ]
    assert all(call["account"] == busy.client_id for call in calls)
    assert all(call["fault"] is False for call in calls)


def test_a_call_is_told_as_it_went(busy: Account) -> None:
    answer = busy.call("P060", url="x", patent_type="D", model=9)
    call = _told(busy)[-1]
    assert call["id"] == answer.header("x-correlation-id")
    assert (call["method"], call["path"]) == ("POST", "/search/patent/image-single")
    assert (call["status"], call["error_code"], call["cause"]) == (200, 68300004, "parameter_invalid")
    assert call["reason"] == answer.reason
    assert call["at"] == busy.steer("GET", "clock").json()["now"]
    assert '"model": 9' in call["request"]
    assert call["answer"] == answer.body.decode()


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"operation": "P043"}, 2),
        ({"code": "68300004"}, 2),
        ({"code": "0"}, 3),
        ({"status": "200", "operation": "P043"}, 2),
        ({"method": "GET"}, 2),
        ({"path": "/search/patent/image-single"}, 1),
        ({"cause": "parameter_invalid"}, 2),
        ({"operation": "P043", "code": "0"}, 1),
        ({"operation": "R003-export"}, 0),
        ({"limit": "2"}, 2),
        ({"limit": "0"}, 0),
        ({"operation": "P043", "limit": "1"}, 1),
    ],
)
def test_filters_choose(busy: Account, filters: dict[str, str], count: int) -> None:
    chosen = _told(busy, **filters)
    assert len(chosen) == count
    if "limit" in filters and count:
        everything = _told(busy, **{name: value for name, value in filters.items() if name != "limit"})
        assert chosen == everything[-count:]


@pytest.mark.parametrize(
    ("filters", "named"),
    [
        ({"opertion": "P043"}, "did you mean operation"),
        ({"operation": "P43"}, "did you mean P043"),
        ({"code": "6720000x"}, "code"),
        ({"status": "OK"}, "status"),
        ({"method": "get"}, "'GET'"),
        ({"cause": "paramter_invalid"}, "did you mean parameter_invalid"),
        ({"path": "basic-patent-data"}, "path"),
        ({"limit": "all"}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"wait": "2min"}, "wait"),
        ({"wait": "soon"}, "wait"),
        ({"after": "no call of this account"}, "after"),
    ],
)
def test_a_filter_that_is_none_is_refused(account: Account, filters: dict[str, str], named: str) -> None:
    answer = account.steer("GET", "requests", query=list(filters.items()))
    assert answer.status == 400
    assert named in answer.json()["error"]


def test_a_wait_ends_with_the_call_that_is_awaited(account: Account) -> None:
    last = account.call("P043").header("x-correlation-id") or ""
    with ThreadPoolExecutor(1) as apart:
        awaited = apart.submit(_told, account, after=last, operation="P043", wait="20s")
        answer = account.call("P043", patent_number="CN101595528B")
        assert [call["id"] for call in awaited.result()] == [answer.header("x-correlation-id")]
    assert _told(account, after=last, operation="P010", wait="1ms") == []


def test_a_forgotten_journal_begins_again(busy: Account) -> None:
    assert busy.steer("DELETE", "requests").status == 200
    assert _told(busy) == []
    busy.call("P043")
    assert len(_told(busy)) == 1


def test_everybodys_journal_has_the_calls_of_nobody_too(account: Account) -> None:
    mark = f"/nowhere/{account.client_id}"
    account.target.send("GET", mark)
    told = account.target.steer("GET", "requests", query=[("path", mark)]).json()["requests"]
    assert [(call["account"], call["error_code"]) for call in told] == [(None, 67200101)]


def test_a_refusal_belongs_to_the_account_that_was_claimed(account: Account) -> None:
    account.target.call("R003-export", {"job_id": "x"}, apikey=account.client_id, bearer="garbage")
    assert _told(account)[-1]["error_code"] == 67200009


def test_an_error_that_was_asked_for_is_in_the_journal_and_free(account: Account) -> None:
    account.send("P043", {"patent_number": "CN101595528B"}, headers={"X-Emulator-Error": "68300005"})
    call = _told(account)[-1]
    assert (call["operation"], call["error_code"], call["cost"]) == ("P043", 68300005, 0)


def test_no_secret_is_told(account: Account) -> None:
    key = str(account.configure().json()["api_key"])
    form = {"grant_type": "client_credentials", "client_id": account.client_id, "client_secret": account.secret}
    token = account.target.call("token", form).json()["token"]
    account.target.call("token", {}, more_query=list(form.items()))
    account.target.call("P043", {"patent_number": "CN101595528B"}, apikey=key)
    account.target.call("P043", {"patent_number": "CN101595528B"}, bearer=key, more_query=[("note", key)])
    account.call("R003-create", text=f"Text with {key} in it.", tech_maturity_index=1, report_name=key)
    account.call("P043", patent_number="CN101595528B")
    job_id = KINDS[2].create(account)
    account.order(job_id, "success")
    link = KINDS[2].ask(account, job_id).data["report_url"]
    account.target.fetch(link)
    told = account.steer("GET", "requests").body + account.target.steer("GET", "requests").body
    secrets = {key, key[3:], account.secret, account.secret.replace(" ", "+"), token, account.token}
    secrets.add(link.rpartition("X-Amz-Signature=")[2])
    assert len(told) > 1000
    for secret in secrets:
        assert secret.encode() not in told


def test_files_are_told_too(account: Account) -> None:
    url = account.call("P010", image=picture()).data["url"]
    account.target.fetch(url)
    account.target.fetch(url + "0")
    files = _told(account, operation="file")
    assert [call["status"] for call in files] == [200, 403]
    assert files[1]["reason"]
