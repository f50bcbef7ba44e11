"""The tables of a report: coverage as operation × codes, states and pages; cases as operation × rule."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from emulator.verifier.report.model import CaseOutcome, CaseResult, Cell
from emulator.verifier.report.told import matrix

_AXES = ("state", "page", "code")


@dataclass(frozen=True, slots=True)
class Grid:
    """`met` holds what a page lists; what is not in it, the page does not list."""

    operations: tuple[str, ...]
    axes: dict[str, list[str]]
    meanings: dict[tuple[str, str], str]
    met: dict[tuple[str, str, str], int]


def of(coverage: Iterable[Cell]) -> Grid:
    """The grid of a coverage, operations in use first, values in the order in which they come."""
    cells = tuple(coverage)
    used = {cell.operation for cell in cells if cell.met}
    axes: dict[str, list[str]] = {}
    for axis in _AXES:
        if values := list(dict.fromkeys(cell.value for cell in cells if cell.axis == axis)):
            axes[axis] = sorted(values, key=lambda code: (len(code), code)) if axis == "code" else values
    return Grid(
        tuple(sorted(dict.fromkeys(cell.operation for cell in cells), key=lambda name: name not in used)),
        axes,
        {(cell.axis, cell.value): cell.meaning for cell in cells},
        {(cell.operation, cell.axis, cell.value): cell.met for cell in cells},
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """What a cell of the cases says, and how it looks."""

    text: str
    look: str


def cells(cases: Iterable[CaseResult]) -> dict[str, dict[str, Counted]]:
    """The cells of the matrix: `12`, or `1/12` where one of twelve did not hold."""
    return {
        operation: {rule: _counted(outcomes) for rule, outcomes in rules.items()}
        for operation, rules in matrix(cases).items()
    }


def _counted(outcomes: Counter[CaseOutcome]) -> Counted:
    breached = outcomes[CaseOutcome.BREACHED] + outcomes[CaseOutcome.BROKEN]
    asked, total = outcomes[CaseOutcome.QUESTION], outcomes.total()
    if breached:
        return Counted(f"{breached + asked}/{total}", "breached")
    if asked:
        return Counted(f"{asked}/{total}", "question")
    if outcomes[CaseOutcome.HELD]:
        return Counted(f"{outcomes[CaseOutcome.HELD]}", "held")
    return Counted(f"{total}", "untried")
