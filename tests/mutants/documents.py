"""Documents with one thing changed: a parameter's schema, an operation, a code, a table, a life.

Everything is copied on the way down and nothing else; the documents that came in stay as they were.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.spec.models import Operation, Parameter, Service

Steps = tuple[str, ...]
Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """A parameter of an operation, or a part of one: `properties/x`, `items`, `x-list/items` below it."""

    operation: Operation
    parameter: Parameter
    steps: Steps
    schema: Schema

    @property
    def name(self) -> str:
        return self.parameter.name

    def __str__(self) -> str:
        inside = ".".join(step for step in self.steps if step not in ("properties", "x-list"))
        return ".".join(part for part in (self.operation.id, named(self.parameter, self.operation), inside) if part)


def with_operation(service: Service, operation: Operation) -> Service:
    return service.model_copy(update={"operations": {**service.operations, operation.id: operation}})


def changed_operation(operation_id: str, **update: Any) -> Callable[[Service], Service]:
    def change(service: Service) -> Service:
        return with_operation(service, service.operations[operation_id].model_copy(update=update))

    return change


def places(operation: Operation) -> Iterator[Place]:
    """Every parameter of an operation and every part inside it, list texts as well."""
    for parameter in operation.parameters:
        yield from _inside(Place(operation, parameter, (), parameter.schema_))


def _inside(place: Place) -> Iterator[Place]:
    yield place
    for name, part in place.schema.get("properties", {}).items():
        yield from _inside(Place(place.operation, place.parameter, (*place.steps, "properties", name), part))
    for steps in (("items",), ("x-list", "items")):
        part = place.schema
        for step in steps:
            part = part.get(step, {})
        if part:
            yield from _inside(Place(place.operation, place.parameter, (*place.steps, *steps), part))


def changed_schema(place: Place, change: Callable[[dict[str, Any]], None]) -> Callable[[Service], Service]:
    """Documents in which the schema at a place is another; `change` alters a copy of it."""

    def altered(service: Service) -> Service:
        operation = service.operations[place.operation.id]
        parameters = tuple(
            one.model_copy(update={"schema_": altered_at(one.schema_, place.steps, change)})
            if (one.name, one.location) == (place.name, place.parameter.location)
            else one
            for one in operation.parameters
        )
        return with_operation(service, operation.model_copy(update={"parameters": parameters}))

    return altered


def altered_at(schema: Schema, steps: Steps, change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    copy = dict(schema)
    if steps:
        copy[steps[0]] = altered_at(copy[steps[0]], steps[1:], change)
    else:
        change(copy)
    return copy


def named(parameter: Parameter, operation: Operation) -> str:
    """A parameter's name, and where it stands if two are called alike."""
    alike = sum(one.name == parameter.name for one in operation.parameters) > 1
    return f"{parameter.name} in {parameter.location}" if alike else parameter.name


def changed_parameter(operation: Operation, changed: Parameter, **update: Any) -> Callable[[Service], Service]:
    def altered(service: Service) -> Service:
        true = service.operations[operation.id]
        same = (changed.name, changed.location)
        parameters = tuple(
            one.model_copy(update=update) if (one.name, one.location) == same else one for one in true.parameters
        )
        return with_operation(service, true.model_copy(update={"parameters": parameters}))

    return altered


def changed_errors(part: str, key: Any, **update: Any) -> Callable[[Service], Service]:
    """One code, table or wire profile of the errors changed."""

    def altered(service: Service) -> Service:
        entries = dict(getattr(service.errors, part))
        entries[key] = entries[key].model_copy(update=update)
        return service.model_copy(update={"errors": service.errors.model_copy(update={part: entries})})

    return altered


def changed_section(section: str, **update: Any) -> Callable[[Service], Service]:
    """Credentials, envelope or values changed."""

    def altered(service: Service) -> Service:
        return service.model_copy(update={section: getattr(service, section).model_copy(update=update)})

    return altered


def changed_entry(section: str, name: str, **update: Any) -> Callable[[Service], Service]:
    """A life or a bound changed."""

    def altered(service: Service) -> Service:
        entries = getattr(service, section)
        return service.model_copy(update={section: {**entries, name: entries[name].model_copy(update=update)}})

    return altered
