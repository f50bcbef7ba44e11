"""Every refusal that a page lists can be met on every operation, and is answered exactly as it has to be.

The walk itself is `tests.grid`. Here: that no cell and no cause is missed, that every answer has its exact form on the
wire and in the journal, and that the walk and its judgement notice when one has not.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from contract_tests.documents import CALLS, OPERATIONS, SERVICE
from contract_tests.published_facts import PAGES
from emulator.errors import Cause
from emulator.spec.models import Operation
from tests.grid import CAUSE, LETTERS, Grid, applies, causes, cells, counted, gaps, listed
from tests.grid_expected import Reached, body_of, complaints
from tests.grid_guests import WIRES, Profile
from tests.grid_trouble import by_header, by_planned_fault, by_word
from tests.grid_ways import WAYS

_OF_EACH = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.id)
_SAMPLE = SERVICE.operations["P060"]


@pytest.fixture(scope="module")
def grid() -> Grid:
    """One grid, on applications of its own: limits of all accounts and faults of the emulator are nobody else's."""
    return Grid()


# --- What was reached -------------------------------------------------------------------------------------


@_OF_EACH
def test_every_answer_is_as_it_has_to_be(grid: Grid, operation: Operation) -> None:
    assert [complaint for reached in grid.of(operation) for complaint in complaints(reached)] == []


def test_no_cell_and_no_cause_is_missed(grid: Grid) -> None:
    assert gaps(grid.whole()) == []


def test_no_way_is_dead(grid: Grid) -> None:
    """Also where a cause has several ways, each of them leads there."""
    assert {way.name for way in WAYS} == {one.way for one in grid.whole() if one.by == CAUSE}


def test_causes_apply_to_so_many_operations() -> None:
    rare = {Cause.SECRET_WRONG: 1, Cause.GRANT_TYPE_WRONG: 1, Cause.FILE_REFUSED: 10}
    rare |= {Cause.PATH_UNKNOWN: 19, Cause.BODY_UNREADABLE: 16}
    shared = (Cause.KEY_MISSING, Cause.KEY_REJECTED, Cause.TOKEN_REJECTED, Cause.PERMISSION_MISSING)
    found = {cause: sum(applies(cause, operation) for operation in OPERATIONS) for cause in causes()}
    assert found == dict.fromkeys(Cause, 26) | dict.fromkeys(shared, 25) | rare


def test_an_operation_without_permission_is_refused_live_in_bytes_that_are_known(grid: Grid) -> None:
    for operation in CALLS:
        refused = [one for one in grid.of(operation) if one.wanted is Cause.PERMISSION_MISSING]
        live = [one for one in refused if one.profile == Profile("live", "en")]
        assert [(one.status, hashlib.sha256(one.body).hexdigest()[:16]) for one in live] == [(200, "1373786f22793a81")]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_texts_that_are_expected_are_those_that_the_page_prints(page: Any) -> None:
    profile, operation = Profile("documented", page.language), SERVICE.operations[page.id]
    printed = {**page.business_errors, **page.platform_errors}
    assert set(printed) == set(listed(operation))
    for code, text in printed.items():
        body = f'{{"status":false,"error_code":{code},"error_msg":"{text}"}}'
        assert body_of(code, operation, profile) == body.encode()


# --- What would be noticed --------------------------------------------------------------------------------


@pytest.mark.parametrize("cause", Cause)
def test_a_cause_that_is_not_reached_is_missed(grid: Grid, cause: Cause) -> None:
    without = gaps(one for one in grid.whole() if one.entry["cause"] != cause.value)
    applicable = sum(applies(cause, operation) for operation in OPERATIONS)
    assert len(without) == 4 * applicable + 1
    assert without[-1] == f"{cause} leads to no cell"


def test_a_cause_that_is_not_reached_on_one_operation_in_one_profile_is_missed(grid: Grid) -> None:
    profile = Profile("live", "cn")
    spared = (grid.whole(), _SAMPLE, profile, Cause.RATE_EXCEEDED)
    assert gaps(_without(*spared)) == ["P060 live/cn: rate_exceeded does not lead to 67200002"]


@pytest.mark.parametrize("by", [by_header, by_word, by_planned_fault])
def test_a_code_that_is_not_reached_in_one_way_is_missed(grid: Grid, by: Any) -> None:
    without = [one for one in grid.whole() if one.operation != _SAMPLE or (one.by, one.code) != (by.__name__, 68300006)]
    assert gaps(without) == [
        f"P060 {wire}/{language}: 68300006 is not reached {by.__name__}"
        for wire in ("documented", "live")
        for language in ("en", "cn")
    ]


def _without(grid: tuple[Reached, ...], operation: Operation, profile: Profile, cause: Cause) -> Iterator[Reached]:
    for one in grid:
        if (one.operation, one.profile, one.wanted) != (operation, profile, cause):
            yield one


Twist = Callable[[Reached], dict[str, Any]]
_TWISTS: list[tuple[str, Twist]] = [  # what is complained of, and what was changed
    ("HTTP status", lambda one: {"status": 500}),
    ("body", lambda one: {"body": one.body.replace(b"!", b".")}),
    ("body", lambda one: {"body": one.body.replace(b"{", b'{"data":null,')}),
    ("body", lambda one: {"profile": Profile("documented", "cn")}),
    ("headers", lambda one: {"profile": Profile("live", "en")}),
    ("headers", lambda one: {"headers": one.headers[:-2]}),
    ("amount", lambda one: {"headers": tuple((name, "1" if value == "0" else value) for name, value in one.headers)}),
    ("wait", lambda one: {"waited": (10.0,)}),
    ("reason in the journal", lambda one: {"entry": {**one.entry, "reason": None}}),
    ("trouble in the journal", lambda one: {"entry": {**one.entry, "trouble": ["fault-1"]}}),
    ("journal", lambda one: {"entry": {**one.entry, "cause": "busy"}}),
    ("journal", lambda one: {"entry": {**one.entry, "cost": 1}}),
    ("journal", lambda one: {"entry": {**one.entry, "account": "another"}}),
]


@pytest.mark.parametrize(("what", "twist"), _TWISTS)
def test_an_answer_that_is_not_as_it_has_to_be_is_noticed(grid: Grid, what: str, twist: Twist) -> None:
    reached = next(one for one in grid.of(_SAMPLE) if one.wanted is Cause.PERMISSION_MISSING)
    assert list(complaints(reached)) == []
    told = list(complaints(replace(reached, **twist(reached))))
    assert any(f": {what} is " in complaint for complaint in told)


# --- The numbers ------------------------------------------------------------------------------------------


def test_the_numbers_of_the_grid(grid: Grid) -> None:
    """Shown by `pytest -s`; `python -m tests.grid` draws the cells."""
    for wire in WIRES:
        letters = cells(grid.whole(), wire).values()
        print(counted(grid.whole(), wire))
        assert set(letters) <= set(LETTERS)
        assert len(letters) == sum(len(listed(operation)) for operation in OPERATIONS) == 447
