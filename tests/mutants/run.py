"""Many mutants judged, by several processes, and what came of them as a table."""

import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from emulator.verifier.conformance.case import Case
from tests.mutants import ground, judge, survivors
from tests.mutants.judge import Known, Verdict
from tests.mutants.kinds.table import kinds, made
from tests.mutants.mutant import Mutant

_known: list[tuple[Known, ...]] = []  # inherited by processes that judge
_cases: list[tuple[Case, str]] = []  # and by those that learn


@cache
def every() -> tuple[Mutant, ...]:
    return made(ground.true_service())


def sample(mutants: Sequence[Mutant], nth: int, least: int = 1) -> list[Mutant]:
    """Every nth of each kind, evenly spread, and at least so many where there are as many."""
    chosen: list[Mutant] = []
    for of_kind in kinds(tuple(mutants)).values():
        count = min(len(of_kind), max(least, -(-len(of_kind) // nth)))
        chosen += [of_kind[number * len(of_kind) // count] for number in range(count)]
    return chosen


def learn(jobs: int) -> tuple[Known, ...]:
    """What the cases ask of the true emulator. Those that it breaks are left out, and printed."""
    _cases[:] = judge.every_case()
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        found = pool.map(_learn, range(len(_cases)), chunksize=32)
    known = []
    for (case, wire), learned in zip(_cases, found, strict=True):
        if isinstance(learned, str):
            print(learned, flush=True)
        else:
            known.append(Known(case, wire, *learned))
    return tuple(known)


def _learn(number: int) -> str | tuple[frozenset[str], frozenset[int] | None, float]:
    known = judge.learned(*_cases[number])
    return known if isinstance(known, str) else (known.operations, known.codes, known.seconds)


def run(
    mutants: Sequence[Mutant], known: tuple[Known, ...], jobs: int, heard: Callable[[Verdict], None] = lambda _: None
) -> list[Verdict]:
    """The verdicts, in the order in which they were found."""
    _known[:] = [known]
    names = [str(mutant) for mutant in mutants]
    found = []
    if jobs == 1:
        for name in names:
            found.append(_judge(name))
            heard(found[-1])
        return found
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for verdict in pool.imap_unordered(_judge, names, chunksize=8):
            found.append(verdict)
            heard(verdict)
    return found


def _judge(name: str) -> Verdict:
    return judge.judged(_named()[name], _known[0])


@cache
def _named() -> dict[str, Mutant]:
    return {str(mutant): mutant for mutant in every()}


def table(verdicts: Iterable[Verdict]) -> str:
    """A line for each kind: made, killed, survived, of these with no difference to see."""
    by_kind: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_kind.setdefault(verdict.kind, []).append(verdict)
    rows = [_row(kind, of_kind) for kind, of_kind in sorted(by_kind.items())]
    rows.append(_row("all", [verdict for of_kind in by_kind.values() for verdict in of_kind]))
    head = f"{'kind':36}{'made':>7}{'killed':>8}{'lived':>7}{'equivalent':>12}{'rate':>8}"
    return "\n".join([head, *rows])


def rate(verdicts: Sequence[Verdict]) -> float:
    """The share killed of those that differ from the true emulator."""
    differing = [verdict for verdict in verdicts if verdict.killed or not _equivalent(verdict)]
    return sum(verdict.killed for verdict in differing) / len(differing) if differing else 1.0


def _row(kind: str, verdicts: list[Verdict]) -> str:
    killed = sum(verdict.killed for verdict in verdicts)
    alike = sum(not verdict.killed and _equivalent(verdict) for verdict in verdicts)
    lived = len(verdicts) - killed
    return f"{kind:36}{len(verdicts):>7}{killed:>8}{lived:>7}{alike:>12}{rate(verdicts):>8.1%}"


def _equivalent(verdict: Verdict) -> bool:
    listed = survivors.reason(verdict.mutant)
    return listed is not None and listed.equivalent
