"""P062: pictures are searched overnight, each for itself, and each that finds something is paid for."""

from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.client import Answer
from contract_tests.documents import INVALID, SERVICE, checker, least, picture, whole
from contract_tests.flows import seconds

pytestmark = pytest.mark.needs_clock
PHONE = whole(SERVICE.operations["P061"])["urls"][0]
OTHER = whole(SERVICE.operations["P061"])["urls"][1]
EVENING = "2030-05-01T13:30:00Z"  # 21:30 in Beijing
NOTHING = {"assignees": "nobody at all"}


def created(account: Account, urls: list[str], **more: Any) -> Answer:
    return account.send("P062-create", {**least(SERVICE.operations["P062-create"]), "urls": urls, **more})


def batch(account: Account, urls: list[str], **more: Any) -> str:
    return str(created(account, urls, **more).data["job_id"])


def asked(account: Account, job_id: str) -> Any:
    answer = account.call("P062-result", task_id=job_id)
    assert checker("P062-result").check(answer.json()) == ()
    return answer.data


def finished(account: Account, urls: list[str], **more: Any) -> Any:
    account.steer("PUT", "plan", "immediate")
    return asked(account, batch(account, urls, **more))


@pytest.mark.parametrize(
    ("created_at", "ready_at"),
    [
        ("2030-05-01T13:30:00Z", "2030-05-02T00:00:00Z"),  # 21:30 in Beijing, before the night
        ("2030-05-01T14:30:00Z", "2030-05-02T00:00:00Z"),  # 22:30, in the night
        ("2030-05-01T20:00:00Z", "2030-05-02T00:00:00Z"),  # 04:00
        ("2030-05-01T23:59:59Z", "2030-05-02T00:00:00Z"),
        ("2030-05-02T00:00:00Z", "2030-05-03T00:00:00Z"),  # 08:00: the night is over
    ],
)
def test_a_batch_is_ready_at_the_next_eight_in_the_morning(account: Account, created_at: str, ready_at: str) -> None:
    account.set_clock(created_at)
    job_id = batch(account, [PHONE])
    assert asked(account, job_id) == {"status": "running"}
    account.set_clock(ready_at)
    assert asked(account, job_id)["status"] == "success"


def test_a_batch_runs_to_the_last_moment_of_the_night(account: Account) -> None:
    account.set_clock(EVENING)
    job_id = batch(account, [PHONE])
    account.set_clock("2030-05-01T23:59:59.999Z")
    assert asked(account, job_id) == {"status": "running"}
    account.advance("1ms")
    assert asked(account, job_id)["status"] == "success"


def test_each_picture_is_searched_for_itself(account: Account) -> None:
    filters = {"country": ["CN", "US"], "limit": 7, "lang": "en"}
    told = finished(account, [PHONE, OTHER, PHONE], **filters)
    searched = [account.send("P060", {**_single(url), **filters}).data for url in (PHONE, OTHER, PHONE)]
    assert [one["search_url"] for one in told["search_result"]] == [PHONE, OTHER, PHONE]
    for one, alone in zip(told["search_result"], searched, strict=True):
        assert one["status"] == "success"
        assert [hit["title"] for hit in one["patent_messages"]] == [hit["title"] for hit in alone["patent_messages"]]
        assert set(alone["patent_messages"][0]) - set(one["patent_messages"][0]) == {"loc", "authority"}
        assert one["result_count"] == len(one["patent_messages"]) == 7
    assert told["total_search_result_count"] == sum(alone["total_search_result_count"] for alone in searched)


def _single(url: str) -> dict[str, Any]:
    return {**least(SERVICE.operations["P060"]), "url": url}


def test_offset_and_order_hold_for_each_picture(account: Account) -> None:
    first = finished(account, [PHONE, OTHER], limit=6)["search_result"]
    later = finished(account, [PHONE, OTHER], limit=3, offset=3)["search_result"]
    for one, other in zip(first, later, strict=True):
        assert [hit["patent_pn"] for hit in one["patent_messages"][3:]] == [
            hit["patent_pn"] for hit in other["patent_messages"]
        ]
    dated = finished(account, [PHONE], field="APD", order="asc", limit=100)["search_result"][0]["patent_messages"]
    assert [hit["apdt"] for hit in dated] == sorted(hit["apdt"] for hit in dated)
    assert all("score" not in hit for hit in dated)


def test_a_failed_batch_says_so_and_nothing_else(account: Account) -> None:
    account.steer("PUT", "plan", {"immediate": True, "outcome": "fail"})
    assert asked(account, batch(account, [PHONE])) == {"status": "failed"}


# --- Pictures that cannot be seen ---------------------------------------------------------------------------


def test_a_picture_that_cannot_be_seen_fails_alone(account: Account) -> None:
    dead = account.call("P010", image=picture()).data["url"]
    account.advance("9h")
    account.steer("PUT", "plan", "immediate")
    answer = created(account, [PHONE, dead, OTHER])
    assert answer.cost == 2
    entry = account.steer("GET", "requests", query=[("operation", "P062-create")]).json()["requests"][-1]
    assert [remark for remark in entry["remarks"] if remark.startswith("picture 2 of the batch fails")]
    told = asked(account, answer.data["job_id"])["search_result"]
    assert [one["status"] for one in told] == ["success", "failed", "success"]
    assert told[1] == {"status": "failed", "search_url": dead, "result_count": 0, "patent_messages": []}
    account.configure(strict=True)
    assert created(account, [PHONE, dead, OTHER]).code == INVALID


def test_a_batch_of_which_nothing_can_be_seen_is_refused(account: Account) -> None:
    dead = account.call("P010", image=picture()).data["url"]
    account.advance("9h")
    before = account.steer("GET", "tasks").json()
    answer = created(account, [dead, dead])
    assert (answer.code, answer.cost) == (INVALID, 0)
    assert "expired" in answer.reason
    assert account.steer("GET", "tasks").json() == before


def test_a_picture_that_dies_before_morning_is_searched_all_the_same(account: Account) -> None:
    account.set_clock("2030-05-01T02:00:00Z")  # 10:00 in Beijing; the upload dies at 19:00
    url = account.call("P010", image=picture()).data["url"]
    job_id = batch(account, [url])
    account.set_clock("2030-05-02T00:00:00Z")
    assert account.target.fetch(url).status == 403
    (told,) = asked(account, job_id)["search_result"]
    assert (told["status"], told["search_url"], told["result_count"]) == ("success", url, 10)


# --- What it costs ------------------------------------------------------------------------------------------


def test_each_picture_that_finds_something_costs_one(account: Account) -> None:
    assert created(account, [PHONE] * 10).cost == 10
    nothing = created(account, [PHONE, OTHER], **NOTHING)
    assert nothing.cost == 0
    account.steer("PATCH", f"tasks/{nothing.data['job_id']}", {"state": "success"})
    told = asked(account, nothing.data["job_id"])
    assert [one["result_count"] for one in told["search_result"]] == [0, 0]
    assert told["total_search_result_count"] == 0
    assert created(account, [PHONE, OTHER], loc="14-03", offset=1000).cost == 0
    usage = account.steer("GET", "usage").json()
    assert (usage["credits"], usage["units"]) == (10, 10)


def test_a_batch_that_fails_gives_all_of_it_back(account: Account) -> None:
    account.configure(prices={"P062-create": 3}, balance=100)
    account.steer("PUT", "plan", {"P062-create": {"duration": "1h", "outcome": "fail"}})
    assert created(account, [PHONE, OTHER]).cost == 6
    usage = account.steer("GET", "usage").json()
    assert (usage["credits"], usage["units"], usage["balance"]) == (6, 2, 94)
    account.advance("1h")
    usage = account.steer("GET", "usage").json()
    assert (usage["credits"], usage["units"], usage["balance"]) == (0, 0, 100)
    assert [charge["given_back"] for charge in usage["charges"]] == [True]


@pytest.mark.parametrize(
    ("setting", "code"), [({"balance": 2}, 67200005), ({"daily_limit": 2}, 67200007), ({"total_limit": 2}, 67200000)]
)
def test_a_batch_dearer_than_what_is_left_makes_nothing(account: Account, setting: dict[str, int], code: int) -> None:
    assert account.token
    before = account.steer("GET", "tasks").json()
    account.configure(**setting)
    assert created(account, [PHONE] * 3).code == code
    assert account.steer("GET", "tasks").json() == before
    assert account.steer("GET", "usage").json()["units"] == 0
    assert created(account, [PHONE] * 2).code == 0


# --- Its id and its life ------------------------------------------------------------------------------------


def test_an_id_is_read_back_by_either_name(account: Account) -> None:
    account.steer("PUT", "plan", "immediate")
    job_id = batch(account, [PHONE])
    assert account.call("P062-result", task_id=job_id).code == 0
    assert account.call("P062-result", job_id=job_id).code == 0
    assert account.call("P062-result", task_id=job_id, job_id="nothing").code == 0
    assert account.call("P062-result", task_id="nothing", job_id=job_id).code == INVALID
    assert account.call("P062-result").code == INVALID
    assert account.call("P062-result", task_id=1).data["status"] == "success"


def test_the_body_is_an_empty_object_or_absent(account: Account) -> None:
    for body, code in ((b"{}", 0), (b"", 0), (b'{"note": 1}', 0), (b"[]", INVALID), (b"1", INVALID)):
        assert account.send_body("P062-result", body).code == code
    account.configure(strict=True)
    assert account.send_body("P062-result", b"{}").code == 0
    assert account.send_body("P062-result", b'{"task_id": "1"}').code == INVALID


def test_a_result_is_kept_for_seven_days_from_its_success(account: Account) -> None:
    account.set_clock(EVENING)
    job_id = batch(account, [PHONE])
    account.set_clock("2030-05-02T00:00:00Z")
    account.advance(seconds(7 * 86400 - 1))
    assert asked(account, job_id)["status"] == "success"
    account.advance("1s")
    assert account.call("P062-result", task_id=job_id).code == INVALID


def test_patents_of_a_batch_may_be_compared(account: Account) -> None:
    """They were returned by a search, so that a strict account takes them."""
    account.configure(strict=True)
    (told,) = finished(account, [PHONE], limit=3)["search_result"]
    request = {"urls": [PHONE], "patent_messages": told["patent_messages"], "report_lang": "en"}
    assert account.send("AI39-1-creation", request).code == 0


def test_slow_takes_ten_nights(account: Account) -> None:
    account.set_clock(EVENING)
    job_id = batch(account, ["https://pictures.example/emulator:slow.png"])
    account.set_clock("2030-05-10T23:59:59Z")
    assert asked(account, job_id) == {"status": "running"}
    account.set_clock("2030-05-11T00:00:00Z")
    assert asked(account, job_id)["status"] == "success"


def test_a_batch_is_in_a_snapshot(account: Account) -> None:
    account.set_clock(EVENING)
    account.steer("PUT", "plan", {"P062-create": "overnight"})
    job_id = batch(account, [PHONE, "https://shop.example/kettle.png"], country=["CN"], limit=2)
    kept = account.steer("GET", "snapshot").json()
    account.set_clock("2030-05-02T00:00:00Z")
    told = asked(account, job_id)
    assert told["status"] == "success"
    account.steer("POST", "reset")
    assert account.steer("PUT", "snapshot", kept).status == 200
    account.use(account.new_token())
    assert asked(account, job_id) == {"status": "running"}
    account.set_clock("2030-05-02T00:00:00Z")
    assert asked(account, job_id) == told
