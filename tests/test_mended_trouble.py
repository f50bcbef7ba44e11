"""Mistakes with time, money, files and snapshots that were met once, so that none comes back."""

import json
from typing import Any

from tests.conftest import Caller

P043, SUBMIT = "/basic-patent-data/abstract-data-translated", "/ai/image-search/submit"
R003 = "/patent-valuation-data/pre_patent-evaluation-create"
CLEARANCE = {"country": ["US"], "lang": "en", "main_field": "phone"}


def test_an_order_into_the_state_a_task_has_changes_nothing(caller: Caller) -> None:
    caller.steer("PUT", "", {"plan": "immediate", "secret": caller.secret})
    made = caller.call("POST", R003, json={"text": "x", "report_name": "x", "tech_maturity_index": 1}).json()
    task = f"/tasks/{made['data']['job_id']}"
    before = caller.steer("GET", task)
    caller.advance("6d")
    assert caller.steer("PATCH", task, {"state": "success"}) == before


def test_a_rewound_clock_leaves_no_day_with_less_than_nothing(caller: Caller) -> None:
    caller.steer("PUT", "", {"plan": "hold", "secret": caller.secret})
    caller.advance("1d")
    for _ in range(2):
        answer = caller.call("POST", SUBMIT, json=CLEARANCE)
        caller.steer("PATCH", f"/tasks/{answer.json()['data']['task_id']}", {"state": "failed"})
    caller.steer("POST", "/reset", {"only": ["clock"]})
    caller._token = None
    caller.call("POST", SUBMIT, json=CLEARANCE)
    assert caller.steer("GET", "/usage")["today"]["units"] == 1
    caller.advance("1d")
    caller.call("POST", SUBMIT, json=CLEARANCE)
    usage = caller.steer("GET", "/usage")
    assert (usage["today"]["units"], usage["credits"]) == (1, 2)
    assert [charge["given_back"] for charge in usage["charges"]] == [True, True, False, False]


def test_a_live_wire_never_answers_201(caller: Caller) -> None:
    caller.steer("PUT", "", {"wire": "live", "created_status": 201, "secret": caller.secret})
    assert caller.call("POST", SUBMIT, json=CLEARANCE).status_code == 200


def test_a_file_of_ours_that_is_no_picture_breaks_the_rules_for_files(caller: Caller) -> None:
    caller.steer("PUT", "", {"plan": "immediate", "secret": caller.secret})
    made = caller.call("POST", R003, json={"text": "x", "report_name": "x", "tech_maturity_index": 1}).json()
    url = caller.call("GET", R003.replace("create", "export"), made["data"]).json()["data"]["report_url"]
    asked = {"url": url, "patent_type": "D", "model": 1}
    assert caller.call("POST", "/search/patent/image-single", json=asked).json()["error_code"] == 68300010


def test_a_snapshot_that_was_edited_is_refused_and_changes_nothing(caller: Caller) -> None:
    caller.steer("PUT", "", {"secret": caller.secret})
    whole = caller.steer("GET", "/snapshot")
    for change in (_no_setting, _other_task):
        edited = change(json.loads(json.dumps(whole)))
        answer = caller.send("PUT", f"/_emulator/accounts/{caller.client_id}/snapshot", json=edited)
        assert (answer.status_code, answer.json()["error"].split(":")[0]) == (400, "contents")
    assert caller.steer("GET", "/snapshot") == whole
    caller.steer("PUT", "/snapshot", whole)


def _no_setting(snapshot: Any) -> Any:
    records = snapshot["contents"][0]["records"]
    records["account"][0][1]["settings"] = {"qps": "many", "wire": "none"}
    return snapshot


def _other_task(snapshot: Any) -> Any:
    snapshot["contents"][0]["records"]["tasks"][0][1]["created"] = 10**15
    return snapshot


def test_settings_that_return_bring_their_balance_anew(caller: Caller) -> None:
    caller.steer("PUT", "", {"balance": 10, "secret": caller.secret})
    caller.call("GET", P043, {"patent_number": "CN101595528B"})
    caller.steer("PUT", "", {"balance": 100})
    caller.call("GET", P043, {"patent_number": "CN101595528B"})
    caller.steer("POST", "/reset", {"only": ["settings"]})
    assert caller.steer("GET", "")["balance"] == 10
