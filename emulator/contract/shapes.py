"""A schema compiled once into a checker of values.

The engine is jsonschema-rs; three things it does not know are added as words of ours: a whole number is written
without a point and fits its width, a text may be a list with a separator, a text has one of our formats. Which
operation a schema belongs to, and what a breach leads to, is not known here.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import jsonschema_rs

from emulator.contract.formats import FORMATS
from emulator.contract.violation import Violation, shown
from emulator.spec.evidence import OURS

_MOST = 100  # breaches told of one value
_PUBLISHED = {"x-text": "format"}  # our words for the engine, and the documents' own
_WIDTHS = {"int32": 31, "int64": 63}
_COPIED = ("type", "enum", "minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "pattern")


class _Whole:
    def __init__(self, parent: Any, width: Any, path: Any) -> None:
        self._limit = 1 << _WIDTHS.get(width, 63)

    def validate(self, value: Any) -> None:
        if isinstance(value, float):
            raise ValueError("must be a whole number, written without a point")
        if type(value) is int and not -self._limit <= value < self._limit:
            raise ValueError("is too large for a whole number of this kind")


class _Text:
    def __init__(self, parent: Any, name: Any, path: Any) -> None:
        self._wrong = FORMATS[name]

    def validate(self, value: Any) -> None:
        if isinstance(value, str) and (wrong := self._wrong(value)):
            raise ValueError(f"{shown(value)} {wrong}")


class _List:
    def __init__(self, parent: Any, rule: Any, path: Any) -> None:
        self._separator: str = rule["separator"]
        self._most: int | None = rule.get("maxItems")
        self._shape = Shape(rule["items"]) if "items" in rule else None

    def validate(self, value: Any) -> None:
        if not isinstance(value, str):
            return
        items = split(value, self._separator)
        if self._most is not None and len(items) > self._most:
            raise ValueError(f"names {len(items)}, more than the {self._most} allowed")
        for item in items:
            for violation in self._shape.violations(item) if self._shape else ():
                raise ValueError(violation.sentence.removeprefix("the value "))


def split(text: str, separator: str) -> list[str]:
    """The items of a listed text; blanks around them and empty ones do not count."""
    return [item for part in text.split(separator) if (item := part.strip())]


class Shape:
    """A compiled schema."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema
        self._validator = jsonschema_rs.Draft202012Validator(
            _engine_schema(schema), keywords={"x-whole": _Whole, "x-text": _Text, "x-list": _List}
        )

    def fits(self, value: Any) -> bool:
        return bool(self._validator.is_valid(value))

    def violations(self, value: Any) -> Iterator[Violation]:
        """Every breach, those nearest the top first."""
        errors = sorted(
            islice(self._validator.iter_errors(value), _MOST),
            key=lambda error: (len(error.instance_path), error.instance_path != []),
        )
        for error in errors:
            yield self._violation(error)

    def _violation(self, error: Any) -> Violation:
        word = error.kind.name if error.kind.name != "custom" else str(error.schema_path[-1])
        where = list(error.instance_path)
        if word == "required":
            where.append(error.kind.property)
        node = _node(self.schema, where)
        evidence = evidence_of(node, _PUBLISHED.get(word, word), self.schema["x-evidence"])
        if word == "x-list":
            evidence = _item_evidence(node["x-list"], error.instance) or evidence
        return Violation(_written(where), word, _sentence(error, word, node, _written(where)), evidence)


def _engine_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema in the engine's words: only constraints, with ours under their own names."""
    engine: dict[str, Any] = {word: schema[word] for word in (*_COPIED, "required", "x-list") if word in schema}
    if schema.get("type") == "integer":
        engine["x-whole"] = schema.get("format", "int64")
    if schema.get("format") in FORMATS:
        engine["x-text"] = schema["format"]
    if "properties" in schema:
        engine["properties"] = {name: _engine_schema(part) for name, part in schema["properties"].items()}
        for name in schema.get("required", ()):  # what is required is not there when it is empty
            if schema["properties"][name].get("type") == "string":
                engine["properties"][name].setdefault("minLength", 1)
    if "items" in schema:
        engine["items"] = _engine_schema(schema["items"])
    return engine


def _node(schema: Mapping[str, Any], where: list[str | int]) -> Mapping[str, Any]:
    """The part of the schema that speaks of a place."""
    node = schema
    for step in where:
        node = node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step, node)
    return node


def evidence_of(node: Mapping[str, Any], word: str, otherwise: Mapping[str, Any]) -> Mapping[str, Any]:
    """How one of a schema's words is known; a word that the schema does not have is ours."""
    own: Mapping[str, Any] = node.get("x-keyword-evidence", {}).get(word, node.get("x-evidence", otherwise))
    return own if word in node or word == "required" else OURS


def _item_evidence(rule: Mapping[str, Any], text: str) -> Mapping[str, Any] | None:
    """How the rule that an item of a listed text breaks is known; None when the list as a whole is at fault."""
    shape = Shape(rule["items"]) if "items" in rule else None
    broken = (
        violation for item in split(text, rule["separator"]) for violation in (shape.violations(item) if shape else ())
    )
    return next((violation.evidence for violation in broken), None)


def _written(where: list[str | int]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
    return text.removeprefix(".") or "the value"


def _sentence(error: Any, keyword: str, node: Mapping[str, Any], where: str) -> str:
    value = shown(error.instance)
    limit = node.get(keyword)
    match keyword:
        case "required":
            return f"{where} is missing"
        case "type":
            quoted = f" {value}" if isinstance(error.instance, (str, int, float)) else ""
            return f"{where}{quoted} is {kind_of(error.instance)}, not {_article(limit)}"
        case "maximum":
            return f"{where} {value} is above {limit}"
        case "minimum":
            return f"{where} {value} is below {limit}"
        case "maxItems" | "minItems":
            bound = "at most" if keyword == "maxItems" else "at least"
            return f"{where} has {len(error.instance)} items; {bound} {limit} are expected"
        case "enum":
            return f"{where} {value} is not one of {', '.join(map(str, limit or ()))}"
        case "minLength" if not error.instance:
            return f"{where} is empty"
        case "minLength" | "maxLength":
            bound = "shorter" if keyword == "minLength" else "longer"
            return f"{where} has {len(error.instance)} characters, {bound} than {limit}"
        case "pattern":
            return f"{where} {value} does not look like {limit}"
        case "x-text" | "x-list" | "x-whole":
            return f"{where} {error.message}"
        case _:
            return f"{where}: {error.message}"


_KINDS = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    list: "array",
    dict: "object",
    type(None): "null",
}


def kind_of(value: Any) -> str:
    """'a string', 'an array': what a JSON value is."""
    return _article(_KINDS.get(type(value), "value"))


def _article(kind: Any) -> str:
    name = " or ".join(kind) if isinstance(kind, list) else str(kind)
    return name if name == "null" else f"{'an' if name[0] in 'aeio' else 'a'} {name}"
