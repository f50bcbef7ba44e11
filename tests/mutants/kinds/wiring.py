"""Behaviours swapped with neighbours whose data look alike, and operations that answer older results."""

from dataclasses import replace
from typing import Any

import orjson

from emulator.behaviours import table
from emulator.behaviours.world import Call
from emulator.server.messages import Answer, Request
from emulator.spec.models import Operation, Service
from tests.mutants.mutant import Does, Mutant, closed, touched
from tests.mutants.wire import changed, is_json, succeeded


def swapped(service: Service) -> list[Mutant]:
    """Each behaviour replaced by another that answers data of the same shape, or takes the same parameters."""
    found = []
    for name in table.BEHAVIOURS:
        for other in table.BEHAVIOURS:
            mine, theirs = _operations(service, name), _operations(service, other)
            if name == other or not mine or not theirs or not _alike(mine[0], theirs[0]):
                continue
            touches = closed(service, *(one.id for one in mine))
            found.append(
                Mutant("behaviour swapped", f"{name}={other}", touches, ("example", "task"), does={name: _like(other)})
            )
    return found


def stale(service: Service) -> list[Mutant]:
    """Each operation answers a success with the body it gave to the request before."""
    return [
        Mutant(
            "results of two calls swapped",
            operation.id,
            touched(operation),
            ("filter", "pag", "task", "sort", "example"),
            answers=_stale(operation),
        )
        for operation in service.operations.values()
    ]


def _operations(service: Service, behaviour: str) -> list[Operation]:
    return [one for one in service.operations.values() if one.behaviour == behaviour]


def _alike(one: Operation, other: Operation) -> bool:
    """The same members in `data`, or two of them, and whatever the other needs."""
    mine, theirs = _members(one), _members(other)
    needs = {each.name for each in other.parameters if each.required}
    has = {each.name for each in one.parameters}
    same_kind = (one.creates is None) == (other.creates is None) and (one.reads is None) == (other.reads is None)
    return same_kind and (mine == theirs or len(mine & theirs) > 1) and needs <= has


def _members(operation: Operation) -> set[str]:
    data = operation.answer["properties"].get("data", {})
    return set(data.get("properties", {}) or data.get("items", {}).get("properties", {}))


def _like(other: str) -> Any:
    """The other's behaviour, except where accounts open with the pages' examples."""
    true_other = table.BEHAVIOURS[other].do

    def wrap(does: Does) -> Does:
        def act(call: Call) -> Any:
            return does(call) if call.documented_id is not None else true_other(call)

        return act

    return wrap


def _stale(operation: Operation) -> Any:
    """One answer late."""

    def wrap(respond: Any) -> Any:
        kept: dict[str, bytes] = {}

        def change(request: Request, answer: Answer) -> Answer:
            if not is_json(answer) or not succeeded(orjson.loads(answer.body)):
                return answer
            before = kept.get("body", answer.body)
            kept["body"] = answer.body
            return replace(answer, body=before)

        return changed(operation, change)(respond)

    return wrap
