"""Mended: work in a thread of its own that an account's new beginning overtakes."""

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


def test_a_report_drawn_while_its_account_began_again_is_not_served_for_another(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller.steer("PUT", "", {"plan": "immediate", "secret": caller.secret})
    draw = evaluation_pdf

    def overtaken(drawn: Any, *more: Any) -> bytes:
        monkeypatch.setattr(evaluation, "evaluation_pdf", draw)
        caller.steer("POST", "/reset")
        return draw(drawn, *more)

    first = _report(caller, "A kettle.")
    monkeypatch.setattr(evaluation, "evaluation_pdf", overtaken)
    old = caller.send("GET", first).content
    caller._token = None
    again = _report(caller, "A bicycle.")
    assert again == first, "the same calls have the same ids"
    assert caller.send("GET", again).content not in (old, b"")


def test_a_link_that_is_not_good_meets_no_fault(caller: Caller) -> None:
    caller.token()
    caller.steer("POST", "/faults", {"operation": "file", "status": 503})
    assert caller.send("GET", f"/files/{caller.client_id}/images/none.png").status_code == 403
    assert caller.steer("GET", "/faults")["faults"][0]["seen"] == 0
