"""What requests may say: limits one off, lists of values longer or shorter, rules gone, required turned optional."""

from collections.abc import Callable, Iterator
from typing import Any

from emulator.spec.models import Operation, Service
from tests.mutants.documents import Place, changed_operation, changed_parameter, changed_schema, named, places
from tests.mutants.mutant import Mutant, touched

LIMITS = ("minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "x-max-bytes")
RULES = ("enum", "format", "pattern", *LIMITS)


def limits(service: Service) -> list[Mutant]:
    """Every limit one more and one less."""
    return [
        _mutant("limit off by one", place, f"{word}{step:+}", _set(inside, word, limit + step), ("limit", word))
        for place in _every(service)
        for inside, word, limit in _limits(place)
        for step in (1, -1)
        if limit + step >= 0
    ]


def without_rule(service: Service) -> list[Mutant]:
    """Every limit, list of values and format no longer looked at."""
    return [
        _mutant("rule not looked at", place, word, _without(word), ("limit", word, "enum", "format"))
        for place in _every(service)
        for word in RULES
        if word in place.schema
        and word != "x-max-bytes"
        and place.schema.get("format") != "binary"
        and not _said_twice(place, word)
    ]


def removed_values(service: Service) -> list[Mutant]:
    return [
        _mutant("value removed", place, str(value), _set("", "enum", _others(place, value)), ("enum", "limit", "value"))
        for place in _every(service)
        for value in place.schema.get("enum", ())
    ]


def added_values(service: Service) -> list[Mutant]:
    """The next number, or a listed text in the other case."""
    return [
        _mutant(
            "value added",
            place,
            str(value),
            _set("", "enum", [*place.schema["enum"], value]),
            ("enum", "limit", "value"),
        )
        for place in _every(service)
        if "enum" in place.schema
        if "x-allowed-by" not in place.schema
        for value in _strangers(place.schema["enum"])
    ]


def types(service: Service) -> list[Mutant]:
    """Parameters that take any type, and lists whose items do."""
    return [
        _mutant("type not looked at", place, str(place.schema["type"]), _without("type"), ("type",))
        for place in _every(service)
        if "type" in place.schema
        and "enum" not in place.schema
        and not _is_form(place)
        and (place.name not in place.operation.names("query") or place.schema["type"] == "integer")
        and place.schema.get("format") != "binary"
        and "x-list" not in place.steps
    ]


def required(service: Service) -> list[Mutant]:
    """Required ones optional, optional ones required, at every depth."""
    found = []
    for operation in service.operations.values():
        for one in operation.parameters:
            change = changed_parameter(operation, one, required=not one.required)
            found.append(_required(operation, named(one, operation), one.required, change))
    for place in _every(service):
        for name in place.schema.get("properties", {}):
            before = list(place.schema.get("required", ()))
            was = name in before
            names = [each for each in before if each != name] if was else [*before, name]
            found.append(
                _required(place.operation, f"{place}.{name}", was, changed_schema(place, _set("", "required", names)))
            )
    for operation in service.operations.values():
        if operation.any_of:
            change = changed_operation(operation.id, any_of=())
            found.append(_required(operation, "any of " + ", ".join(operation.any_of), True, change))
    return found


def defaults(service: Service) -> list[Mutant]:
    """Every default another allowed value, and none."""
    return [
        _mutant("default changed", place, repr(value), _set("", "default", value), ("default", place.name, "page"))
        for place in _every(service)
        if "default" in place.schema and not place.schema.get("x-no-effect")
        for value in _other_defaults(place.schema)
    ]


def _required(operation: Operation, name: str, was: bool, change: Callable[[Service], Service]) -> Mutant:
    to = "optional" if was else "required"
    return Mutant(
        f"turned {to}",
        f"{operation.id}.{name.removeprefix(operation.id + '.')}",
        touched(operation),
        ("required", "any", "example"),
        service=change,
    )


def _said_twice(place: Place, word: str) -> bool:
    """Whether other words refuse the same: a width where a range is given, a list where another list stands for it."""
    ranged = "enum" in place.schema or {"minimum", "maximum"} <= place.schema.keys()
    return (word == "format" and place.schema.get("type") == "integer" and ranged) or (
        word == "enum" and "x-allowed-by" in place.schema
    )


def _is_form(place: Place) -> bool:
    """Whether a value is text however it is sent."""
    body = place.operation.body
    return place.parameter.location == "body" and body is not None and body.media_type != "application/json"


def _every(service: Service) -> Iterator[Place]:
    for operation in service.operations.values():
        yield from places(operation)


def _mutant(kind: str, place: Place, how: str, change: Any, rules: tuple[str, ...]) -> Mutant:
    return Mutant(kind, f"{place}:{how}", touched(place.operation), rules, service=changed_schema(place, change))


def _limits(place: Place) -> Iterator[tuple[str, str, int]]:
    for word in LIMITS:
        if word in place.schema:
            yield "", word, place.schema[word]
    if "maxItems" in place.schema.get("x-list", {}):
        yield "x-list", "maxItems", place.schema["x-list"]["maxItems"]


def _set(inside: str, word: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(schema: dict[str, Any]) -> None:
        if inside:
            schema[inside] = {**schema[inside], word: value}
        else:
            schema[word] = value

    return change


def _without(word: str) -> Callable[[dict[str, Any]], None]:
    def change(schema: dict[str, Any]) -> None:
        del schema[word]

    return change


def _others(place: Place, value: Any) -> list[Any]:
    return [each for each in place.schema["enum"] if each != value]


def _strangers(listed: list[Any]) -> list[Any]:
    if all(isinstance(value, int) for value in listed):
        return [max(listed) + 1, *([min(listed) - 1] if min(listed) else [])]
    if all(str(value).isdigit() for value in listed):
        return [str(max(map(int, listed)) + 1)]
    return [listed[0].swapcase()]


def _other_defaults(schema: Any) -> list[Any]:
    true = schema["default"]
    if "enum" in schema:
        return [next(value for value in schema["enum"] if value != true)]
    return [true + 1] if isinstance(true, int) else []
