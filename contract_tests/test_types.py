"""A key that comes twice in a body is refused; an optional parameter that is null or empty counts as absent.

That wrong JSON types are refused is shown by conformance cases.
"""

import json
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.documents import CALLS, INVALID, Place, least, parameters, places
from emulator.spec.models import Operation

_ALL = [place for operation in CALLS for place in parameters(operation)]
_IN_JSON = [place for place in _ALL if not place.in_query and place.operation.id != "P010"]
_OPTIONAL = [place for place in _ALL if not place.required]
_MEMBERS = [place for operation in CALLS for place in places(operation) if len(place.steps) > 2 and not place.required]


@pytest.mark.parametrize("place", _IN_JSON, ids=str)
def test_a_body_key_that_comes_twice_is_refused(account: Account, place: Place, is_emulator: bool) -> None:
    request = place.base()
    again = json.dumps({place.top: request[place.top]})[1:-1]
    body = json.dumps(request)[:-1] + ", " + again + "}"
    answer = account.send_body(place.operation.id, body.encode())
    assert answer.code == INVALID
    assert place.top in answer.reason or not is_emulator


def _same_as_absent(account: Account, place: Place, value: Any) -> None:
    absent = {name: given for name, given in place.base().items() if name != place.top}
    needed = place.top in place.operation.any_of and not set(absent) & set(place.operation.any_of)
    plain = account.send(place.operation.id, absent)
    empty = account.send(place.operation.id, {**absent, place.top: value})
    assert plain.code == empty.code == (INVALID if needed else 0)
    if plain.code == 0:
        assert _lasting(plain.data) == _lasting(empty.data)


def _lasting(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    return {name: value for name, value in data.items() if name not in ("search_id", "job_id", "task_id")}


@pytest.mark.parametrize("place", _OPTIONAL, ids=str)
def test_an_empty_optional_parameter_counts_as_absent(account: Account, place: Place) -> None:
    _same_as_absent(account, place, "")


@pytest.mark.parametrize("place", [place for place in _OPTIONAL if not place.in_query], ids=str)
def test_a_null_optional_parameter_counts_as_absent(account: Account, place: Place) -> None:
    _same_as_absent(account, place, None)


@pytest.mark.parametrize("place", _MEMBERS, ids=str)
def test_a_null_member_counts_as_absent(account: Account, place: Place) -> None:
    assert account.send(place.operation.id, place.put(None)).code == 0


@pytest.mark.parametrize("operation", [pytest.param(one, id=one.id) for one in CALLS])
@pytest.mark.emulator_only
def test_an_undocumented_parameter_is_ignored_unless_the_account_is_strict(
    account: Account, operation: Operation
) -> None:
    strange = [("colour", "red")]
    assert account.send(operation.id, least(operation), more_query=strange).code == 0
    (entry,) = account.steer("GET", "requests", query=[("operation", operation.id)]).json()["requests"]
    assert any("colour" in remark for remark in entry["remarks"])
    account.configure(strict=True)
    answer = account.send(operation.id, least(operation), more_query=strange)
    assert answer.code == INVALID
    assert "colour" in answer.reason


def test_a_country_list_with_commas_is_no_array(account: Account) -> None:
    request = next(one for one in CALLS if one.id == "AI39-1-creation")
    assert account.send(request.id, {**least(request), "country": "US,EU,CN"}).code == INVALID
