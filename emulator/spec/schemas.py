"""JSON Schemas as our documents write them, made flat: references inlined, `allOf` merged, evidence on every part.

The words understood are listed here; any other word is refused, naming the file and the place. What a schema
means for a value is not known here.
"""

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
        "x-cause",
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


class Components:
    """What `$ref` can point to."""

    def __init__(self, file: str, document: Mapping[str, Any]) -> None:
        self._file = file
        self._parts: Mapping[str, Any] = document["components"]

    def find(self, reference: Any, place: Place) -> tuple[Mapping[str, Any], Place]:
        """The part a reference names, and its place.

        A part without evidence of its own has that of the page which refers to it. A dangling reference is
        refused at the place that has it.
        """
        node: Any = {"components": self._parts}
        steps = str(reference).removeprefix("#/").split("/")
        for step in steps:
            node = node.get(step) if isinstance(node, Mapping) else None
        if not str(reference).startswith("#/components/") or not isinstance(node, Mapping):
            raise place.at("$ref").fault(f"{reference!r} points to nothing")
        field = "/".join(steps)
        return node, Place(self._file, field, place.evidence).under(node)

    def resolve(self, node: Any, place: Place, seen: tuple[str, ...] = ()) -> dict[str, Any]:
        """A schema without references: the same constraints, `x-evidence` on it and on all its parts."""
        if not isinstance(node, Mapping):
            raise place.fault(f"a schema is expected, not {node!r}")
        refuse_unknown(node, KNOWN, place)
        place = place.under(node)
        merged: dict[str, Any] = {}
        if "$ref" in node:
            if node["$ref"] in seen:
                raise place.at("$ref").fault("refers to itself")
            target, elsewhere = self.find(node["$ref"], place)
            merged = self.resolve(target, elsewhere, (*seen, node["$ref"]))
        for index, part in enumerate(node.get("allOf", ())):
            _merge(merged, self.resolve(part, place.at(f"allOf/{index}"), seen))
        own = {word: value for word, value in node.items() if word not in ("$ref", "allOf")}
        if "properties" in own:
            own["properties"] = {
                name: self.resolve(part, place.at(f"properties/{name}"), seen)
                for name, part in own["properties"].items()
            }
        if "items" in own:
            own["items"] = self.resolve(own["items"], place.at("items"), seen)
        _merge(merged, own)
        merged.setdefault("x-evidence", dict(place.evidence))
        _check_words(merged, place)
        return merged


def _merge(into: dict[str, Any], part: Mapping[str, Any]) -> None:
    """Lay `part` over `into`: properties and required lists add up, any other word is replaced."""
    for word, value in part.items():
        if word == "properties":
            into["properties"] = {**into.get("properties", {}), **value}
        elif word == "required":
            into["required"] = [*into.get("required", ()), *value]
        else:
            into[word] = value


def refuse_unknown(node: Mapping[str, Any], known: frozenset[str], place: Place) -> None:
    unknown = sorted(str(word) for word in node if word not in known)
    if unknown:
        raise place.at(unknown[0]).fault("this word is not understood")


def _check_words(schema: Mapping[str, Any], place: Place) -> None:
    kinds = schema.get("type", ())
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        if kind not in TYPES:
            raise place.at("type").fault(f"{kind!r} is no type")
    if schema.get("format", "int32") not in FORMATS:
        raise place.at("format").fault(f"{schema['format']!r} is not understood")
    refuse_unknown(schema.get("x-list", {}), LIST_WORDS, place.at("x-list"))
    for word in schema.get("x-keyword-evidence", {}):
        if word not in schema:
            raise place.at(f"x-keyword-evidence/{word}").fault("speaks of a word the schema does not have")
    missing = [name for name in schema.get("required", ()) if name not in schema.get("properties", {})]
    if missing:
        raise place.at("required").fault(f"{missing[0]!r} is no property")
