"""The mutants that the tests judge each time, a few of each kind, and which case noticed each of them.

They stand in `sample.json`, written by `python -m tests.mutants --keep`: nothing moves when others come or go, and the
case that has noticed a mutant before is played first.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from tests.mutants import run, survivors
from tests.mutants.judge import Verdict
from tests.mutants.kinds.table import kinds
from tests.mutants.mutant import Mutant

FILE = Path(__file__).with_name("sample.json")
OF_EACH_KIND = 3


@cache
def kept() -> dict[str, str]:
    """By mutant, the case that noticed it."""
    names: dict[str, str] = json.loads(FILE.read_text())
    return names


def chosen() -> list[Mutant]:
    """So many of each kind, spread over it; for one that is known to live, the next that is not."""
    return [one for of_kind in kinds(run.every()).values() for one in _spread(of_kind)]


def keep(verdicts: Iterable[Verdict]) -> None:
    """Write down what was noticed, and by what."""
    noticed = {verdict.mutant: verdict.by for verdict in verdicts if verdict.killed}
    FILE.write_text(json.dumps(dict(sorted(noticed.items())), indent=1, ensure_ascii=False) + "\n")


def _spread(of_kind: Sequence[Mutant]) -> list[Mutant]:
    found: list[Mutant] = []
    for number in range(OF_EACH_KIND):
        start = number * len(of_kind) // OF_EACH_KIND
        turned = [*of_kind[start:], *of_kind[:start]]
        fit = (one for one in turned if one not in found and survivors.reason(str(one)) is None)
        found += [one for one in [next(fit, None)] if one is not None]
    return found
