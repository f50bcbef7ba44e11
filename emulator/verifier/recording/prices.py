"""What a call costs at most, by the documents, before it is made."""

from collections.abc import Mapping
from typing import Any

from emulator.spec.models import Operation


def price_of(operation: Operation, query: Mapping[str, str], body: Any) -> int:
    """In credits. A batch costs as many units as the longest list among its parameters has items."""
    price = operation.price
    if price.per == "nothing":
        return 0
    if price.per in ("task", "non_empty_call"):
        return price.credits
    given = {**query, **(body if isinstance(body, Mapping) else {})}
    lists = [_items(operation, name, value) for name, value in given.items()]
    return price.credits * max((1, *lists))


def _items(operation: Operation, name: str, value: Any) -> int:
    parameter = operation.parameter(name)
    separated = parameter.schema_.get("x-list") if parameter else None
    if separated and isinstance(value, str):
        return value.count(separated["separator"]) + 1
    return len(value) if isinstance(value, list) else 1
