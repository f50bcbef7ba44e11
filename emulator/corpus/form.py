"""What a record of a patent has to be, whether it stands in the file or somebody brought it.

Judges records by the schema of the fixtures, and by what a schema cannot say: products that can be drawn, whole
numbers without a point, ids and numbers that are taken. Where records come from is not known here.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice
from typing import Any

import jsonschema_rs

from emulator.spec.typos import likely

Steps = tuple[str | int, ...]
_MOST = 100  # breaches that are looked at to find the one worth telling
_LONGEST = 200


class RecordFault(Exception):
    """A record that cannot be used: the way to the field, and why. No steps are the record as a whole."""

    def __init__(self, steps: Steps, reason: str) -> None:
        super().__init__(f"{'/'.join(map(str, steps)) or 'the record'}: {reason}")
        self.steps = steps
        self.reason = reason


class PatentForm:
    """The form of a record, and the `products` that can be drawn. Raises ValueError or TypeError for no schema."""

    def __init__(self, shape: Mapping[str, Any], products: Collection[str]) -> None:
        self._validator = jsonschema_rs.Draft202012Validator(dict(shape))
        self._products = products
        self.fields: tuple[str, ...] = tuple(shape.get("properties", ()))

    def check(self, record: Any, given: Collection[str] = ()) -> None:
        """Raises RecordFault for one breach: a field that does not exist goes first, then those that were `given`."""
        if not self._validator.is_valid(record):
            errors = islice(self._validator.iter_errors(record), _MOST)
            raise self._fault(min(errors, key=lambda error: _urgency(error, given)))
        if _has_point(record):
            _refuse_points((), record)
        if record["picture"]:
            refuse_undrawable(record["picture"]["product"], self._products)

    def refuse_unknown(self, record: Mapping[str, Any]) -> None:
        """A misspelt field is told as one, before somebody misses the field that was meant."""
        for name in record:
            if name not in self.fields:
                raise RecordFault((name,), f"is not understood{likely(name, self.fields)}")

    def _fault(self, error: Any) -> RecordFault:
        error = _innermost(error)
        steps = tuple(error.instance_path)
        match error.kind.name:
            case "required":
                return RecordFault((*steps, error.kind.property), "is missing")
            case "additionalProperties":
                name = error.kind.unexpected[0]
                return RecordFault((*steps, name), f"is not understood{'' if steps else likely(name, self.fields)}")
            case _:
                return RecordFault(steps, error.message[:_LONGEST])


class Names:
    """The ids and numbers that patents have, however they are capitalised; nobody else may have them.

    `known` says whether somebody has a name in a field, besides those that were `taken`.
    """

    def __init__(
        self, taken: Iterable[tuple[str, str]] = (), known: Callable[[str, str], bool] = lambda field, name: False
    ) -> None:
        self._known = known
        self._taken: dict[str, set[str]] = {"pn": set(), "patent_id": set()}
        for patent_id, number in taken:
            self.take({"patent_id": patent_id, "pn": number})

    def take(self, record: Mapping[str, Any]) -> None:
        """Raises RecordFault when another patent has the id or the number."""
        for field, taken in self._taken.items():
            if record[field].lower() in taken or self._known(field, record[field]):
                raise RecordFault((field,), f"{record[field][:60]!r} is that of another patent already")
        for field, taken in self._taken.items():
            taken.add(record[field].lower())


def refuse_undrawable(product: Any, products: Collection[str]) -> None:
    if product is None:
        raise RecordFault(("picture", "product"), "is missing")
    if not isinstance(product, str) or product not in products:
        reason = f"nobody can draw {str(product)[:60]!r}{likely(str(product), products)}"
        raise RecordFault(("picture", "product"), reason)


def _has_point(value: Any) -> bool:
    """Whether there is anything to refuse, which is quicker to say than where."""
    kind = type(value)
    if kind is dict:
        return any(map(_has_point, value.values()))
    return any(map(_has_point, value)) if kind is list else kind is float


def _refuse_points(steps: Steps, value: Any) -> None:
    """A schema takes 3.0 for a whole number; nothing that counts or names does."""
    if isinstance(value, float):
        raise RecordFault(steps, f"{value} is written with a point; whole numbers are not")
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        _refuse_points((*steps, step), part)


def _urgency(error: Any, given: Collection[str]) -> tuple[bool, bool]:
    """What sorts first is told. A field that was worked out is wrong because another one is."""
    return error.kind.name != "additionalProperties", not error.instance_path or error.instance_path[0] not in given


def _innermost(error: Any) -> Any:
    """Where one of several forms would do, the breach of the one that was meant: the last, the others being null."""
    while error.kind.name == "anyOf" and error.instance is not None:
        error = error.kind.context[-1][0]
    return error
