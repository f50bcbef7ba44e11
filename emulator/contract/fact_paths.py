"""Where in a schema members of some names stand, and what a value has in those places."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

Place = tuple[str | None, ...]  # names of members; None stands for every item of a list


def places(schema: Mapping[str, Any], names: Collection[str]) -> list[Place]:
    """The places of texts, and of lists of texts, that bear one of these names, at any depth."""
    return list(_places(schema, names, (), wanted=False))


def _places(schema: Mapping[str, Any], names: Collection[str], at: Place, *, wanted: bool) -> Iterable[Place]:
    for name, part in schema.get("properties", {}).items():
        yield from _places(part, names, (*at, name), wanted=name in names)
    if "items" in schema:
        yield from _places(schema["items"], names, (*at, None), wanted=wanted)
    elif "x-list" in schema and wanted:
        yield (*at, None)
    elif wanted and "properties" not in schema:
        yield at


def gather(value: Any, where: Iterable[Place]) -> list[str]:
    """The texts that stand in these places of a value; what has another form is passed over."""
    found: list[str] = []
    for place in where:
        level: list[Any] = [value]
        for step in place:
            if step is None:
                level = [item for node in level if isinstance(node, list) for item in node]
            else:
                level = [node[step] for node in level if isinstance(node, Mapping) and step in node]
        found += [one for one in level if isinstance(one, str)]
    return found
