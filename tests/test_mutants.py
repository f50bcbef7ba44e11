"""That the conformance cases judge: a sample of the mutants of every kind is noticed, and the true emulator is not.

All of them are judged by `python -m tests.mutants`, which takes minutes.
"""

from collections.abc import Callable
from functools import cache

import pytest

from emulator.spec import loader
from emulator.spec.models import Service
from emulator.verifier.conformance.play import play
from emulator.verifier.report.model import CaseOutcome
from tests.mutants import ground, judge, run, sample, survivors
from tests.mutants.judge import Known
from tests.mutants.kinds.table import GENERATORS, kinds
from tests.mutants.mutant import Mutant
from tests.mutants.survivors import Survivor

_MOST = 40  # cases played against a mutant that is known to live, the most fitting; a whole run plays all


@cache
def _cases() -> tuple[Known, ...]:
    return tuple(judge.supposed(case, wire) for case, wire in judge.every_case())


@cache
def _mutants() -> dict[str, Mutant]:
    return {str(mutant): mutant for mutant in run.every()}


@pytest.mark.parametrize("generate", GENERATORS, ids=lambda generate: f"{generate.__module__}.{generate.__name__}")
def test_every_generator_makes_mutants(generate: Callable[[Service], list[Mutant]]) -> None:
    assert generate(ground.true_service())


def test_every_kind_is_in_the_sample() -> None:
    strangers = sample.kept().keys() - _mutants().keys()
    assert not strangers, f"write it anew with `python -m tests.mutants --keep`: {min(strangers)} is made no more"
    sampled = kinds(tuple(_mutants()[name] for name in sample.kept()))
    for kind, made in kinds(run.every()).items():
        living = sum(survivors.reason(str(mutant)) is not None for mutant in made)
        assert len(sampled.get(kind, ())) >= min(sample.OF_EACH_KIND, len(made) - living), kind


@pytest.mark.parametrize("name", sample.kept())
def test_a_mutant_is_noticed(name: str) -> None:
    verdict = judge.judged(_mutants()[name], _cases(), first=sample.kept()[name])
    assert verdict.killed, f"{name} lives: write a case, or say in survivors.yaml why"


@pytest.mark.parametrize("name", sorted(set(sample.kept().values()))[::10])
def test_what_notices_a_mutant_holds_on_the_true_emulator(name: str) -> None:
    noticing, wire = next((one.case, one.wire) for one in _cases() if judge.told(one) == name)
    with ground.emulator(**judge.settings(wire)) as gateway, judge.house(gateway, wire) as house:
        assert play(noticing, house).outcome is CaseOutcome.HELD


@pytest.mark.parametrize("listed", survivors.listed(), ids=lambda listed: listed.name)
def test_a_listed_survivor_lives(listed: Survivor) -> None:
    mutant = next((one for one in run.every() if survivors.means(listed, str(one))), None)
    assert mutant is not None, f"survivors.yaml names {listed.name}, and no mutant is called so"
    verdict = judge.judged(mutant, _cases(), _MOST)
    assert not verdict.killed, f"{mutant} is noticed by {verdict.by}: strike it from survivors.yaml"


def test_mutants_leave_the_true_documents_alone() -> None:
    for mutant in run.sample(run.every(), len(run.every())):
        with ground.emulator(mutant):
            pass
    assert ground.true_service() == loader.load()
