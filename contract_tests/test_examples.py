"""Every operation accepts its documented example and answers as its documents say.

The example may be given in full, with nothing but what it must have, or with one optional parameter more; a default
that is written out changes nothing; and the answers pass the checker that also judges real servers.
"""

from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.client import Answer, Target
from contract_tests.documents import CALLS, SERVICE, Place, checker, least, parameters, whole
from emulator.spec.models import Operation

_FOR_EMULATORS = pytest.mark.emulator_only  # the ids of the pages' examples exist only here


def _marks(operation: Operation) -> list[pytest.MarkDecorator]:
    return [_FOR_EMULATORS] if operation.reads else []


def _sweep(operations: tuple[Operation, ...]) -> list[Any]:
    return [pytest.param(operation, id=operation.id, marks=_marks(operation)) for operation in operations]


_OPTIONAL = [
    pytest.param(place, id=str(place), marks=_marks(operation))
    for operation in CALLS
    for place in parameters(operation)
    if not place.required
]
_DEFAULTED = [
    pytest.param(place, id=str(place), marks=_marks(operation))
    for operation in CALLS
    for place in parameters(operation)
    if "default" in place.schema
]


def _answers_by_its_documents(answer: Answer, operation: Operation) -> None:
    assert answer.code == 0, answer.reason
    assert answer.status == 200
    assert "data" in answer.json()
    assert checker(operation.id).check(answer.json()) == ()


@pytest.mark.parametrize("operation", _sweep(CALLS))
def test_the_whole_example_is_accepted(account: Account, operation: Operation) -> None:
    _answers_by_its_documents(account.send(operation.id, whole(operation)), operation)


@pytest.mark.parametrize("operation", _sweep(CALLS))
def test_the_least_example_is_accepted(account: Account, operation: Operation) -> None:
    _answers_by_its_documents(account.send(operation.id, least(operation)), operation)


@pytest.mark.parametrize("place", _OPTIONAL)
def test_one_optional_parameter_is_accepted(account: Account, place: Place) -> None:
    _answers_by_its_documents(account.send(place.operation.id, place.base()), place.operation)


@pytest.mark.parametrize("place", _DEFAULTED)
def test_a_default_written_out_changes_nothing(account: Account, place: Place) -> None:
    without = least(place.operation)
    plain = account.send(place.operation.id, without).data
    written = account.send(place.operation.id, {**without, place.top: place.schema["default"]}).data
    assert _without_new_ids(plain) == _without_new_ids(written)


def _without_new_ids(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    return {name: value for name, value in data.items() if name not in ("search_id", "job_id", "task_id")}


@pytest.mark.parametrize("operation", _sweep(CALLS))
def test_the_example_of_the_answer_passes_the_checker_itself(operation: Operation) -> None:
    """The documents agree with themselves: what their schemas print as an answer, the checker takes for one."""
    data = _printed(operation.answer["properties"]["data"])
    assert data
    assert checker(operation.id).check({"data": data, "status": True, "error_code": 0}) == ()


def _printed(schema: dict[str, Any]) -> Any:
    if "properties" in schema:
        return {name: _printed(part) for name, part in schema["properties"].items()}
    if "items" in schema and "example" not in schema:
        return [_printed(schema["items"])]
    return schema.get("example", "text")


@pytest.mark.emulator_only
@pytest.mark.parametrize("operation", _sweep(tuple(one for one in CALLS if one.reads)))
def test_the_documented_id_names_something_finished(account: Account, operation: Operation) -> None:
    creates = SERVICE.operations[str(operation.reads)].creates
    assert creates is not None
    data = account.send(operation.id, least(operation)).data
    if operation.id == "R003-export":
        assert data["report_status"] == "SUCCESS"
        assert creates.documented[0] in data["report_url"]
    elif operation.id == "P062-result":
        assert data["status"] == "success"
        assert [one["search_url"] for one in data["search_result"]] == whole(SERVICE.operations["P062-create"])["urls"]
    elif operation.id == "R002-status":
        assert (str(data["job_id"]), data["job_status"]) == (least(operation)["job_id"], 2)
    elif operation.id == "P009-results":
        assert len(data["patent_messages"]) == 10
    else:
        assert (data["task_id"], data["task_status"]) == (creates.documented[0], 2)


@pytest.mark.emulator_only
def test_the_documents_are_those_the_emulator_serves(target: Target) -> None:
    served = target.steer("GET", "operations").json()["operations"]
    assert [one["id"] for one in served] == list(SERVICE.operations)
