"""The grid of what a client could meet, what of it was met, and what was paid for nothing."""

from collections.abc import Iterator
from typing import Any

import pytest

from emulator.contract.coverage import FILE_STATUSES, PAGES, STATES, coverage
from emulator.spec.models import FILE
from tests.inside import MachineTime
from tests.scenes import PICTURE, SERVICE, Scene, stage

SEARCH = {"patent_type": "D", "model": 1, "url": PICTURE, "limit": 3}
EMPTY = coverage(SERVICE, ())


@pytest.fixture(scope="module")
def staged() -> Iterator[tuple[Any, MachineTime]]:
    with stage() as parts:
        yield parts


@pytest.fixture
def scene(staged: tuple[Any, MachineTime]) -> Scene:
    return Scene(*staged)


def met(scene: Scene) -> dict[tuple[str, str, str], int]:
    cells = scene.steer("GET", "/coverage")["cells"]
    return {(one["operation"], one["axis"], one["value"]): one["met"] for one in cells if one["met"]}


def test_the_grid_has_every_code_that_a_page_lists() -> None:
    for operation in SERVICE.operations.values():
        codes = [int(one.value) for one in EMPTY if (one.operation, one.axis) == (operation.id, "code")]
        assert codes == [0, *SERVICE.errors.tables[operation.error_table].lists]


def test_the_grid_has_states_where_tasks_are_read_and_pages_where_there_is_an_offset() -> None:
    with_states = {one.operation for one in EMPTY if one.axis == "state"}
    assert with_states == {"AI39-2-query", "AI39-2-report", "AI67-2", "P062-result", "R002-status", "R003-export"}
    with_pages = {one.operation for one in EMPTY if one.axis == "page"}
    paged = {"P009-search", "P009-results", "P060", "P060-beta", "P061", "P069"}
    assert with_pages == paged
    for name in with_states:
        assert [one.value for one in EMPTY if (one.operation, one.axis) == (name, "state")] == list(STATES)
    for name in with_pages:
        assert [one.value for one in EMPTY if (one.operation, one.axis) == (name, "page")] == list(PAGES)
    assert [one.value for one in EMPTY if one.operation == FILE] == [str(status) for status in FILE_STATUSES]


def test_nothing_is_met_without_calls() -> None:
    assert {one.met for one in EMPTY} == {0}
    assert len({(one.operation, one.axis, one.value) for one in EMPTY}) == len(EMPTY)


def test_codes_are_counted(scene: Scene) -> None:
    scene.call("P043", {"patent_id": "x"})
    scene.call("P043", {"patent_id": "x"}, headers={"X-Emulator-Error": "67200005"})
    scene.call("P043", {"patent_id": "x"}, headers={"X-Emulator-Error": "67200203"})  # no page lists it
    assert met(scene) == {
        ("token", "code", "0"): 1,
        ("P043", "code", "0"): 1,
        ("P043", "code", "67200005"): 1,
        ("P043", "code", "67200203"): 1,
    }


def test_states_of_a_task_are_counted(scene: Scene) -> None:
    task = scene.submit()
    scene.poll(task)
    scene.wait(7)
    scene.poll(task)
    scene.poll(task)
    scene.jump("8h")
    scene.new_token()
    scene.poll(task)
    scene.steer("PUT", "/plan", {"duration": "1s", "outcome": "fail"})
    task = scene.submit()
    scene.wait(2)
    scene.poll(task)
    states = {state: times for (_, axis, state), times in met(scene).items() if axis == "state"}
    assert states == {"running": 1, "success": 2, "gone": 1, "failed": 1}


def test_pages_are_counted(scene: Scene) -> None:
    narrow = {"country": ["US"], "assignees": "huawei"}
    total = scene.search(**narrow, limit=1)["total_search_result_count"]
    assert 1 < total <= 101
    scene.search(**narrow, offset=1, limit=100)
    scene.search(**narrow, offset=total, limit=1)
    pages = {page: times for (_, axis, page), times in met(scene).items() if axis == "page"}
    assert pages == {"first": 1, "further": 1, "last": 1, "empty": 1}


def test_files_are_counted_by_status(scene: Scene) -> None:
    url = scene.search()["patent_messages"][0]["url"]
    scene.fetch(url)
    scene.jump("9h")
    scene.fetch(url)
    files = {value: times for (operation, _, value), times in met(scene).items() if operation == FILE}
    assert files == {"200": 1, "403": 1}


def test_sums_are_those_of_the_cells(scene: Scene) -> None:
    scene.search()
    told = scene.steer("GET", "/coverage")
    assert told["met"] == sum(1 for cell in told["cells"] if cell["met"]) == 3
    assert told["met"] + told["never_met"] == len(told["cells"])


def test_what_was_had_already_is_paid_for_nothing(scene: Scene) -> None:
    for _ in range(3):
        scene.search()
    assert scene.judged()["for_nothing"] == 2


def test_what_was_lost_is_not_paid_twice(scene: Scene) -> None:
    scene.fault(operation="P060", truncate=True, times=1)
    assert scene.call("P060", SEARCH) is None
    assert scene.call("P060", SEARCH) is not None
    assert scene.judged()["for_nothing"] == 0


def test_a_task_that_nobody_reads_is_paid_for_nothing(scene: Scene) -> None:
    task = scene.submit()
    scene.submit(url=f"{PICTURE}?other")
    scene.wait(7)
    scene.poll(task)
    assert scene.judged()["for_nothing"] == 1


def test_free_calls_cost_nothing(scene: Scene) -> None:
    task = scene.submit()
    for _ in range(3):
        scene.poll(task)
    assert scene.judged()["for_nothing"] == 0
