"""Causes of refusals told as successes: at each operation that can have them, or wherever they can be met."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson

from emulator.errors import Cause
from emulator.server.pipeline import Pipeline, Verdict
from emulator.spec.models import Operation, Service
from tests.mutants.kinds.errors import RULES, caused
from tests.mutants.mutant import Mutant, Patch, touched

FOR_ALL = (Cause.PLATFORM_LIMIT_REACHED, Cause.BUSY)  # no operation has a part in these
ON_NO_PAGE = (Cause.PATH_UNKNOWN, Cause.METHOD_WRONG)
OF_CALLS = (Cause.KEY_MISSING, Cause.KEY_REJECTED, Cause.TOKEN_REJECTED, Cause.PERMISSION_MISSING)
FOR_TOKENS = (Cause.SECRET_WRONG, Cause.GRANT_TYPE_WRONG)
_PAID = (Cause.BALANCE_INSUFFICIENT, Cause.DAILY_LIMIT_REACHED, Cause.TOTAL_LIMIT_REACHED)


def answered(service: Service) -> list[Mutant]:
    """Each cause, at each operation that can have it, told as a success that looks well."""
    return [
        Mutant(
            "cause answered as success",
            f"{operation.id if operation else 'everywhere'}:{cause}",
            touched(operation) if operation else frozenset(),
            (*RULES, cause, "credential", "quota"),
            patches=(Patch(Pipeline, "_refused", _succeeding(cause, operation)),),
        )
        for operation, cause in _refusals(service)
    ]


def _refusals(service: Service) -> Iterator[tuple[Operation | None, Cause]]:
    yield from ((None, cause) for cause in (*ON_NO_PAGE, *FOR_ALL))
    for operation in service.operations.values():
        for cause, code in caused(service):
            known = Cause(cause)
            listed = operation.error_table not in service.errors.codes[code].causes[cause].not_on
            if listed and known not in (*ON_NO_PAGE, *FOR_ALL) and _can_happen(operation, known):
                yield operation, known


def _can_happen(operation: Operation, cause: Cause) -> bool:
    """Whether a call of an operation can be refused for a cause: what is free is never too dear."""
    if operation.security == "clientSecret" and cause in OF_CALLS:
        return False
    if operation.security != "clientSecret" and cause in FOR_TOKENS:
        return False
    if operation.price.per == "nothing" and cause in _PAID:
        return False
    if cause is Cause.FILE_REFUSED:
        return _takes_files(operation)
    return cause is not Cause.BODY_UNREADABLE or operation.body is not None


def _takes_files(operation: Operation) -> bool:
    return operation.body is not None and operation.body.media_type == "multipart/form-data"


def _succeeding(cause: Cause, wanted: Operation | None) -> Any:
    def make(refused: Any) -> Any:
        def answer(self: Pipeline, visit: Any, asked: Cause, reason: str) -> Verdict:
            verdict: Verdict = refused(self, visit, asked, reason)
            hit = asked is cause and (wanted is None or (visit.operation and visit.operation.id == wanted.id))
            if not hit:
                return verdict
            data = sample(visit.operation.answer["properties"]["data"]) if visit.operation else {}
            body = orjson.dumps({"data": data, "status": True, "error_code": 0})
            return replace(verdict, status=200, body=body, code=0)

        return answer

    return make


def sample(schema: Any) -> Any:
    """A value put together from the examples of the documents."""
    if "properties" in schema:
        return {name: sample(part) for name, part in schema["properties"].items()}
    if "items" in schema:
        return [sample(schema["items"])]
    if "example" in schema:
        return schema["example"]
    return {"string": "text", "integer": 1, "number": 0.5, "boolean": True}.get(schema.get("type"), "text")
