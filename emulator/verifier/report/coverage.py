"""How much a client met: the grid of operations and codes, states and pages, and what never came, in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from emulator.spec.models import FILE
from emulator.verifier.report.model import Cell
from emulator.verifier.report.told import number

_AXES = ("state", "page", "code")


@dataclass(frozen=True, slots=True)
class Grid:
    """`met` holds what a page lists; what is not in it, the page does not list."""

    operations: tuple[str, ...]
    axes: dict[str, list[str]]
    meanings: dict[tuple[str, str], str]
    met: dict[tuple[str, str, str], int]


def grid(coverage: Iterable[Cell]) -> Grid:
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
class Missed:
    """What a client never met at operations that it uses: a code, or states or pages of the same operations."""

    axis: str
    values: tuple[str, ...]
    meaning: str
    operations: tuple[str, ...]
    everywhere: bool = False  # at every operation in use

    @property
    def name(self) -> str:
        """`state failed`, `states failed, gone`."""
        return f"{self.axis}{'s' if len(self.values) > 1 else ''} {', '.join(self.values)}"


def used(cells: Iterable[Cell]) -> set[str]:
    """The operations that a client called at all."""
    return {cell.operation for cell in cells if cell.met}


def how_much(cells: Iterable[Cell]) -> str:
    """How much of the grid was met, in a sentence."""
    cells = tuple(cells)
    operations = {cell.operation for cell in cells}
    called_ones = used(cells)
    ours = [cell for cell in cells if cell.operation in called_ones]
    if not called_ones:
        return f"The client used none of {number(len(operations), 'operation')}."
    return (
        f"The client used {len(called_ones)} of {number(len(operations), 'operation')}, and met "
        f"{sum(cell.met > 0 for cell in ours)} of the {len(ours)} codes, task states and pages of those it used."
    )


def missed(cells: Iterable[Cell]) -> list[Missed]:
    """What was never met at operations in use, the most telling first: states, pages, then codes of most operations."""
    cells = tuple(cells)
    called_ones = used(cells)
    lacking = [cell for cell in cells if not cell.met and cell.operation in called_ones]
    codes = _by((cell.value, cell.operation) for cell in lacking if cell.axis == "code")
    meanings = {cell.value: cell.meaning for cell in lacking if cell.axis == "code"}
    told = [
        Missed(axis, values, "", operations)
        for axis in ("state", "page")
        for values, operations in _alike((cell.operation, cell.value) for cell in lacking if cell.axis == axis).items()
    ]
    most = sorted(codes, key=lambda code: (-len(codes[code]), code))
    everywhere = len(called_ones - {FILE})
    told += [Missed("code", (code,), meanings[code], codes[code], len(codes[code]) == everywhere) for code in most]
    return told


def _by(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The second of pairs by the first, each once."""
    held: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for first, second in pairs:
        held[first][second] = None
    return {first: tuple(seconds) for first, seconds in held.items()}


def _alike(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Which of the first have the same seconds: those seconds, and who has them."""
    held: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for first, seconds in _by(pairs).items():
        held[seconds].append(first)
    return {seconds: tuple(firsts) for seconds, firsts in held.items()}
