"""The small print among the decisions: members, offices, letter case, days, delays and what a report prints."""

import asyncio
import datetime
from typing import Any

import pytest

from emulator.behaviours import evaluation
from emulator.behaviours.world import World
from emulator.server.gateway import Patience, _body
from emulator.spec import loader
from tests.conftest import Caller
from tests.test_decided import CREATION, P043, QUERY, SAMPLE, SINGLE, clearance, code, data

MESSAGE = {"patent_id": "x", "patent_pn": "CN1S", "title": "Lamp", "url": "http://foreign.example/1.png"}
REQUEST = {"urls": [SAMPLE], "patent_messages": [MESSAGE], "report_lang": "en"}


@pytest.mark.parametrize("strict", [False, True])
def test_members_that_no_page_documents_are_ignored(caller: Caller, strict: bool) -> None:
    found = data(caller.call("POST", SINGLE, json={"url": SAMPLE, "patent_type": "D", "model": 1, "limit": 2}))
    caller.steer("PUT", "", {"strict": strict})
    messages = found["patent_messages"]
    assert "img_id" in messages[0]
    assert code(caller.call("POST", CREATION, json={**REQUEST, "patent_messages": messages})) == 0
    assert caller.journal(operation="AI39-1-creation")[-1]["remarks"] == []


def test_only_patents_of_the_asked_offices_are_compared(caller: Caller) -> None:
    messages = [MESSAGE, {**MESSAGE, "patent_pn": "US2S"}, {**MESSAGE, "patent_pn": "EU3S"}]
    for country, expected in ((["CN", "EU"], {"CN", "EU"}), (None, {"CN", "US", "EU"})):
        task = data(caller.call("POST", CREATION, json={**REQUEST, "patent_messages": messages, "country": country}))
        caller.advance("6s")
        result = data(caller.call("POST", QUERY, json=task))
        assert {one["country"] for one in result["comparisons"]} == expected


def test_letter_case_of_ids_and_numbers_does_not_matter(caller: Caller) -> None:
    for asked in ({"patent_number": "cn101595528b"}, {"patent_id": "718EAD9C-4F3C-4674-8F5A-24E126827269"}):
        assert len(data(caller.call("GET", P043, asked))) == 1


def test_apply_start_time_includes_the_day_itself(caller: Caller) -> None:
    days = [hit["apdt"] for hit in clearance(caller, url=SAMPLE)["patent_messages"]["patent_messages"]]
    newest = max(days)
    kept = clearance(caller, url=SAMPLE, apply_start_time=str(newest))["patent_messages"]["patent_messages"]
    assert newest in {hit["apdt"] for hit in kept}
    assert all(hit["apdt"] >= newest for hit in kept)


def test_a_delay_that_was_asked_for_is_a_real_wait(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def remember(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(caller.app, "wait", remember)
    caller.token()
    before = caller.steer("GET", "/clock")["now"]
    caller.call("GET", P043, {"patent_number": "CN101595528B"}, headers={"X-Emulator-Delay": "1500ms"})
    assert waits == [1.5]
    assert caller.steer("GET", "/clock")["now"] == before


@pytest.mark.parametrize("name", ["patent_id", "patent_pn", "title", "url"])
def test_an_empty_required_member_counts_as_missing(caller: Caller, name: str) -> None:
    answer = caller.call("POST", CREATION, json={**REQUEST, "patent_messages": [{**MESSAGE, name: ""}]})
    assert code(answer) == 68300004
    assert f"patent_messages[0].{name} is empty" in answer.headers["X-Emulator-Reason"]


@pytest.mark.parametrize("chunks", [[b"x" * 60, b"x" * 60], [b"x" * 6] * 99])
def test_a_body_that_is_too_long_is_passed_over(chunks: list[bytes]) -> None:
    messages = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    assert asyncio.run(_body(_source([*messages, {"type": "http.request"}]), Patience(100, 500, 5))) is None


def test_a_body_that_does_not_come_in_time_is_given_up() -> None:
    async def receive() -> Any:
        await asyncio.Event().wait()

    assert asyncio.run(_body(receive, Patience(100, 500, 0))) is None


def test_a_report_prints_a_bounded_part_of_what_was_submitted(shipped: World) -> None:
    values = loader.load().values
    facts = {
        "text": "x" * (values.report_text_printed + 1),
        "report_name": "n",
        "tech_maturity_index": 1,
        "limit": 1,
        "report_info": [{"key": "k", "value": "v"}] * (values.report_rows_printed + 1),
    }
    printed = evaluation._evaluation(shipped, shipped.corpus, facts, 0)
    assert len(printed.text) == values.report_text_printed
    assert len(printed.info) == values.report_rows_printed
    assert printed.created == datetime.date(1970, 1, 1)


def _source(messages: list[dict[str, Any]]) -> Any:
    waiting = iter(messages)

    async def receive() -> Any:
        return next(waiting)

    return receive
