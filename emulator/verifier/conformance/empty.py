"""Requests that are sound and find nothing: searches for nobody's patents, numbers of no patent."""

from typing import Any

from emulator.spec.models import Operation
from emulator.verifier.conformance.places import least

NOBODY = "nobody-at-all-owns-this"
NO_NUMBER = "XX0000000A"


def finding_nothing(operation: Operation) -> dict[str, Any] | None:
    """Values with which an operation finds nothing; None where it has nothing to find or always finds something."""
    if operation.parameter("assignees"):
        return {**least(operation), "assignees": NOBODY}
    for name in ("patent_number", "pn"):
        if name in operation.any_of and operation.price.per != "task":
            return {name: NO_NUMBER}
    return None
