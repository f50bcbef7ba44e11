"""How long things live, one second more and one less, and from when it counts; values that decisions fix."""

from typing import Any

from emulator.spec.models import Operation, Service
from tests.mutants.documents import changed_entry, changed_section
from tests.mutants.mutant import Mutant, closed

RULES = ("li", "expir", "token")
UNSEEN = frozenset(
    {"search_recommended"}
)  # what a page recommends; the emulator remarks on it and answers all the same
_DURATIONS = ("task_duration", "valuation_duration", "batch_search_hours", "day_zone")


def lives(service: Service) -> list[Mutant]:
    return [
        Mutant(
            "life off by a second",
            f"{name}{step:+}s",
            _living(service, name),
            (*RULES, name),
            service=changed_entry("lives", name, length=life.length + 1000 * step),
        )
        for name, life in service.lives.items()
        if name not in UNSEEN
        for step in (1, -1)
    ]


def starts(service: Service) -> list[Mutant]:
    """What lives from its creation lives from its success, and the reverse, where there is a difference."""
    other = {"creation": "success", "success": "creation"}
    return [
        Mutant(
            "life from another start",
            f"{name}:{other[life.start]}",
            _living(service, name),
            (*RULES, name),
            service=changed_entry("lives", name, start=other[life.start]),
        )
        for name, life in service.lives.items()
        if any(one.makes_tasks and one.creates and one.creates.life == name for one in service.operations.values())
    ]


def decided(service: Service) -> list[Mutant]:
    """Durations, the opening balance and the day's zone, each a second or a credit off."""
    values: dict[str, Any] = {name: getattr(service.values, name) for name in _DURATIONS}
    found = [
        Mutant(
            "decided value off by one",
            f"{name}{step:+}s",
            rules=("task", "limit", "daily"),
            service=changed_section("values", **{name: value + 1000 * step}),
        )
        for name, value in values.items()
        for step in (1, -1)
    ]
    balance = service.values.balance_at_opening
    return found + [
        Mutant(
            "decided value off by one",
            f"balance_at_opening{step:+}",
            rules=("bill", "balance", "money"),
            service=changed_section("values", balance_at_opening=balance + step),
        )
        for step in (1, -1)
    ]


def _living(service: Service, name: str) -> frozenset[str]:
    """The operations in whose thread of calls a life is seen; all of them for a token's."""
    if name == "token":
        return frozenset()

    def has(operation: Operation) -> bool:
        return name in operation.lives or (operation.creates is not None and operation.creates.life == name)

    return closed(service, *(one.id for one in service.operations.values() if has(one)))
