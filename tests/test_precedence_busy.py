"""Where an answer that comes too late (67200100) stands in the order of checks: after all but the operation itself.

Whoever waits for it waits as long as an answer may take, so it is tried in this process, where waits are written down
instead. The ways to all other refusals are those of the grid, each with a wish for a delay that is too long.
"""

from collections.abc import Iterator

import pytest

from contract_tests.documents import OPERATIONS, SERVICE
from emulator.errors import Cause
from emulator.spec.models import Operation
from tests.grid import applies
from tests.grid_expected import code_of
from tests.grid_guests import Guest, Profile, Request, Stages
from tests.grid_trouble import ASKED, worded
from tests.grid_ways import WAYS, Way

BUSY, LATE = 67200100, {"X-Emulator-Delay": "11s"}
_PROFILE = Profile("live", "en")  # every refusal has its own code there
_OF_THE_OPERATION = {
    "id_after_its_life",
    "raising_operation",
    "file_that_is_no_picture",
}  # what only the operation itself finds
_EARLIER = [way for way in WAYS if way.cause is not Cause.BUSY and way.name not in _OF_THE_OPERATION]
_LATER = [way for way in WAYS if way.name in _OF_THE_OPERATION]


@pytest.fixture(scope="module")
def stages() -> Stages:
    return Stages()


def _answered(stages: Stages, way: Way) -> Iterator[tuple[Operation, int]]:
    """The codes of what a way leads to when it comes too late besides."""
    for operation in OPERATIONS:
        if applies(way.cause, operation):
            guest = stages.guest(operation, _PROFILE, way.stage)
            for request in way.walk(guest):
                yield operation, _code(guest, request.and_headers(LATE))


def _code(guest: Guest, request: Request) -> int:
    return int(guest.deliver(request).json()["error_code"])


@pytest.mark.parametrize("way", _EARLIER, ids=lambda way: way.name)
def test_every_refusal_comes_before_busy(stages: Stages, way: Way) -> None:
    found = list(_answered(stages, way))
    assert found != []
    assert all(code == code_of(way.cause, operation, "live") for operation, code in found)


@pytest.mark.parametrize("way", _LATER, ids=lambda way: way.name)
def test_busy_comes_before_the_operation_itself(stages: Stages, way: Way) -> None:
    assert {code for _, code in _answered(stages, way)} == {BUSY}


def test_every_cause_is_on_one_of_the_two_sides() -> None:
    assert {way.cause for way in (*_EARLIER, *_LATER)} == set(Cause) - {Cause.BUSY}
    assert {way.name for way in _LATER} == _OF_THE_OPERATION


@pytest.mark.parametrize("ask", ASKED, ids=lambda ask: ask.__name__)
def test_every_code_that_is_asked_for_comes_before_busy(stages: Stages, ask: object) -> None:
    assert callable(ask)
    guest = stages.guest(SERVICE.operations["P060"], _PROFILE)
    codes = [_code(guest, request.and_headers(LATE)) for request in ask(guest, 68300006)]
    assert set(codes) == {68300006}


@pytest.mark.parametrize("word", ["emulator:stuck emulator:fail", "emulator:fail emulator:stuck"])
def test_of_two_words_the_one_for_an_error_comes_before_busy(stages: Stages, word: str) -> None:
    guest = stages.guest(SERVICE.operations["P060"], _PROFILE)
    assert [_code(guest, request) for request in worded(guest, word)] == [68300005]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.id)
def test_nothing_was_done_when_the_service_is_busy(stages: Stages, operation: Operation) -> None:
    """The wait ends where the service gives up, at 10 s and not at the 11 s that were asked for."""
    guest = stages.guest(operation, _PROFILE)
    guest.configure(prices={operation.id: 5})
    before = [guest.steer("GET", page) for page in ("/tasks", "/tokens", "/usage")]
    stages.waits.clear()
    assert _code(guest, guest.sound.and_headers(LATE)) == BUSY
    assert stages.waits == [10.0]
    assert [guest.steer("GET", page) for page in ("/tasks", "/tokens", "/usage")] == before
    guest.succeed()
    assert guest.steer("GET", "/usage") != before[-1]
