"""JSON Schemas as our documents write them, made flat: references inlined, `allOf` merged, evidence on every part.

Which words are understood, and how they must be used, stands in `words`. What a schema means for a value is not
known here.
"""

from collections.abc import Mapping
from typing import Any

from emulator.spec.words import KNOWN, Place, check_words, refuse_unknown


class Components:
    """What `$ref` can point to."""

    def __init__(self, file: str, document: Mapping[str, Any]) -> None:
        self._file = file
        self._parts: Any = document.get("components")
        if not isinstance(self._parts, Mapping):
            raise Place(file, "components", {}).fault("a mapping is expected")

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
        if "items" in own.get("x-list", {}):
            items = self.resolve(own["x-list"]["items"], place.at("x-list/items"), seen)
            own["x-list"] = {**own["x-list"], "items": items}
        _merge(merged, own)
        merged.setdefault("x-evidence", dict(place.evidence))
        check_words(merged, place)
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
