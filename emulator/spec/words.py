"""The words of our documents' schemas: which are understood, and how each must be used.

Any other word is refused, naming the file and the place.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.spec.faults import SpecFault

CONSTRAINTS = frozenset(
    {
        "type",
        "format",
        "enum",
        "required",
        "properties",
        "items",
        "minimum",
        "maximum",
        "minItems",
        "maxItems",
        "minLength",
        "maxLength",
        "pattern",
        "default",
        "x-list",
        "x-max-bytes",
        "x-allowed-by",
    }
)
ANNOTATIONS = frozenset(
    {
        "description",
        "example",
        "x-evidence",
        "x-keyword-evidence",
        "x-meaning",
        "x-note",
        "x-secret",
        "x-no-effect",
        "x-published-required",
    }
)
FORMATS = frozenset(
    {
        "int32",
        "int64",
        "double",
        "binary",
        "yyyymmdd",
        "authority",
        "loc-class",
        "loc-expression",
        "field-expression",
        "query-text",
        "image-url",
        "patent-numbers",
    }
)
TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object", "null"})
LIST_WORDS = frozenset({"separator", "items", "maxItems"})
KNOWN = CONSTRAINTS | ANNOTATIONS | {"$ref", "allOf"}


@dataclass(frozen=True)
class Place:
    """Where in the documents we are, for the person who has to mend it, and the evidence that holds there."""

    file: str
    field: str
    evidence: Mapping[str, Any]

    def at(self, part: str | int) -> "Place":
        return Place(self.file, f"{self.field}/{part}", self.evidence)

    def under(self, node: Mapping[str, Any]) -> "Place":
        """The same place with the node's own evidence, where it has one."""
        return Place(self.file, self.field, node.get("x-evidence", self.evidence))

    def fault(self, reason: str) -> SpecFault:
        return SpecFault(self.file, self.field, reason)


def refuse_unknown(node: Mapping[str, Any], known: frozenset[str], place: Place) -> None:
    unknown = sorted(str(word) for word in node if word not in known)
    if unknown:
        meant = difflib.get_close_matches(unknown[0], known, 1, 0.6)
        hint = f"; did you mean {meant[0]}?" if meant else ""
        raise place.at(unknown[0]).fault(f"this word is not understood{hint}")


_KINDS: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("minimum", "maximum"), (int, float)),
    **dict.fromkeys(("minItems", "maxItems", "minLength", "maxLength", "x-max-bytes"), int),
    **dict.fromkeys(("enum", "required"), list),
    **dict.fromkeys(("properties", "x-list", "x-allowed-by", "x-meaning", "x-keyword-evidence"), dict),
    "pattern": str,
}


def check_words(schema: Mapping[str, Any], place: Place) -> None:
    """Refuse words that are misused: a fault here would otherwise be met by a client."""
    for word, expected in _KINDS.items():
        if word in schema and (not isinstance(schema[word], expected) or isinstance(schema[word], bool)):
            raise place.at(word).fault(f"{schema[word]!r} cannot be meant")
    kinds = schema.get("type", ())
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        if kind not in TYPES:
            raise place.at("type").fault(f"{kind!r} is no type")
    if schema.get("format", "int32") not in FORMATS:
        raise place.at("format").fault(f"{schema['format']!r} is not understood")
    if schema.get("format") == "binary" and not isinstance(schema.get("x-max-bytes"), int):
        raise place.at("x-max-bytes").fault("a number of bytes is expected beside the format binary")
    for word in schema.get("x-keyword-evidence", {}):
        if word not in schema:
            raise place.at(f"x-keyword-evidence/{word}").fault("speaks of a word the schema does not have")
    missing = [name for name in schema.get("required", ()) if name not in schema.get("properties", {})]
    if missing:
        raise place.at("required").fault(f"{missing[0]!r} is no property")
    _check_list(schema.get("x-list"), place.at("x-list"))
    _check_default(schema, place.at("default"))


def _check_list(rule: Any, place: Place) -> None:
    if rule is None:
        return
    refuse_unknown(rule, LIST_WORDS, place)
    if not isinstance(rule.get("separator"), str) or not rule["separator"]:
        raise place.at("separator").fault("a text is expected")
    if not isinstance(rule.get("maxItems", 1), int):
        raise place.at("maxItems").fault("a whole number is expected")


def _check_default(schema: Mapping[str, Any], place: Place) -> None:
    if "default" not in schema:
        return
    value = schema["default"]
    if value not in schema.get("enum", [value]):
        raise place.fault("is not among the enum")
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        raise place.fault("is out of bounds")
