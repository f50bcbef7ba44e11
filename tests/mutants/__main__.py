"""`python -m tests.mutants`: judge all mutants, or some, print the table and the survivors with why they live."""

import sys
import time
from collections import Counter

import click

from tests.mutants import run, sample, survivors
from tests.mutants.judge import Verdict


@click.command()
@click.option("--kind", "wanted", multiple=True, help="Only this kind; may be given several times.")
@click.option("--name", default="", help="Only mutants whose name has this in it.")
@click.option("--every", "nth", default=1, show_default=True, help="Only every Nth mutant of each kind.")
@click.option("--jobs", default=2, show_default=True, help="Processes.")
@click.option("--least", default=0.95, show_default=True, help="The share that has to be killed.")
@click.option("--keep", is_flag=True, help="Judge the sample of the tests, and write down what notices each.")
@click.option("--told", is_flag=True, help="Say for each mutant what became of it.")
def main(wanted: tuple[str, ...], name: str, nth: int, jobs: int, least: float, keep: bool, told: bool) -> None:
    """Judge emulators that are wrong on purpose by the conformance cases."""
    begun = time.perf_counter()
    known = run.learn(jobs)
    print(f"{len(known)} cases, learned in {time.perf_counter() - begun:.0f} s", flush=True)
    chosen = [one for one in run.every() if (not wanted or one.kind in wanted) and name in str(one)]
    mutants = sample.chosen() if keep else run.sample(chosen, nth)
    verdicts = run.run(mutants, known, jobs, _tell if told else lambda _: None)
    if keep:
        sample.keep(verdicts)
    print(run.table(verdicts))
    _tell_survivors(verdicts)
    stumbled = [verdict for verdict in verdicts if verdict.fault]
    print(f"{len(stumbled)} were noticed by a case that stumbled over them:")
    for verdict in stumbled[:40]:
        print(f"  {verdict.mutant}: {verdict.sentence[:160]}")
    print(f"{time.perf_counter() - begun:.0f} s")
    sys.exit(0 if run.rate(verdicts) >= least else 1)


def _tell(verdict: Verdict) -> None:
    end = f"killed by {verdict.by}: {verdict.sentence[:100]}" if verdict.killed else "LIVED"
    print(f"{verdict.seconds:6.2f} s {verdict.played:4} {verdict.mutant}: {end}", flush=True)


def _tell_survivors(verdicts: list[Verdict]) -> None:
    lived = sorted((verdict for verdict in verdicts if not verdict.killed), key=lambda verdict: verdict.mutant)
    print(f"{len(lived)} lived:")
    for verdict in lived:
        listed = survivors.reason(verdict.mutant)
        print(f"  {verdict.mutant}: {listed.why if listed else 'NOT LISTED'}")
    print(dict(Counter("listed" if survivors.reason(verdict.mutant) else "not listed" for verdict in lived)))


main()
