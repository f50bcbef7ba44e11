"""Where an answer differs from one that was recorded, told apart by kind: status, code, shape, state, values.

Ids, times, links and signatures differ from run to run and are compared by their kind alone. Whether a difference is
grave follows from its kind; what a field means, from the schema of its operation.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from emulator.contract.shapes import kind_of
from emulator.contract.violation import shown


class Kind(StrEnum):
    """What differs."""

    STATUS = "status"
    CODE = "code"
    SHAPE = "shape"  # a member that is missing, unknown or of another type
    OPTIONAL = "optional"  # a member that the documents let be absent
    STATE = "state"  # a task that has come further, or less far
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Difference:
    """`where` is a place in the answer, items of lists all alike."""

    kind: Kind
    where: str
    sentence: str


_LINK = re.compile(r"https?://\S+")
_INSTANT = re.compile(r"1\d{12}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*")
_PLACEHOLDER = re.compile(r"(?:secret|text|address|mail|host)-\d+(?:@mail)?(?:\.invalid)?")
_TIMES = re.compile(r".*_at|expire|queue_num")


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of members: `ids` differ in every run, `states` tell how far a task has come."""

    ids: frozenset[str]
    states: frozenset[str]


def differences(recorded: Any, got: Any, schema: Mapping[str, Any], fields: Fields) -> list[Difference]:
    """Each kind of difference at each place once."""
    found = list(_between(recorded, got, schema, "", fields))
    if any(one.kind is Kind.STATE for one in found):  # then its other members differ as a matter of course
        found = [one for one in found if one.kind is Kind.STATE]
    return list({(one.kind, one.where): one for one in found}.values())


def _between(recorded: Any, got: Any, schema: Mapping[str, Any], where: str, fields: Fields) -> Iterator[Difference]:
    if isinstance(recorded, dict) and isinstance(got, dict):
        yield from _members(recorded, got, schema, where, fields)
    elif isinstance(recorded, list) and isinstance(got, list):
        yield from _items(recorded, got, schema.get("items", {}), where, fields)
    elif _type(recorded) != _type(got):
        yield Difference(Kind.SHAPE, where, f"{where} is {kind_of(got)}, and was {kind_of(recorded)}")
    elif recorded != got and not _changes(where.rpartition(".")[2], recorded, got, fields):
        told = where.startswith("data.") and where.rpartition(".")[2] in fields.states
        kind = Kind.STATE if told else Kind.VALUE
        yield Difference(kind, where, f"{where} is {shown(got)}, and was {shown(recorded)}")


def _members(
    recorded: dict[str, Any], got: dict[str, Any], schema: Mapping[str, Any], where: str, fields: Fields
) -> Iterator[Difference]:
    known, required = schema.get("properties", {}), schema.get("required", ())
    for name in {**recorded, **got}:
        place = f"{where}.{name}" if where else name
        if name in recorded and name in got:
            yield from _between(recorded[name], got[name], known.get(name, {}), place, fields)
            continue
        kind = Kind.OPTIONAL if name in known and name not in required else Kind.SHAPE
        yield Difference(kind, place, f"{place} is {'there, and was not' if name in got else 'missing, and was there'}")


def _items(
    recorded: list[Any], got: list[Any], schema: Mapping[str, Any], where: str, fields: Fields
) -> Iterator[Difference]:
    place = f"{where}[]"
    if len(recorded) != len(got):
        yield Difference(Kind.VALUE, place, f"{where} has {len(got)} items, and had {len(recorded)}")
    for one, other in zip(recorded, got, strict=False):
        yield from _between(one, other, schema, place, fields)


def _type(value: Any) -> str:
    """A whole number is a number: JSON writes 1.0 as 1 in some places."""
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else kind_of(value)


def _changes(name: str, recorded: Any, got: Any, fields: Fields) -> bool:
    """Whether both are of a kind that is another in every run, or what was recorded is hidden."""
    if name in fields.ids or _TIMES.fullmatch(name):
        return True
    one, other = str(recorded), str(got)
    if any(look.fullmatch(one) and look.fullmatch(other) for look in (_LINK, _INSTANT)):
        return True
    if not _PLACEHOLDER.search(one):
        return False
    open_text = "(?s:.+)".join(re.escape(part) for part in _PLACEHOLDER.split(one))
    return re.fullmatch(open_text, other) is not None
