"""What calls cost by the published prices: one success, and at most how much."""

from collections.abc import Mapping
from typing import Any

from emulator.spec.models import Operation


def price(operation: Operation, values: Mapping[str, Any]) -> int:
    """Credits of one sound call, at most."""
    per, credits = operation.price.per, operation.price.credits
    match per:
        case "nothing":
            return 0
        case "item":
            asked = [values[name] for name in operation.any_of if values.get(name)]
            return credits * max((len(str(one).split(",")) for one in asked), default=1)
        case "image":
            return credits * len(values.get("urls") or [1])
        case _:
            return credits
