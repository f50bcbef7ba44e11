"""What the rules of the contract say of calls: findings, what was met, what was paid for nothing.

One account at a time, as the rules want it. The rules themselves are `contract.client_rules`.
"""

from dataclasses import dataclass

from emulator.contract.finding import Finding
from emulator.spec.models import Service
from emulator.verifier.calls import Calls
from emulator.verifier.report.model import Cell, Judged


@dataclass(frozen=True, slots=True)
class Judgement:
    findings: tuple[Finding, ...] = ()
    coverage: tuple[Cell, ...] = ()
    for_nothing: int = 0
    rules: tuple[Judged, ...] = ()


def of(service: Service, happened: Calls) -> Judgement:
    return Judgement()
