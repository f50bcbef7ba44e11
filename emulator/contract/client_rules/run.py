"""The calls of one account in their order, and what rules ask of them: who made an id, who asked for it, when.

A rule is a function from a run to what it blames the client for. How grave that is and what to do stands in
rules.yaml, and is put to it by those who judge.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from emulator.contract.exchange import Exchange
from emulator.spec.models import Operation, Service
from emulator.spec.rules import Rule

Made = tuple[str, str]  # the operation that makes something, and its id


@dataclass(frozen=True, slots=True)
class Blame:
    """What a client did: the calls that show it, the telling one first, and a sentence.

    `evidence` where it is that of the rule of a page, not that of the client rule.
    """

    calls: tuple[str, ...]
    operation: str | None
    sentence: str
    evidence: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Run:
    """`exchanges` are all of one account, in the order in which they were answered; `whole` unless some are lost."""

    service: Service
    exchanges: Sequence[Exchange]
    whole: bool = True

    def rule(self, name: str) -> Rule:
        return self.service.client_rules.rules[name]

    def operation(self, exchange: Exchange) -> Operation | None:
        return self.service.operations.get(exchange.operation or "")

    def asked(self, exchange: Exchange) -> list[Made]:
        """What a call reads."""
        operation = self.operation(exchange)
        if operation is None or operation.reads is None:
            return []
        return [(operation.reads, name) for name in exchange.facts.get("asked", ())]

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where in the order a call stands, by its id."""
        return {exchange.id: place for place, exchange in enumerate(self.exchanges)}

    @cached_property
    def made(self) -> Mapping[Made, Exchange]:
        """Which call made an id."""
        return {
            (exchange.operation or "", name): exchange
            for exchange in self.exchanges
            for name in exchange.facts.get("made", ())
        }

    @cached_property
    def asks(self) -> Mapping[Made, list[Exchange]]:
        """The calls that read an id."""
        found: dict[Made, list[Exchange]] = defaultdict(list)
        for exchange in self.exchanges:
            for made in self.asked(exchange):
                found[made].append(exchange)
        return found

    def after(self, exchange: Exchange) -> Sequence[Exchange]:
        return self.exchanges[self.place[exchange.id] + 1 :]

    def between(self, first: Exchange, last: Exchange) -> Sequence[Exchange]:
        return self.exchanges[self.place[first.id] + 1 : self.place[last.id]]

    def is_documented(self, made: Made) -> bool:
        """Whether it is the id of a page's example; those exist from an account's opening."""
        creates = self.service.operations[made[0]].creates
        return creates is not None and made[1] in creates.documented

    def refused_token(self, exchange: Exchange) -> bool:
        """Whether a call was refused for its token; some pages have another code for that."""
        if exchange.facts.get("kind") != "token" or "lacks" in exchange.facts:
            return False
        if exchange.cause is not None:
            return exchange.cause == "token_rejected"
        operation = self.operation(exchange)
        nearest = self.service.errors.tables[operation.error_table].nearest if operation else {}
        codes = self.rule("dead_token_reused").codes
        return exchange.code in {*codes, *(nearest[code] for code in codes if code in nearest)}

    def life(self, made: Made) -> int:
        """How long something lives, in milliseconds."""
        creates = self.service.operations[made[0]].creates
        assert creates is not None, f"{made[0]} makes what others read"
        return self.service.life(creates.life)


RuleFunction = Callable[[Run], Iterator[Blame]]


def real_between(first: Exchange, last: Exchange) -> int | None:
    """Real milliseconds from one call to another; None where a clock stood still."""
    began, ended = first.facts.get("real"), last.facts.get("real")
    return None if began is None or ended is None else max(0, ended - began)


def not_under_way(refused: Sequence[Exchange], moment: int) -> list[Exchange]:
    """The refusals that began when the answer of the first could be known: a moment after it, in real milliseconds.

    Where a clock stood still that is any of them but the first.
    """
    known = moment + refused[0].facts.get("held", 0)
    gaps = ((one, real_between(refused[0], one)) for one in refused[1:])
    return [one for one, gap in gaps if gap is None or gap >= known]


def lapse(first: Exchange, last: Exchange) -> int | None:
    """The longer of real and account time between two calls; None where a clock stood still.

    A clock that was moved, or runs fast, never makes a client look hasty.
    """
    real = real_between(first, last)
    return None if real is None else max(real, last.at - first.at)


def ids(exchanges: Iterable[Exchange]) -> tuple[str, ...]:
    """Each once, in this order."""
    return tuple(dict.fromkeys(exchange.id for exchange in exchanges))


def times(count: int) -> str:
    """'once', 'twice', '3 times'."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def grouped(
    run: Run, key_of: Callable[[Exchange], Iterator[tuple[Any, ...]]]
) -> Iterator[tuple[tuple[Any, ...], list[Exchange]]]:
    """The calls with equal keys together, in the order of the first of each; a call may have several keys, or none."""
    found: dict[tuple[Any, ...], list[Exchange]] = {}
    for exchange in run.exchanges:
        for key in key_of(exchange):
            found.setdefault(key, []).append(exchange)
    yield from found.items()
