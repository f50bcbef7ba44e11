"""The page's example is accepted, whole, at its least, and with each optional parameter; its answer fits the page.

Examples of calls that read something need the documented ids, which exist on emulators alone.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.places import Place, least, parameters, whole
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage

RULE = "example"


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        if operation.security != "shared":
            continue
        yield _accepted(operation, "whole", "the page's example is accepted", whole(operation))
        yield _accepted(operation, "least", "the least of the page's example is accepted", least(operation))
        for place in parameters(operation):
            if not place.required:
                title = f"{place.written} may be given"
                yield _accepted(operation, place.written, title, place.base(), place)
            if "default" in place.schema:
                yield _default(place)


def needs(operation: Operation) -> tuple[Need, ...]:
    """What calls of an operation need that read a documented id."""
    return (Need.CONTROL,) if operation.reads else ()


def _accepted(
    operation: Operation, about: str, title: str, values: Mapping[str, Any], place: Place | None = None
) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        answer = stage.account.call(operation, values)
        answer.wanted(0)
        yield from stage.judged(operation, answer)

    proof = place.schema["x-evidence"] if place else operation.evidence
    cost = price(operation, values)
    return case(RULE, operation, about, title, script, evidence=proof, credits=cost, needs=needs(operation))


def _default(place: Place) -> Case:
    operation, value = place.operation, place.schema["default"]
    without = least(operation)
    given = {**without, place.top: value}

    def script(stage: Stage) -> Iterator[str]:
        plain, written = (stage.account.call(operation, values).data for values in (without, given))
        if _without_ids(plain) != _without_ids(written):
            yield f"{place.top} left out is answered otherwise than its default {value!r}"

    proof = place.schema.get("x-keyword-evidence", {}).get("default", place.schema["x-evidence"])
    title = f"{place.top} is {value!r} where it is left out"
    cost = 2 * price(operation, without)
    return case(
        "default", operation, place.top, title, script, evidence=proof, calls=2, credits=cost, needs=needs(operation)
    )


def _without_ids(data: Any) -> Any:
    """An answer without the ids it made."""
    if not isinstance(data, dict):
        return data
    return {name: value for name, value in data.items() if name not in ("search_id", "job_id", "task_id")}
