"""A client taken through all drills: two calm runs, then one run for each mishap, several at a time, and the report.

How a run goes is `running`, what is planned for it `preparing`, what is thought of it `judging`.
"""

from collections.abc import Callable, Iterable, Set
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

from emulator import __version__, clock
from emulator.contract.client_rules import judge
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding
from emulator.spec.drills import Drill, Drills
from emulator.verifier import subject
from emulator.verifier.drills import judging, refusals, saying
from emulator.verifier.drills.calm import Calm, learnt
from emulator.verifier.drills.judging import Case
from emulator.verifier.drills.preparing import Prepared, not_met, prepared
from emulator.verifier.drills.running import Client, Run, once
from emulator.verifier.report.model import CALM, DrillResult, DrillVerdict, Report
from emulator.verifier.report.told import number

_BEFORE, _BEHIND, _LAST, _OF_A_FINDING = 2, 20, 5, 3  # calls that are shown
_OUTPUT = 20_000  # characters of an output that are shown
_NO_CALL = "It made no call, so it was not drilled."
_FAILS = "The client fails when nothing happens, so it was not drilled."

Blamed = Set[tuple[str, str | None]]  # rules and the operations against which they spoke
Told = Callable[[DrillResult], None]


@dataclass(frozen=True)
class Drilling:
    """All that drilling needs. `told` hears of each result at once; `heard` is what surroundings noted in any run."""

    drills: Drills
    client: Client
    told: Told
    jobs: int
    heard: set[str] = field(default_factory=set)

    def results(self) -> tuple[DrillResult, ...]:
        """The calm run and the drills, in the order of the documents; the calm run alone if the client fails in it.

        Who interrupts it gets what was done by then. Raises CouldNotRun, CouldNotStart.
        """
        under_way: dict[str, Future[DrillResult]] = {}
        with ThreadPoolExecutor(self.jobs) as pool:
            try:
                runs = list(pool.map(partial(once, self.client), [Prepared(plan=self.drills.plan)] * 2))
                first = self._calm_result(runs)
                under_way[CALM] = _over(first)
                self.told(first)
                if first.fine:
                    calm = learnt(self.client.service, *runs)
                    known = {(finding.rule, finding.operation) for finding in first.findings}
                    for name, drill in self.drills.drills.items():
                        ground = under_way.get(drill.rests_on)
                        under_way[name] = pool.submit(self._drilled, name, calm, known, ground)
                return tuple(drill.result() for drill in under_way.values())
            except KeyboardInterrupt:
                finished = tuple(
                    drill.result() for drill in under_way.values() if drill.done() and not drill.exception()
                )
                self._stop(pool)
                self.heard.add("It was interrupted: what is missing here was not drilled.")
                return finished
            except BaseException:
                self._stop(pool)
                raise

    def _stop(self, pool: ThreadPoolExecutor) -> None:
        self.client.stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)

    def _calm_result(self, runs: list[Run]) -> DrillResult:
        """Of the run that went worse."""
        run = next((run for run in runs if run.ran.exit_code != 0), runs[0])
        verdict, sentence = _calm_verdict(run)
        findings = self._findings(run)
        return DrillResult(
            name=CALM,
            title="Nothing happens",
            expected="ends with 0",
            verdict=verdict,
            fine=verdict is DrillVerdict.SURVIVED,
            sentence=sentence,
            exit_code=run.ran.exit_code,
            seconds=run.ran.seconds,
            exchanges=telling(run.exchanges, findings),
            calls=len(run.exchanges) + run.dropped,
            findings=findings,
            stdout=run.ran.stdout[-_OUTPUT:],
            stderr=run.ran.stderr[-_OUTPUT:],
        )

    def _findings(self, run: Run) -> tuple[Finding, ...]:
        self.heard.update(run.notes)
        if any(exchange.fault for exchange in run.exchanges):
            self.heard.add("A fault of the emulator, not of the client, answered some of the calls; please report it.")
        if run.dropped:
            self.heard.add("The journal was too short for some of the runs: --journal N makes it longer.")
        return judge(self.client.service, run.exchanges, dropped=run.dropped)

    def _drilled(self, name: str, calm: Calm, known: Blamed, ground: "Future[DrillResult] | None") -> DrillResult:
        drill = self.drills.drills[name]
        why = not_met(drill, calm.cast)
        if why is not None:
            result = _unmet(name, drill, why)
        else:
            run = once(self.client, prepared(drill, self.drills.plan, calm.cast), drill.limit_times)
            result = self._judged(name, drill, Case(drill, calm, run, self.drills.too_many), known)
        if ground is not None and not result.fine:
            result = resting(result, ground.result())  # it was begun before, so nobody waits for ever
        self.told(result)
        return result

    def _judged(self, name: str, drill: Drill, case: Case, known: Blamed) -> DrillResult:
        """Of a run; what is found against the client in calm as well, and so `known`, is not told again."""
        run = case.run
        verdict, sentence = judging.verdict(case)
        refused = refusals.last(run.exchanges)
        found = self._findings(run)
        findings = tuple(finding for finding in found if (finding.rule, finding.operation) not in known)
        return DrillResult(
            name=name,
            title=drill.title,
            expected=_expected(drill),
            verdict=verdict,
            fine=judging.fine(drill, verdict),
            sentence=sentence,
            exit_code=run.ran.exit_code,
            seconds=run.ran.seconds,
            exchanges=telling(run.exchanges, findings),
            calls=len(run.exchanges) + run.dropped,
            findings=findings,
            stdout=run.ran.stdout[-_OUTPUT:],
            stderr=run.ran.stderr[-_OUTPUT:],
            evidence=drill.evidence.model_dump(),
            refusal=refusals.told(refused) if refused else "",
            in_question=judging.in_question(case, verdict),
        )


def _over(result: DrillResult) -> "Future[DrillResult]":
    future: Future[DrillResult] = Future()
    future.set_result(result)
    return future


def resting(result: DrillResult, ground: DrillResult) -> DrillResult:
    """What is left of a failure where the client failed in the same way at the mishap that this one rests on."""
    if result.verdict is not ground.verdict:
        return result
    told = {(finding.rule, finding.operation) for finding in ground.findings}
    findings = tuple(finding for finding in result.findings if (finding.rule, finding.operation) not in told)
    sentence = f"it fails at {ground.name}, which happens here, too: see there"
    unmet = replace(result, verdict=DrillVerdict.NOT_MET, fine=True, in_question=False)
    return replace(unmet, sentence=sentence, findings=findings)


def telling(exchanges: tuple[Exchange, ...], findings: Iterable[Finding]) -> tuple[Exchange, ...]:
    """The calls before and behind the first that was met or refused, those that findings name first, and the last."""
    named = {call for finding in findings for call in finding.calls[:_OF_A_FINDING]}
    shown = {place for place, exchange in enumerate(exchanges) if exchange.id in named}
    first = next((place for place, one in enumerate(exchanges) if one.trouble or one.code or not one.status), 0)
    shown |= {*range(max(0, first - _BEFORE), first + _BEHIND), *range(len(exchanges) - _LAST, len(exchanges))}
    return tuple(exchange for place, exchange in enumerate(exchanges) if place in shown)


def _expected(drill: Drill) -> str:
    return f"{drill.expected}; it {drill.sound}"


def _calm_verdict(run: Run) -> tuple[DrillVerdict, str]:
    """A client that fails when nothing happens cannot be drilled."""
    ran = run.ran
    if ran.timed_out:
        return DrillVerdict.HUNG, f"without any mishap it had not ended after {ran.seconds:.0f} s"
    if ran.exit_code == 0 and not run.exchanges:
        return DrillVerdict.WRONG, "it never called: does it read PATSNAP_BASE_URL? If not, try --intercept"
    if ran.exit_code == 0:
        return DrillVerdict.SURVIVED, f"it ended well, after {number(len(run.exchanges), 'call')}"
    how = f"ended by {ran.signal}" if ran.signal else f"ended with {ran.exit_code}"
    last = saying.last_line(ran.stderr) or saying.last_line(ran.stdout)
    return DrillVerdict.FELL, f"without any mishap it {how}{f': {last[:200]}' if last else ''}"


def _unmet(name: str, drill: Drill, why: str) -> DrillResult:
    evidence = drill.evidence.model_dump()
    return DrillResult(
        name, drill.title, _expected(drill), DrillVerdict.NOT_MET, True, why, None, 0.0, evidence=evidence
    )


def report(drilling: Drilling, seed: int) -> Report:
    """The whole of it. Raises CouldNotRun, CouldNotStart."""
    started = clock.iso(clock.real_now())
    results = drilling.results()
    notes = [f"The same mishaps again: --seed {seed}.", *sorted(drilling.heard)]
    if results and not results[0].fine:
        notes.append(_NO_CALL if results[0].verdict is DrillVerdict.WRONG else _FAILS)
    return Report(
        kind="drill",
        subject=subject.told(drilling.client.command, drilling.client.secrets),
        version=__version__,
        started=started,
        seed=seed,
        exit_code=results[0].exit_code if results else None,
        drills=results,
        notes=tuple(notes),
        documents={name: source.title for name, source in drilling.client.service.sources.items()},
    )
