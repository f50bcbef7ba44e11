"""A request without something it must have is refused as an invalid parameter, and the reason names what is missing.

Missing means: left out, null, empty, or standing in another place than its documents want it.
"""

import pytest

from contract_tests.account import Account
from contract_tests.documents import CALLS, INVALID, Place, least, places, whole
from emulator.spec.models import Operation

JSON = "application/json"
_REQUIRED = [place for operation in CALLS for place in places(operation) if place.required]
_PARAMETERS = [place for place in _REQUIRED if len(place.steps) == 1]
_FILES = [place for place in _REQUIRED if place.schema.get("format") == "binary"]
_ONE_OF = [pytest.param(operation, id=operation.id) for operation in CALLS if operation.any_of]
_ONE_OF_EACH = [
    pytest.param(operation, name, id=f"{operation.id}-{name}") for operation in CALLS for name in operation.any_of
]


@pytest.mark.parametrize("place", _REQUIRED, ids=str)
def test_a_required_parameter_left_out_is_refused(account: Account, place: Place, is_emulator: bool) -> None:
    answer = account.send(place.operation.id, place.cut())
    assert answer.code == INVALID
    assert place.written in answer.reason or not is_emulator


@pytest.mark.parametrize("place", [place for place in _REQUIRED if not place.in_query and place not in _FILES], ids=str)
def test_null_is_missing(account: Account, place: Place, is_emulator: bool) -> None:
    answer = account.send(place.operation.id, place.put(None))
    assert answer.code == INVALID
    assert place.written in answer.reason or not is_emulator


@pytest.mark.parametrize("place", [place for place in _PARAMETERS if place not in _FILES], ids=str)
def test_empty_is_missing(account: Account, place: Place, is_emulator: bool) -> None:
    answer = account.send(place.operation.id, place.put(""))
    assert answer.code == INVALID
    assert place.written in answer.reason or not is_emulator


@pytest.mark.parametrize("place", [place for place in _PARAMETERS if not place.in_query], ids=str)
def test_a_parameter_of_the_body_is_missing_when_it_stands_in_the_query(
    account: Account, place: Place, is_emulator: bool
) -> None:
    misplaced = [(place.top, str(place.base()[place.top]))]
    answer = account.send(place.operation.id, place.cut(), more_query=misplaced)
    assert answer.code == INVALID
    assert place.written in answer.reason or not is_emulator


@pytest.mark.parametrize("operation", _ONE_OF)
def test_none_of_several_is_refused(account: Account, operation: Operation, is_emulator: bool) -> None:
    values = {name: value for name, value in least(operation).items() if name not in operation.any_of}
    answer = account.send(operation.id, values)
    assert answer.code == INVALID
    assert all(name in answer.reason for name in operation.any_of) or not is_emulator


@pytest.mark.parametrize(("operation", "name"), _ONE_OF_EACH)
def test_any_one_of_several_is_enough(account: Account, operation: Operation, name: str) -> None:
    values = {given: value for given, value in least(operation).items() if given not in operation.any_of}
    assert account.send(operation.id, {**values, name: whole(operation)[name]}).code == 0


@pytest.mark.parametrize(
    "operation",
    [pytest.param(one, id=one.id) for one in CALLS if one.body and one.body.media_type == JSON and one.names("body")],
)
@pytest.mark.emulator_only
def test_an_empty_body_lacks_what_is_needed(account: Account, operation: Operation) -> None:
    """Nothing can be read from it, and so it is refused for what is missing."""
    for empty in (b"", b"  \n", b"{}"):
        answer = account.send_body(operation.id, empty)
        assert answer.code == INVALID
        lacks_some = any(parameter.required for parameter in operation.parameters)
        assert ("is missing" if lacks_some else "must be given") in answer.reason
