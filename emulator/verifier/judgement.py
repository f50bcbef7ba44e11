"""What the contract says of a client's calls: findings, the grid of what was met, what was paid for nothing.

The same functions answer for the pages `findings` and `coverage` of an emulator. Where the calls were written down is
not known here: a journal, a proxy or an archive.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from emulator.contract import client_rules
from emulator.contract.coverage import Cell, coverage
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding
from emulator.contract.waste import for_nothing
from emulator.spec.models import Service
from emulator.verifier.report.model import Judged


@dataclass(frozen=True, slots=True)
class Judgement:
    """`for_nothing` in credits; `rules` are all that judged, each with why it could not where that is so."""

    findings: tuple[Finding, ...]
    coverage: tuple[Cell, ...]
    for_nothing: int
    rules: tuple[Judged, ...]


def of(service: Service, exchanges: Sequence[Exchange], dropped: int = 0) -> Judgement:
    """`dropped` calls came before these and are not known any more."""
    blind = client_rules.blind(service, exchanges, dropped=dropped)
    rules = service.client_rules.rules.items()
    return Judgement(
        findings=client_rules.judge(service, exchanges, dropped=dropped),
        coverage=coverage(service, exchanges),
        for_nothing=for_nothing(service, exchanges),
        rules=tuple(Judged(name, rule.title, blind=blind.get(name)) for name, rule in rules),
    )
