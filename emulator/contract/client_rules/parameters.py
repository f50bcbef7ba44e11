"""Rules on what stands in a request: parameters, lists, bodies."""

from collections.abc import Iterator
from typing import Any

from emulator.contract.client_rules.ids import missing_after_refusal
from emulator.contract.client_rules.run import Blame, Run, grouped, ids
from emulator.contract.exchange import Exchange

_TOO_LONG = frozenset({"x-list", "maxItems"})


def parameter_breach(run: Run) -> Iterator[Blame]:
    """Missing, mistyped, out of bounds: whatever the checker of requests has found."""
    yield from _breaches(run, too_long=False)


def batch_too_long(run: Run) -> Iterator[Blame]:
    """More items than a call takes."""
    yield from _breaches(run, too_long=True)


def _breaches(run: Run, *, too_long: bool) -> Iterator[Blame]:
    told: dict[tuple[Any, ...], Any] = {}

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        for breach in exchange.facts.get("breaches", ()):
            where = breach["where"].partition("[")[0].partition(".")[0]
            if _is_too_long(breach) is not too_long or where in exchange.facts.get("placeholders", ()):
                continue
            if breach["rule"] == "required" and missing_after_refusal(run, exchange, where):
                continue
            key = (exchange.operation, where, breach["rule"])
            told.setdefault(key, breach)
            yield key

    for key, exchanges in grouped(run, keys):
        yield Blame(ids(exchanges), key[0], f"{key[0]}: {told[key]['sentence']}", told[key]["evidence"])


def _is_too_long(breach: Any) -> bool:
    return breach["rule"] in _TOO_LONG and ("more than" in breach["sentence"] or "at most" in breach["sentence"])


def undocumented_parameter(run: Run) -> Iterator[Blame]:
    """Names that no page has; secrets among them are another rule's."""
    secrets = run.service.client_rules.fields.secrets

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        for name in exchange.facts.get("undocumented", ()):
            if name.lower() not in secrets:
                yield exchange.operation, name

    for (operation, name), exchanges in grouped(run, keys):
        yield Blame(ids(exchanges), operation, f"{operation} has no parameter {name!r}")


def duplicate_ids(run: Run) -> Iterator[Blame]:
    """The same item twice in one list."""

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        for name in exchange.facts.get("doubled", {}):
            yield exchange.operation, name

    for (operation, name), exchanges in grouped(run, keys):
        items = exchanges[0].facts["doubled"][name]
        told = f"{operation}: {name} names {items[0]!r} more than once"
        yield Blame(ids(exchanges), operation, told + (f", and {len(items) - 1} others" if len(items) > 1 else ""))


def body_unreadable(run: Run) -> Iterator[Blame]:
    """What cannot be parsed at all."""
    codes = run.rule("body_unreadable").codes

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        unread = exchange.cause in (None, "body_unreadable")
        if exchange.code in codes and unread and not exchange.trouble:
            yield (exchange.operation,)

    for (operation,), exchanges in grouped(run, keys):
        reason = exchanges[0].reason or "the service could not read the body"
        yield Blame(ids(exchanges), operation, f"{operation}: {reason}")
