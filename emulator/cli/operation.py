"""One operation told in lines of text: every rule with how we know it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emulator.spec.models import Operation, Parameter, Service

_WORDS = ("type", "format", "minimum", "maximum", "minItems", "maxItems", "minLength", "enum", "default", "x-max-bytes")


def told(service: "Service", operation: "Operation") -> Iterator[str]:
    """The lines, for a terminal."""
    yield f"{operation.id}  {operation.published_title}"
    yield f"{operation.method} {operation.path}"
    yield f"from {service.sources[operation.evidence.source].title}"
    yield ""
    yield "parameters"
    yield from (_parameter(parameter) for parameter in operation.parameters)
    yield ""
    yield from (f"{name:<14} {text}" for name, text in _rules(service, operation))


def _parameter(parameter: "Parameter") -> str:
    mark = "required" if parameter.required else "optional"
    if parameter.required != parameter.published_required:
        mark += f" (page marks it {'required' if parameter.published_required else 'optional'})"
    limits = _limits(parameter.schema_)
    return f"  {parameter.name:<20} {parameter.location:<6} {mark:<9} {limits}  [{parameter.evidence}]"


def _rules(service: "Service", operation: "Operation") -> Iterator[tuple[str, str]]:
    price = operation.price
    cost = "free" if price.per == "nothing" else f"{price.credits} credit per {price.per.replace('_', ' ')}"
    yield "price", f"{cost}  [{price.evidence}]"
    yield "HTTP", ", ".join(f"{status} {text}" for status, text in operation.statuses.items())
    if speed := operation.performance:
        yield "performance", f"{speed.normal_ms} to {speed.max_ms} ms  [{speed.evidence}]"
    for name in operation.lives:
        life = service.lives[name]
        yield "life", f"{name}: {life.length // 1000} s from {life.start}  [{life.evidence}]"
    table = service.errors.tables[operation.error_table]
    yield "error codes", ", ".join(map(str, table.lists))
    if table.nearest:
        yield "stand-ins", ", ".join(f"{code} as {near}" for code, near in table.nearest.items())
    for note in operation.notes:
        yield "note", f"{note.text}  [{note.evidence}]"


def _limits(schema: dict[str, Any]) -> str:
    grades = {word: f" ({evidence['grade']})" for word, evidence in schema.get("x-keyword-evidence", {}).items()}
    told = [f"{word} {_value(schema[word])}{grades.get(word, '')}" for word in _WORDS if word in schema]
    if "x-list" in schema:
        rule = schema["x-list"]
        told.append(
            f"listed with {rule['separator']!r}" + (f", at most {rule['maxItems']}" if "maxItems" in rule else "")
        )
        told.append(f"each {_limits(rule['items'])}" if "items" in rule else "")
    return ", ".join(text for text in told if text)


def _value(value: Any) -> str:
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)
