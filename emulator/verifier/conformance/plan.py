"""Which cases may be played at a house, in which order, and what they will cost: worked out before anything is sent."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from emulator.verifier.conformance.case import Case, Need
from emulator.verifier.conformance.stage import House


@dataclass(frozen=True, slots=True)
class Planned:
    """A case, and why it is not to be tried; empty where it is."""

    case: Case
    why_not: str = ""


def planned(cases: Iterable[Case], house: House, spend: int = 0) -> tuple[Planned, ...]:
    """Every case, in the order to play them. At a house that costs real credits the cheapest come first."""
    every = tuple(cases)
    if house.control is not None:
        alone = [case for case in every if Need.SERVER in case.needs]
        every = (*(case for case in every if case not in alone), *alone)
        return tuple(Planned(case, _lacking(case, house)) for case in every)
    return tuple(Planned(case, _lacking(case, house) or _too_dear(case, spend)) for case in _cheapest_first(every))


def _cheapest_first(cases: Iterable[Case]) -> list[Case]:
    """Of those that cost the same, first one for each rule of each operation, then another: so few tell the most."""
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for case in cases:
        seen[case.operation, case.rule] += 1
        ranked.append((case.credits, seen[case.operation, case.rule], case))
    return [case for *_, case in sorted(ranked, key=lambda one: one[:2])]


def _lacking(case: Case, house: House) -> str:
    """What the case needs and the house has not."""
    has = {Need.CONTROL} if house.control else set()
    if house.control or (house.given and house.given.client_id):
        has.add(Need.CLIENT)
    if house.own:
        has.add(Need.SERVER)
    missing = sorted(need for need in case.needs if need not in has)
    return f"needs {' and '.join(missing)}" if missing else ""


def _too_dear(case: Case, spend: int) -> str:
    if case.credits <= spend:
        return ""
    return f"may cost {case.credits} credit{'s' if case.credits != 1 else ''}, and --spend allows {spend}"


def told(cases: Iterable[Case]) -> Iterator[str]:
    """The plan for people, by operation: each case with its calls and credits, and what they come to."""
    by_operation: dict[str, list[Case]] = {}
    for case in cases:
        by_operation.setdefault(case.operation, []).append(case)
    for operation, own in by_operation.items():
        yield f"{operation}: {_sum(own)}"
        for case in own:
            where = "" if Need.CONTROL not in case.needs else "  emulator"
            yield f"  {_calls(case.calls):>9} {_credits(case.credits):>13}  {case.id}{where}"
    every = [case for own in by_operation.values() for case in own]
    abroad = [case for case in every if Need.CONTROL not in case.needs]
    yield f"All: {_sum(every)}."
    yield f"On a server that is no emulator: {_sum(abroad)}; of these {_sum([c for c in abroad if not c.credits])}."


def _sum(cases: list[Case]) -> str:
    calls, credits = sum(case.calls for case in cases), sum(case.credits for case in cases)
    return f"{len(cases)} case{'s' if len(cases) != 1 else ''}, {_calls(calls)}, {_credits(credits)} at most"


def _calls(number: int) -> str:
    return f"{number} call{'s' if number != 1 else ''}"


def _credits(number: int) -> str:
    return "free" if not number else f"{number} credit{'s' if number != 1 else ''}"
