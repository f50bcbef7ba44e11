"""Mended: work in a thread of its own that an account's new beginning overtakes."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from emulator.behaviours import evaluation
from emulator.behaviours.paper import evaluation_pdf
from tests.conftest import Caller

CREATE = "/patent-valuation-data/pre_patent-evaluation-create"
EXPORT = "/patent-valuation-data/pre_patent-evaluation-export"


def _report(caller: Caller, text: str) -> str:
    body = {"text": text, "report_name": text, "tech_maturity_index": 3}
    job = caller.call("POST", CREATE, json=body).json()["data"]["job_id"]
    return str(caller.call("GET", EXPORT, {"job_id": job}).json()["data"]["report_url"])


def test_an_account_begins_again_only_when_its_report_is_drawn(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    caller.steer("PUT", "", {"plan": "immediate", "secret": caller.secret})
    begun, drawing = Event(), Event()

    def slow(drawn: Any, *more: Any) -> bytes:
        drawing.set()
        assert not begun.wait(0.2), "the account began again while its report was drawn"
        return evaluation_pdf(drawn, *more)

    def begin_again() -> None:
        assert drawing.wait(30)
        caller.steer("POST", "/reset")
        begun.set()

    first = _report(caller, "A kettle.")
    monkeypatch.setattr(evaluation, "evaluation_pdf", slow)
    with ThreadPoolExecutor(2) as two:
        served, reset = two.submit(caller.send, "GET", first), two.submit(begin_again)
        assert served.result(60).content.startswith(b"%PDF")
        reset.result(60)
    assert caller.journal() == []


def test_a_link_that_is_not_good_meets_no_fault(caller: Caller) -> None:
    caller.token()
    caller.steer("POST", "/faults", {"operation": "file", "status": 503})
    assert caller.send("GET", f"/files/{caller.client_id}/images/none.png").status_code == 403
    assert caller.steer("GET", "/faults")["faults"][0]["seen"] == 0
