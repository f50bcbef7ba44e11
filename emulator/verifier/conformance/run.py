"""A whole run: the planned cases played, as many at once as wished, within what may be spent; told in a report.

A target that cannot be reached any more is told once, and ends the run. So does a server that takes credits for what
ought to be free. Faults of cases are ours: they are noted, and nothing is concluded from those cases.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from emulator import __version__, clock
from emulator.spec.models import Service
from emulator.verifier.conformance.case import Case, Need
from emulator.verifier.conformance.plan import Planned, planned
from emulator.verifier.conformance.play import CaseFault, play, skipped
from emulator.verifier.conformance.stage import House
from emulator.verifier.conformance.target import Unreachable
from emulator.verifier.report.model import Bill, CaseOutcome, CaseResult, Report

Told = Callable[[CaseResult], None]


@dataclass
class Run:
    """One run at one house. `spend` are the credits that a server that is no emulator may take."""

    house: House
    spend: int = 0
    jobs: int = 1
    told: Told = lambda result: None
    spent: int = 0
    faults: list[str] = field(default_factory=list)
    _over: str = ""  # why nothing more is sent

    def play(self, cases: Iterable[Case]) -> tuple[CaseResult, ...]:
        """The results, in the order in which the cases were given."""
        every = tuple(cases)
        order = {case.id: index for index, case in enumerate(every)}
        plan = planned(every, self.house, self.spend)
        together = [one for one in plan if Need.SERVER not in one.case.needs]
        alone = [one for one in plan if Need.SERVER in one.case.needs]
        with ThreadPoolExecutor(self.jobs if self.house.control else 1) as pool:
            results = list(pool.map(self._tried, together))
        results += [self._tried(one) for one in alone]
        return tuple(sorted(results, key=lambda result: order[result.id]))

    def _tried(self, one: Planned) -> CaseResult:
        result = self._played(one)
        self.told(result)
        return result

    def _played(self, one: Planned) -> CaseResult:
        case = one.case
        if why := one.why_not or self._over or self._beyond(case):
            return skipped(case, why)
        try:
            result = play(case, self.house)
        except CaseFault as fault:
            self.faults.append(str(fault))
            return skipped(case, "has a fault of its own, which is ours")
        if result.outcome is CaseOutcome.BROKEN and not self._reached():
            self._over = "the target could not be reached any more"
        return self._charged(case, result)

    def _beyond(self, case: Case) -> str:
        if self.house.control is not None or self.spent + case.credits <= self.spend:
            return ""
        return f"may cost {case.credits}, and {self.spent} of the {self.spend} credits of --spend are spent"

    def _charged(self, case: Case, result: CaseResult) -> CaseResult:
        """What it cost: by the header, or by the published price where the profile has none."""
        tells = self.house.knowledge.service.errors.wire[self.house.wire].amount_header
        cost = result.credits if tells else case.credits
        self.spent += cost
        if self.house.control is None and self.spent > self.spend:
            self._over = f"{self.spent} credits were taken, and --spend allowed {self.spend}"
        return replace(result, credits=cost)

    def _reached(self) -> bool:
        try:
            self.house.target.send("GET", "/")
        except Unreachable:
            return False
        return True


def conformance(service: Service, run: Run, cases: Iterable[Case], *, subject: str, started: int) -> Report:
    """Play cases and tell about them. `subject` is how the target is called, `started` an instant in milliseconds."""
    results = run.play(cases)
    titles = {name: source.title for name, source in service.sources.items()}
    return Report(
        kind="conformance",
        subject=subject,
        version=__version__,
        started=clock.iso(started),
        seed=run.house.seed,
        bill=Bill(run.spent, 0, None if run.house.control else run.spend),
        cases=results,
        notes=tuple(_notes(run)),
        documents=titles,
    )


def _notes(run: Run) -> list[str]:
    kind = "an emulator; no credit was real" if run.house.control else "no emulator"
    told = [f"The target is {kind}. Answers are held against the wire profile `{run.house.wire}`."]
    if run._over:
        told.append(f"The run ended early: {run._over}.")
    if run.faults:
        told.append(f"{len(run.faults)} cases have faults of their own, which are ours: {'; '.join(run.faults[:3])}")
    return told
