"""Values on both sides of every limit, and values of every wrong type, read off the schemas of the documents.

Pure: schemas in, values out. What the service has to say to them stands with each value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.errors import Cause
from emulator.verifier.conformance.pictures import picture
from emulator.verifier.conformance.places import Place

_INT64 = 1 << 63


@dataclass(frozen=True)
class Trial:
    """A request that is sound but for the value at one place; `cause` is why it is refused, None where it is not."""

    place: Place
    rule: str
    value: Any
    cause: Cause | None

    @property
    def request(self) -> dict[str, Any]:
        return self.place.put(self.value)

    @property
    def shown(self) -> str:
        """The place and its value, for a sentence."""
        long = isinstance(self.value, (str, bytes, list)) and len(str(self.value)) > 40
        return f"{self.place.written} {f'of {len(self.value)}' if long else repr(self.value)}"


def limits(place: Place) -> Iterator[Trial]:
    """The last value that each limit allows, and the first that it does not."""
    for rule, sound, broken in _sides(place):
        yield from (Trial(place, rule, value, None) for value in sound)
        cause = Cause.FILE_REFUSED if rule == "x-max-bytes" else Cause.PARAMETER_INVALID
        yield from (Trial(place, rule, value, cause) for value in broken)


def wrong_types(place: Place) -> Iterator[Trial]:
    """Every JSON type that the place does not have, and whole numbers written otherwise."""
    kind = place.schema.get("type")
    if place.schema.get("format") == "binary":
        return
    if place.in_query:
        wrong: Mapping[str, Any] = _WRITTEN if kind == "integer" else {}
    else:
        fitting = {"integer", "number"} if kind == "number" else {kind}
        wrong = {name: value for name, value in _JSON.items() if name not in fitting}
        if kind == "integer":
            wrong = {**wrong, **_NOT_WHOLE}
    yield from (Trial(place, name, value, Cause.PARAMETER_INVALID) for name, value in wrong.items())


_JSON = {"string": "text", "integer": 7, "number": 1.5, "boolean": True, "array": ["x"], "object": {"x": 1}}
_NOT_WHOLE = {"decimal": 10.0, "digits": "10"}
_WRITTEN = {"decimal": "10.0", "exponent": "1e1", "word": "ten", "boolean": "true", "list": "1,2", "hex": "0x0a"}
_FORMATS: Mapping[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "yyyymmdd": (
        ("20240229", "19000101", "99991231"),
        ("20230229", "2024013", "202401010", "2024-01-1", "20241301", "00000101", "２０２４０１０１"),
    ),
    "authority": (("CN", "EU", "ZZ"), ("cn", "CHN", "C", "C1", "CN,US")),
    "loc-class": (("14", "14-01"), ("1", "14-1", "14-01-02", "14-", "phones")),
    "loc-expression": (
        ("14-01", "14", "14-01 AND NOT 14-02", "not (14-01 or 14-02)", "((14-01))", "14-01 NOT 14-02"),
        ("14-1", "phones", "14-01 OR", "(14-01", "14-01)", "14-01 14-02", "AND", "()", "14-01, 14-02"),
    ),
    "field-expression": (
        ("phone", '"mobile phone"', "phone mobile", "phone AND NOT 手机", "(a or b)", "not car"),
        ("(phone", "phone)", "phone OR", "AND", "()", "OR OR"),
    ),
    "patent-numbers": (
        ("US11205304B2", "us 11,205,304 b2; JP1", "CN1 or CN2\nCN3", "手机", "XX1，XX2"),
        ("US112*", "US1120530?B2", "US1 AND US2", "not US1", " , ;", "--"),
    ),
    "query-text": (("TACD: phone", "phone", "tacd: (a AND b)"), ("XYZ: phone", "TACD: (phone", "TACD: OR")),
}


def _sides(place: Place) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Rule, sound values, broken values."""
    schema = place.schema
    if "minimum" in schema:
        yield "minimum", [schema["minimum"]], [schema["minimum"] - 1]
    if "maximum" in schema:
        yield "maximum", [schema["maximum"]], [schema["maximum"] + 1, 1 << 31, _INT64]
    if schema.get("format") == "int64":
        yield "int64", [_INT64 - 1, 1 - _INT64], [_INT64, _INT64 * 4]
    if "minItems" in schema or "maxItems" in schema:
        yield from _counted(place)
    if "minLength" in schema:
        yield "minLength", ["x" * schema["minLength"]], ["x" * (schema["minLength"] - 1)]
    if "enum" in schema:
        yield "enum", list(schema["enum"]), _outside(schema["enum"])
    if "x-list" in schema:
        yield from _listed(schema["x-list"])
    if "x-max-bytes" in schema:
        yield "x-max-bytes", [picture(schema["x-max-bytes"])], [picture(schema["x-max-bytes"] + 1)]
    if schema.get("format") in _FORMATS:
        sound, broken = _FORMATS[schema["format"]]
        yield str(schema["format"]), list(sound), list(broken)


def _counted(place: Place) -> Iterator[tuple[str, list[Any], list[Any]]]:
    item = place.base()[place.top][0]
    if (most := place.schema.get("maxItems")) is not None:
        yield "maxItems", [[item] * most], [[item] * (most + 1)]
    if (fewest := place.schema.get("minItems")) is not None:
        yield "minItems", [[item] * fewest], [[item] * (fewest - 1)]


def _outside(allowed: list[Any]) -> list[Any]:
    if all(isinstance(value, int) for value in allowed):
        return [max(allowed) + 1, min(allowed) - 1]
    return [allowed[0] + "x", allowed[0].swapcase(), f"{allowed[0]},{allowed[-1]}"]


def _listed(rule: Mapping[str, Any]) -> Iterator[tuple[str, list[Any], list[Any]]]:
    separator, items = rule["separator"], rule.get("items", {})
    if (most := rule.get("maxItems")) is not None:
        yield "list-maxItems", [separator.join(["x"] * most)], [separator.join(["x"] * (most + 1))]
    if "enum" in items:
        every = list(items["enum"])
        yield "list-enum", [*every, separator.join(every)], ["999999", f"{every[0]}{separator}x", "-1"]
    if "format" in items:
        sound, broken = _FORMATS[items["format"]]
        alone = [value for value in broken if separator not in value]
        yield "list-format", [*sound, separator.join(sound), f" {sound[0]} {separator} {sound[1]} "], alone
