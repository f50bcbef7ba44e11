"""The documents agree with themselves, and the ids of their examples name something finished in every account.

That every operation accepts its documented example and answers as its page says is shown by conformance cases.
"""

from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.client import Target
from contract_tests.documents import CALLS, SERVICE, checker, least, whole
from emulator.spec.models import Operation


def _each(operations: tuple[Operation, ...]) -> list[Any]:
    return [pytest.param(operation, id=operation.id) for operation in operations]


@pytest.mark.parametrize("operation", _each(CALLS))
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
@pytest.mark.parametrize("operation", _each(tuple(one for one in CALLS if one.reads)))
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
