"""Rules on what a client does once it was refused: mend, wait or give up, but not the same again.

Whether a refusal was planned does not matter here; what followed it was the client's choice.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from emulator.contract.client_rules.ids import ABOUT_CONTENT, dead_links, refused_as_unknown
from emulator.contract.client_rules.run import Blame, Run, grouped, ids, lapse, not_under_way, times
from emulator.contract.exchange import Exchange

_SAID_ELSEWHERE = frozenset({"breaches", "placeholders", "lacks"})
_CAUSES_SAID_ELSEWHERE = frozenset({"path_unknown", "method_wrong", "body_unreadable"})


def retried_unchanged(run: Run) -> Iterator[Blame]:
    """A refusal that will not change, and the same call again with the same credential."""
    codes = run.rule("retried_unchanged").codes

    def refused(exchange: Exchange) -> bool:
        return exchange.code in codes and exchange.arrived and not _said_elsewhere(run, exchange)

    for operation, calls in _same_calls(run):
        again = [
            later
            for earlier, later in pairwise(calls)
            if refused(earlier) and (refused(later) or earlier.code in ABOUT_CONTENT)
        ]
        if again:
            first = next(one for one in calls if refused(one))
            told = f"{operation} was refused with {first.code}, and repeated unchanged {times(len(again))}"
            yield Blame(ids([again[0], first, *again[1:]]), again[0].operation, told)


def _said_elsewhere(run: Run, exchange: Exchange) -> bool:
    """Whether another rule tells each of such calls already."""
    if _SAID_ELSEWHERE & exchange.facts.keys() or run.refused_token(exchange):
        return True
    named = run.service.client_rules.rules
    without_cause = exchange.cause is None and not exchange.trouble
    known = any(exchange.code in named[rule].codes for rule in _CAUSES_SAID_ELSEWHERE)
    if exchange.cause in _CAUSES_SAID_ELSEWHERE or (without_cause and known):
        return True
    unknown = bool(run.asked(exchange)) and refused_as_unknown(exchange)
    return unknown or bool(dead_links(exchange) and not exchange.trouble)


def rate_hammered(run: Run) -> Iterator[Blame]:
    """The same call again within a second of a rate error, or a whole row of refusals in one second.

    Where the clock stands still its second never ends, and only stubborn repetition counts.
    """
    rule = run.rule("rate_hammered")
    blamed: dict[str, Exchange] = {}
    for _, calls in _same_calls(run):
        refused = [one for one in calls if one.code in rule.codes and one.arrived]
        after = [(one, later) for one, later in pairwise(calls) if one.code in rule.codes and one.arrived]
        hasty = [later for one, later in after if _is_hasty(one, later, rule.numbers["pause"])]
        if len(hasty) >= rule.numbers["times"]:
            blamed |= {one.id: one for one in hasty}
        if len(refused) > rule.numbers["standing_still"] and "real" not in refused[-1].facts:
            blamed |= {one.id: one for one in refused[1:]}
    blamed |= {one.id: one for one in _row(run)}
    if blamed:
        found = sorted(blamed.values(), key=lambda one: run.place[one.id])
        told = f"calls went on without a pause after a rate error, {times(len(found))}"
        yield Blame(ids(found), found[0].operation, told)


def _is_hasty(refused: Exchange, later: Exchange, pause: int) -> bool:
    """Within the pause and in the same second, both in real time and on the account's clock."""
    gap = lapse(refused, later)
    held = refused.facts.get("held", 0)
    return gap is not None and gap < pause + held and refused.at // 1000 == later.at // 1000


def _row(run: Run) -> list[Exchange]:
    """Refusals for the rate that follow each other within one pause, if there are more than anybody's threads.

    Those under way beside the first do not count, nor does a call that waited since its own last refusal.
    """
    rule = run.rule("rate_hammered")
    pause, moment = rule.numbers["pause"], rule.numbers["under_way"]
    last: dict[tuple[Any, ...], Exchange] = {}
    row: list[Exchange] = []
    for exchange in run.exchanges:
        gap = lapse(row[0], exchange) if row else 0
        if exchange.code not in rule.codes or gap is None or gap >= pause:
            row = []
        if exchange.code in rule.codes and "real" in exchange.facts:
            earlier = last.get(_key(exchange))
            if earlier is None or _is_hasty(earlier, exchange, pause):
                row.append(exchange)
            last[_key(exchange)] = exchange
        if row[1:] and not_under_way([row[0], row[-1]], moment):
            beyond = not_under_way(row, moment)
            if len(beyond) > rule.numbers["in_a_row"]:
                return beyond
    return []


def limit_hammered(run: Run) -> Iterator[Blame]:
    """The same call again, or many others, after quota or balance had ended and before any succeeded again."""
    rule = run.rule("limit_hammered")
    for row in _rows(run, rule.codes):
        same = [one for place, one in enumerate(row) if _key(one) in {_key(other) for other in row[:place]}]
        beyond = not_under_way(row, rule.numbers["under_way"])
        blamed = same or (beyond if len(beyond) >= rule.numbers["threads"] else [])
        if blamed:
            told = f"a paid call was refused with {row[0].code}, and {len(row) - 1} more followed"
            yield Blame(ids((blamed[0], *row)), blamed[0].operation, told)


def _rows(run: Run, codes: frozenset[int]) -> Iterator[Sequence[Exchange]]:
    """Refusals with these codes that no paid success interrupts."""
    row: list[Exchange] = []
    for exchange in run.exchanges:
        if exchange.code in codes and exchange.arrived:
            row.append(exchange)
        elif exchange.cost and row:
            yield row
            row = []
    if row:
        yield row


def _key(exchange: Exchange) -> tuple[Any, ...]:
    return exchange.operation, exchange.facts.get("same"), exchange.facts.get("credential")


def _same_calls(run: Run) -> Iterator[tuple[str, Sequence[Exchange]]]:
    """Calls with the same parameters and the same credential, where there is more than one."""

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        if "same" in exchange.facts:
            yield _key(exchange)

    for _, calls in grouped(run, keys):
        if len(calls) > 1:
            yield calls[0].operation or f"{calls[0].method} {calls[0].path}", calls
