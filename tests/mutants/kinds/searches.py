"""Searches and batches: parameters without effect, filters inverted or half applied, order and pages wrong."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from unittest import mock

from emulator.behaviours import search
from emulator.behaviours.world import Call, Outcome
from emulator.spec.models import Operation, Service
from tests.mutants.mutant import Does, Mutant, closed

Values = dict[str, Any]
_FILTER_RULES = ("filter", "search", "sort", "pag")
_DATES = ("apply_start_time", "apply_end_time", "public_start_time", "public_end_time")


def without_effect(service: Service) -> list[Mutant]:
    """Every parameter of every operation as if it had not been given, or as the page's example has it."""
    found = []
    for operation in service.operations.values():
        for one in operation.parameters:
            if (
                one.schema_.get("x-no-effect")
                or one.schema_.get("format") == "binary"
                or operation.behaviour == "token"
            ):
                continue
            change = _forgets(one.name, one.schema_.get("default"), one.example if one.required else None)
            found.append(_values("parameter without effect", service, operation, one.name, change, one.name))
    return found


def inverted(service: Service) -> list[Mutant]:
    """Every filter of every search lets through what it should hold back."""
    return [_filtered("filter inverted", service, operation, name, _not) for operation, name in _filters(service)]


def borders(service: Service) -> list[Mutant]:
    """Days at the border of a time left out, and only the first value of a list looked at."""
    found = [
        _filtered("filter's border wrong", service, operation, name, _outside_the_day(name))
        for operation, name in _filters(service)
        if name in _DATES
    ]
    for operation, name in _filters(service):
        one = operation.parameter(name)
        if one and ("x-list" in one.schema_ or one.schema_.get("type") == "array"):
            found.append(
                _values("filter's border wrong", service, operation, f"{name}: first only", _first(name), name)
            )
    return found


def sorting(service: Service) -> list[Mutant]:
    """Every sort order of a search the other way round, and every date taken for another."""
    found = []
    for operation in service.operations.values():
        if operation.parameter("order") is None:
            continue
        turned = _swapped("order", {"asc": "desc", "desc": "asc"})
        found.append(_values("sorted wrong", service, operation, "the other way round", turned, "sort"))
        field = operation.parameter("field")
        for name in field.schema_["enum"] if field else ():
            for taken in ("APD", "PBD", "ISD", "SCORE"):
                if taken != name:
                    change = _swapped("field", {name: taken})
                    found.append(_values("sorted wrong", service, operation, f"{name} as {taken}", change, "sort"))
    return found


def paging(service: Service) -> list[Mutant]:
    """Pages that begin one late or early, are one longer or shorter, and totals that do not add up."""
    found = []
    for operation in service.operations.values():
        if operation.parameter("limit") is None:
            continue
        changes: dict[str, Callable[[Values], Values]] = {
            "limit + 1": _replaced("limit", lambda value: value + 1),
            "limit - 1": _replaced("limit", lambda value: value - 1),
        }
        if operation.parameter("offset") is not None:
            changes["offset + 1"] = _replaced("offset", lambda value: value + 1)
            changes["offset - 1"] = _replaced("offset", lambda value: max(0, value - 1))
            changes["offset in pages"] = lambda values: {**values, "offset": values.get("offset", 0) * values["limit"]}
        found += [_values("page wrong", service, operation, name, change, "pag") for name, change in changes.items()]
    return found


def totals(service: Service) -> list[Mutant]:
    """Totals one off, or only those of the page; the same patent twice on a page, the last one missing."""
    found = []
    for operation in service.operations.values():
        data = operation.answer["properties"].get("data", {}).get("properties", {})
        if "total_search_result_count" not in data or operation.parameter("limit") is None:
            continue
        rows = next(name for name, schema in data.items() if schema.get("type") == "array")
        found += [
            _outcome("rows and totals", service, operation, name, partial(edit, rows)) for name, edit in _EDITS.items()
        ]
    return found


_TOTAL = "total_search_result_count"
_EDITS: Mapping[str, Callable[[str, Values], Values]] = {
    "one more": lambda rows, data: {**data, _TOTAL: data[_TOTAL] + 1},
    "one less": lambda rows, data: {**data, _TOTAL: data[_TOTAL] - 1},
    "of the page": lambda rows, data: {**data, _TOTAL: len(data[rows])},
    "a row twice": lambda rows, data: {**data, rows: data[rows][:1] + data[rows][:-1]},
    "the last row missing": lambda rows, data: {**data, rows: data[rows][:-1]},
    "rows shuffled": lambda rows, data: {**data, rows: data[rows][1::2] + data[rows][::2]},
}


def changed_values(change: Callable[[Values], Values]) -> Callable[[Does], Does]:
    """A behaviour that is given other values."""

    def wrap(does: Does) -> Does:
        return lambda call: does(replace(call, values=change(dict(call.values))))

    return wrap


def only_for(operation: Operation, wrap: Callable[[Does], Does]) -> Mapping[str, Callable[[Does], Does]]:
    """The behaviour of an operation changed for that operation alone, though others may share it."""

    def chosen(does: Does) -> Does:
        wrong = wrap(does)
        return lambda call: (
            wrong(call) if call.operation.id == operation.id and call.documented_id is None else does(call)
        )

    return {operation.behaviour: chosen}


def _values(kind: str, service: Service, operation: Operation, how: str, change: Any, rule: str) -> Mutant:
    does = only_for(operation, changed_values(change))
    rules = (rule, *_FILTER_RULES)
    return Mutant(kind, f"{operation.id}.{how}", closed(service, operation.id), rules, does=does)


def _outcome(kind: str, service: Service, operation: Operation, how: str, edit: Callable[[Values], Values]) -> Mutant:
    def wrap(does: Does) -> Does:
        def act(call: Call) -> Outcome:
            outcome = does(call)
            return replace(outcome, data=edit(outcome.data))

        return act

    return Mutant(
        kind,
        f"{operation.id}:{how}",
        closed(service, operation.id),
        ("pag", "sort", "search"),
        does=only_for(operation, wrap),
    )


def _filtered(kind: str, service: Service, operation: Operation, name: str, other: Callable[[Any], Any]) -> Mutant:
    """An operation one of whose filters is another."""

    def wrap(does: Does) -> Does:
        def act(call: Call) -> Outcome:
            filters = {name: other(search.FILTERS[name])}
            with mock.patch.dict(search.FILTERS, filters):
                outcome = does(call)
                str(outcome.data)  # what is computed late is computed now
            return outcome

        return act

    reader = next((one for one in service.operations.values() if one.reads == operation.id), None)
    late = reader is not None and operation.makes_tasks
    does = only_for(operation, wrap)
    if late and reader is not None:  # what a task finds is computed when its result is asked for
        does = {**does, **only_for(reader, wrap)}
    return Mutant(kind, f"{operation.id}.{name}", closed(service, operation.id), (name, *_FILTER_RULES), does=does)


def _filters(service: Service) -> list[tuple[Operation, str]]:
    searches = [one for one in service.operations.values() if one.behaviour in _SEARCHING]
    return [(one, each.name) for one in searches for each in one.parameters if each.name in search.FILTERS]


_SEARCHING = frozenset(
    {
        "create_batch_search",
        "create_clearance_task",
        "create_design_search",
        "design_search_results",
        "search_by_shape",
        "search_designs",
        "search_multiple_images",
        "search_single_image",
    }
)


def _forgets(name: str, default: Any, instead: Any) -> Callable[[Values], Values]:
    def change(values: Values) -> Values:
        others = {each: value for each, value in values.items() if each != name}
        value = default if default is not None else instead
        if isinstance(values.get(name), list) and isinstance(value, str):
            value = [value]
        return others if value is None else {**others, name: value}

    return change


def _replaced(name: str, other: Callable[[Any], Any]) -> Callable[[Values], Values]:
    return lambda values: {**values, name: other(values[name])} if name in values else values


def _swapped(name: str, others: Mapping[str, str]) -> Callable[[Values], Values]:
    return _replaced(name, lambda value: others.get(value, value))


def _first(name: str) -> Callable[[Values], Values]:
    return _replaced(name, lambda listed: listed[:1])


def _not(true: Any) -> Any:
    return lambda value, stems: lambda index: ~true(value, stems)(index)


def _outside_the_day(name: str) -> Any:
    step = 1 if "start" in name else -1
    return lambda true: lambda day, stems: true(str(int(day) + step), stems)
