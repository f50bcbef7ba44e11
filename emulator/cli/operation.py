"""One operation told in lines of text: every rule with how we know it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emulator.spec.models import Operation, Service

_WORDS = ("format", "minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "pattern", "x-max-bytes")


def told(service: "Service", operation: "Operation") -> Iterator[str]:
    """The lines, for a terminal."""
    published = operation.published_title
    yield f"{operation.id}  {operation.title}" + (f"  ({published})" if published != operation.title else "")
    yield f"{operation.method} {operation.path}" + (f"  {operation.body.media_type}" if operation.body else "")
    yield f"from {service.sources[operation.evidence.source].title}"
    yield ""
    yield "request"
    for parameter in operation.parameters:
        mark = _mark(parameter.required, parameter.published_required)
        yield from _field(
            parameter.name, f"{parameter.location}, {mark}", parameter.schema_, str(parameter.evidence), 1
        )
    yield ""
    yield "answer"
    for name, part in operation.answer.get("properties", {}).items():
        yield from _field(name, "", part, "", 1, operation.answer)
    yield ""
    yield from (f"{name:<14} {text}" for name, text in _rules(service, operation))


def _mark(required: bool, published: bool) -> str:
    mark = "required" if required else "optional"
    return mark if required == published else f"{mark} (page marks it {'required' if published else 'optional'})"


def _field(
    name: str, mark: str, schema: Mapping[str, Any], evidence: str, depth: int, parent: Mapping[str, Any] | None = None
) -> Iterator[str]:
    """A parameter or a field, its values with their meanings, and its members further in."""
    if parent is not None:
        mark = "required" if name in parent.get("required", ()) else "optional"
    kind = _kind(schema)
    limits = "; ".join([mark, kind, *_limits(schema)] if mark else [kind, *_limits(schema)])
    yield f"{'  ' * depth}{name:<{max(1, 30 - 2 * depth)}} {limits}" + (f"  [{evidence}]" if evidence else "")
    for value, meaning in schema.get("x-meaning", {}).items():
        yield f"{'  ' * depth}{'':<{max(1, 30 - 2 * depth)}}   {value}: {meaning}"
    inner = schema.get("items", schema)
    for member, part in inner.get("properties", {}).items():
        yield from _field(member, "", part, "", depth + 1, inner)


def _kind(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type", "any")
    kind = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if kind == "array" and "items" in schema:
        inner = schema["items"]
        return " ".join(["array of", _kind(inner), *_limits(inner)])
    return kind


def _limits(schema: Mapping[str, Any]) -> Iterator[str]:
    grades = {word: f" ({evidence['grade']})" for word, evidence in schema.get("x-keyword-evidence", {}).items()}
    for word in _WORDS:
        if word in schema:
            yield f"{word} {schema[word]}{grades.get(word, '')}"
    if "enum" in schema and "x-meaning" not in schema:
        yield f"one of {', '.join(map(str, schema['enum']))}{grades.get('enum', '')}"
    if "default" in schema:
        yield f"default {schema['default']}{grades.get('default', '')}"
    if "x-list" in schema:
        rule = schema["x-list"]
        yield f"listed with {rule['separator']!r}" + (f", at most {rule['maxItems']}" if "maxItems" in rule else "")
        yield from (f"each {limit}" for limit in _limits(rule.get("items", {})))
    if "x-allowed-by" in schema:
        yield " ".join(f"by {other}: {allowed}" for other, allowed in schema["x-allowed-by"].items())
    if "x-no-effect" in schema:
        yield "accepted without effect"
    if "x-note" in schema:
        yield str(schema["x-note"])


def _rules(service: "Service", operation: "Operation") -> Iterator[tuple[str, str]]:
    price = operation.price
    cost = "free" if price.per == "nothing" else f"{price.credits} credit per {price.per.replace('_', ' ')}"
    if operation.any_of:
        yield "one of", f"{', '.join(operation.any_of)} must be given  [{operation.any_of_evidence}]"
    if operation.after:
        yield "after", ", ".join(operation.after)
    if operation.reads:
        yield "reads", f"what {operation.reads} has created"
    if operation.creates:
        yield "example ids", ", ".join(operation.creates.documented)
    yield "price", f"{cost}  [{price.evidence}]"
    yield "HTTP", ", ".join(f"{status} {text}" for status, text in operation.statuses.items())
    if speed := operation.performance:
        yield "performance", f"{speed.normal_ms} to {speed.max_ms} ms  [{speed.evidence}]"
    for name in operation.lives:
        life = service.lives[name]
        yield "life", f"{name}: {life.length // 1000} s from {life.start}  [{life.evidence}]"
    table = service.errors.tables[operation.error_table]
    yield "error codes", ", ".join(map(str, table.lists))
    for code, near in table.nearest.items():
        yield "stand-in", f"the page does not list {code}: its causes are answered with {near}"
    for note in operation.notes:
        yield "note", f"{note.text}  [{note.evidence}]"
