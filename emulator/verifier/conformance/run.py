"""A whole run: the planned cases played, as many at once as wished, within what may be spent; told in a report.

A target that cannot be reached any more is told once, and ends the run. So does a server that takes credits for what
ought to be free. Who interrupts a run gets what was done by then. Faults of cases are ours: they are noted, and
nothing is concluded from those cases.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace

from emulator import __version__, clock
from emulator.spec.models import Service
from emulator.verifier.conformance.answers import Departed
from emulator.verifier.conformance.case import Case, Need
from emulator.verifier.conformance.plan import Planned, planned
from emulator.verifier.conformance.play import CaseFault, Interrupted, play, skipped
from emulator.verifier.conformance.stage import House
from emulator.verifier.conformance.target import Unreachable
from emulator.verifier.report.model import Bill, CaseOutcome, CaseResult, Report

INTERRUPTED = "it was interrupted"
_GRACE_S = 10.0  # for cases under way to end when somebody interrupts; each asks an emulator, which answers soon
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
    _unknown: int = 0  # credits that a call may have cost whose answer nobody waited for
    _over: str = ""  # why nothing more is sent

    def play(self, cases: Iterable[Case]) -> tuple[CaseResult, ...]:
        """The results, in the order in which the cases were given."""
        every = tuple(cases)
        order = {case.id: index for index, case in enumerate(every)}
        plan = planned(every, self.house, self.spend)
        together = [one for one in plan if Need.SERVER not in one.case.needs]
        alone = [one for one in plan if Need.SERVER in one.case.needs]
        results: list[CaseResult] = []
        try:
            if self.house.control and self.jobs > 1:
                self._all_at_once(together, results)
                together = []
            for one in (*together, *alone):
                results.append(self._tried(one))
        except KeyboardInterrupt:
            self._over = INTERRUPTED
        played = {result.id for result in results}
        results += [skipped(one.case, one.why_not or self._over) for one in plan if one.case.id not in played]
        return tuple(sorted(results, key=lambda result: order[result.id]))

    def _all_at_once(self, plan: list[Planned], results: list[CaseResult]) -> None:
        """Several at a time; an interrupt waits for those that are under way, and no more begin."""
        pool = ThreadPoolExecutor(self.jobs)
        futures = [pool.submit(self._tried, one) for one in plan]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
        except KeyboardInterrupt:
            self._over = INTERRUPTED
            wait(futures, _GRACE_S)
            raise
        finally:
            pool.shutdown(wait=self._over != INTERRUPTED, cancel_futures=True)
            results += [future.result() for future in futures if _ended_well(future)]
        for future in futures:
            if not future.cancelled():
                future.result()  # a fault of ours is raised here

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
            if self._over == INTERRUPTED:  # the server is gone by now, and that is nobody's fault
                return skipped(case, self._over)
            self.faults.append(str(fault))
            return skipped(case, "has a fault of its own, which is ours")
        except Interrupted as cut:
            self._over, result = INTERRUPTED, cut.result
            self._unknown = case.credits if self.house.control is None else 0
        if result.outcome is CaseOutcome.BROKEN and not self._reached():
            self._over = "the target could not be reached any more"
        return self._charged(case, result)

    def _beyond(self, case: Case) -> str:
        if self.house.control is not None or self.spent + case.credits <= self.spend:
            return ""
        return f"may cost {case.credits}, and {self.spent} of the {self.spend} credits of --spend are spent"

    def _charged(self, case: Case, result: CaseResult) -> CaseResult:
        """What it cost; a server that takes more than it may is asked no more.

        Where no header tells, a case that held cost no more than it said: finding nothing is a success, and free.
        """
        tells = self.house.knowledge.service.errors.wire[self.house.wire].amount_header
        sure = tells or result.outcome is not CaseOutcome.HELD
        cost = result.credits if sure else min(result.credits, case.credits)
        self.spent += cost
        if self.house.control is None and self.spent > self.spend:
            self._over = f"{self.spent} credits were taken, and --spend allowed {self.spend}"
        return replace(result, credits=cost)

    def _reached(self) -> bool:
        try:
            self.house.target.send("GET", "/")
        except Unreachable:
            return False
        except Departed:  # there is an answer, if a strange one
            return True
        return True


def _ended_well(future: "Future[CaseResult]") -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


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
    if run._unknown:
        told.append(f"The case that was interrupted may have cost up to {run._unknown} credits, told in part or not.")
    if run.faults:
        told.append(f"{len(run.faults)} cases have faults of their own, which are ours: {'; '.join(run.faults[:3])}")
    return told
