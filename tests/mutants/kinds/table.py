"""All mutants, kind by kind."""

from collections.abc import Callable

from emulator.spec.models import Service
from tests.mutants.kinds import (
    access,
    accounts,
    answers,
    billing,
    causes,
    errors,
    files,
    lives,
    parameters,
    patents,
    searches,
    tasks,
    wires,
    wiring,
)
from tests.mutants.mutant import Mutant

GENERATORS: tuple[Callable[[Service], list[Mutant]], ...] = (
    answers.dropped,
    answers.retyped,
    answers.nulled,
    answers.outside,
    parameters.limits,
    parameters.without_rule,
    parameters.removed_values,
    parameters.added_values,
    parameters.types,
    parameters.required,
    parameters.defaults,
    lives.lives,
    lives.starts,
    lives.decided,
    errors.swapped_codes,
    errors.swapped_texts,
    errors.swapped_statuses,
    errors.page_statuses,
    errors.tables,
    errors.profiles,
    causes.answered,
    access.words,
    access.tokens,
    access.checks,
    billing.price,
    billing.units,
    billing.empty,
    billing.failures,
    billing.counted,
    billing.limits,
    searches.without_effect,
    searches.inverted,
    searches.borders,
    searches.sorting,
    searches.paging,
    searches.totals,
    tasks.states,
    tasks.ids,
    tasks.isolation,
    accounts.shared,
    patents.batches,
    patents.differing,
    files.signed,
    files.made,
    files.contents,
    files.refused,
    files.images_of_others,
    wires.headers,
    wires.envelopes,
    wires.truncated,
    wires.routes,
    wiring.swapped,
    wiring.stale,
)


def made(service: Service) -> tuple[Mutant, ...]:
    """Every mutant. Raises ValueError if two have the same name."""
    every = tuple(mutant for generate in GENERATORS for mutant in generate(service))
    names = [str(mutant) for mutant in every]
    if len(set(names)) != len(names):
        raise ValueError(f"two mutants are called {next(name for name in names if names.count(name) > 1)}")
    return every


def kinds(mutants: tuple[Mutant, ...]) -> dict[str, list[Mutant]]:
    found: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        found.setdefault(mutant.kind, []).append(mutant)
    return found
