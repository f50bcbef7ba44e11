"""The mutants that are known to live, and why: no observable difference, or one that no document speaks of.

`survivors.yaml` names each, or several at once with `*`; `test_mutants` sees to it that they still live.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from emulator.spec import yaml

FILE = Path(__file__).with_name("survivors.yaml")


@dataclass(frozen=True)
class Survivor:
    """`equivalent` says that no client can see a difference; else one could, and no case looks."""

    name: str
    why: str
    equivalent: bool


@cache
def listed() -> tuple[Survivor, ...]:
    return tuple(
        Survivor(name, why, kind == "equivalent")
        for kind, entries in yaml.read(FILE).items()
        for entry in entries or ()
        for why, names in [(entry["why"], entry["mutants"])]
        for name in names
    )


def reason(mutant: str) -> Survivor | None:
    """Why a mutant lives, as the list has it."""
    return next((one for one in listed() if means(one, mutant)), None)


def means(survivor: Survivor, mutant: str) -> bool:
    return fnmatchcase(mutant, survivor.name.replace("[", "[[]"))
