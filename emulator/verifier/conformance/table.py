"""All cases that the documents imply, and some of them by operation, rule or id."""

from collections.abc import Iterable

from emulator.spec.models import Service
from emulator.verifier.conformance.case import Case
from emulator.verifier.conformance.themes import (
    apart,
    billing,
    brought,
    clearances,
    credentials,
    envelope,
    examples,
    fields,
    files,
    filters,
    isolation,
    lengths,
    limits,
    links,
    lives,
    numbers,
    pages,
    patents,
    paths,
    quotas,
    refusals,
    requests,
    sameness,
    tasks,
    translations,
    verdicts,
    worked,
)

THEMES = (
    examples,
    requests,
    limits,
    lengths,
    credentials,
    paths,
    refusals,
    tasks,
    lives,
    billing,
    quotas,
    envelope,
    filters,
    pages,
    numbers,
    patents,
    translations,
    sameness,
    clearances,
    files,
    isolation,
    apart,
    brought,
    links,
    worked,
    fields,
    verdicts,
)


def cases(service: Service) -> tuple[Case, ...]:
    """Every case, in the order of themes and operations. Raises ValueError if two have the same id."""
    made = tuple(case for theme in THEMES for case in theme.cases(service))
    if len({case.id for case in made}) != len(made):
        ids = [case.id for case in made]
        raise ValueError(f"two cases are called {next(name for name in ids if ids.count(name) > 1)}")
    return made


def chosen(every: Iterable[Case], only: Iterable[str]) -> tuple[Case, ...]:
    """Those whose operation, rule or id is named, or whose id begins with what is named and a slash; all by default."""
    wanted = tuple(only)
    return tuple(case for case in every if not wanted or any(_meant(case, word) for word in wanted))


def _meant(case: Case, word: str) -> bool:
    return word in (case.operation, case.rule, case.id) or case.id.startswith(word.rstrip("/") + "/")
