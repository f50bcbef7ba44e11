"""What the service makes lives exactly as long as published: alive one second before, gone at the second itself.

Tokens half an hour, tasks 8 hours, pictures, their links and searches 9 hours, reports 7 days from success.
"""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from contract_tests.account import Account
from contract_tests.client import Answer
from contract_tests.documents import INVALID, SERVICE, least, picture
from contract_tests.flows import KINDS, RUNS_S, Kind, seconds

pytestmark = pytest.mark.needs_clock
EVALUATION = KINDS[2]
HOUR, DAY = 3600, 86400


def _upload(account: Account) -> str:
    return str(account.call("P010", image=picture()).data["url"])


def _answered(account: Account) -> str:
    found = account.send("P060", least(SERVICE.operations["P060"])).data
    return str(found["patent_messages"][0]["url"])


def _search_with(account: Account, url: str) -> Answer:
    return account.send("P060", {**least(SERVICE.operations["P060"]), "url": url})


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_task(account: Account, kind: Kind) -> None:
    task_id = kind.create(account)
    account.advance(seconds(kind.longest_s - 1))
    assert kind.state(account, task_id) == "success"
    account.advance("999ms")
    assert kind.state(account, task_id) == "success"
    account.advance("1ms")
    assert kind.ask(account, task_id).code == INVALID


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_documented_task_lives_from_the_accounts_opening(account: Account, kind: Kind) -> None:
    maker = SERVICE.operations[kind.maker]
    assert maker.creates is not None
    account.advance(seconds(kind.life_s - 1))
    assert {kind.state(account, task_id) for task_id in maker.creates.documented} == {"success"}
    account.advance("1s")
    assert {kind.state(account, task_id) for task_id in maker.creates.documented} == {"unknown"}


@pytest.mark.parametrize("make", [_upload, _answered])
def test_a_picture_behind_its_link(account: Account, make: Callable[[Account], str]) -> None:
    url = make(account)
    account.advance(seconds(9 * HOUR - 1))
    assert account.target.fetch(url).status == 200
    account.advance("1s")
    gone = account.target.fetch(url)
    assert gone.status == 403
    assert b"Request has expired" in gone.body


_SEEN_BY = [one.id for one in SERVICE.operations.values() if one.parameter("url") or one.parameter("urls")]


@pytest.mark.parametrize("make", [_upload, _answered])
@pytest.mark.parametrize("use", _SEEN_BY)
def test_a_picture_in_a_call(account: Account, make: Callable[[Account], str], use: str) -> None:
    url = make(account)
    name = "urls" if SERVICE.operations[use].parameter("urls") else "url"
    request = {**least(SERVICE.operations[use]), name: [url] if name == "urls" else url}
    account.advance(seconds(9 * HOUR - 1))
    assert account.send(use, request).code == 0
    account.advance("1s")
    answer = account.send(use, request)
    assert answer.code == INVALID


def test_an_upload_says_how_long_it_lives(account: Account) -> None:
    data = account.call("P010", image=picture()).data
    assert data["expire"] == 32400
    assert parse_qs(urlsplit(data["url"]).query)["X-Amz-Expires"] == ["32400"]


def test_a_search(account: Account) -> None:
    search_id = account.send("P009-search-id", least(SERVICE.operations["P009-search-id"])).data["search_id"]
    account.advance(seconds(9 * HOUR - 1))
    assert account.call("P009-results", search_id=search_id).code == 0
    account.advance("1s")
    assert account.call("P009-results", search_id=search_id).code == INVALID


def test_a_search_whose_life_was_shortened(account: Account) -> None:
    account.configure(search_id_lifetime="20m")
    search_id = account.send("P009-search-id", least(SERVICE.operations["P009-search-id"])).data["search_id"]
    account.advance("19m59s")
    assert account.call("P009-results", search_id=search_id).code == 0
    account.advance("1s")
    assert account.call("P009-results", search_id=search_id).code == INVALID


def test_a_search_older_than_recommended_answers_and_is_noted(account: Account) -> None:
    search_id = account.send("P009-search-id", least(SERVICE.operations["P009-search-id"])).data["search_id"]
    for wait, noted in (("19m59s", False), ("1s", True)):
        account.advance(wait)
        assert account.call("P009-results", search_id=search_id).code == 0
        entry = account.steer("GET", "requests", query=[("operation", "P009-results")]).json()["requests"][-1]
        assert bool(entry["remarks"]) is noted


def test_a_report_lives_from_its_success(account: Account) -> None:
    job_id = EVALUATION.create(account)
    account.advance("4s")
    assert account.order(job_id, "success").status == 200
    url = EVALUATION.ask(account, job_id).data["report_url"]
    account.advance(seconds(7 * DAY - 1))
    assert account.target.fetch(url).status == 200
    assert EVALUATION.ask(account, job_id).data["report_url"] == url
    account.advance("1s")
    assert account.target.fetch(url).status == 403
    assert EVALUATION.ask(account, job_id).code == INVALID


def test_a_report_held_back_lives_on(account: Account) -> None:
    job_id = EVALUATION.create(account)
    account.order(job_id, "running")
    account.advance("30d")
    assert EVALUATION.state(account, job_id) == "running"


def test_a_link_signed_for_three_hours(account: Account) -> None:
    account.configure(link_lifetime="signed")
    job_id = EVALUATION.create(account)
    account.advance(seconds(RUNS_S))
    first = EVALUATION.ask(account, job_id).data["report_url"]
    account.advance("2h59m59s")
    assert account.target.fetch(first).status == 200
    account.advance("1s")
    assert account.target.fetch(first).status == 403
    second = EVALUATION.ask(account, job_id).data["report_url"]
    assert second != first
    assert account.target.fetch(second).status == 200


def test_a_signed_link_never_outlives_its_report(account: Account) -> None:
    account.configure(link_lifetime="signed")
    job_id = EVALUATION.create(account)
    account.advance(seconds(RUNS_S + 7 * DAY - 60))
    url = EVALUATION.ask(account, job_id).data["report_url"]
    assert parse_qs(urlsplit(url).query)["X-Amz-Expires"] == ["60"]
    account.advance("59s")
    assert account.target.fetch(url).status == 200
    account.advance("1s")
    assert account.target.fetch(url).status == 403


def test_an_answered_picture_signed_for_seven_days(account: Account) -> None:
    account.configure(link_lifetime="signed")
    url = _answered(account)
    assert parse_qs(urlsplit(url).query)["X-Amz-Expires"] == ["604800"]
    account.advance(seconds(7 * DAY - 1))
    assert account.target.fetch(url).status == 200
    assert _search_with(account, url).code == 0
    account.advance("1s")
    assert account.target.fetch(url).status == 403


def test_a_token(account: Account) -> None:
    token = account.token
    for wait, code in (("1799s", 0), ("999ms", 0), ("1ms", 67200003)):
        account.advance(wait)
        values = {"patent_number": "CN101595528B"}
        assert account.target.call("P043", values, apikey=account.client_id, bearer=token).code == code
