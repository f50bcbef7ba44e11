"""How cases came out, counted: operation × rule, as numbers and as the cells of a table."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from emulator.verifier.report.model import CaseOutcome, CaseResult


def matrix(cases: Iterable[CaseResult]) -> dict[str, dict[str, Counter[CaseOutcome]]]:
    """How cases came out: operation, rule, outcome, how many."""
    told: dict[str, dict[str, Counter[CaseOutcome]]] = {}
    for case in cases:
        told.setdefault(case.operation, {}).setdefault(case.rule, Counter())[case.outcome] += 1
    return told


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
