"""Rules on keys, secrets and tokens: that they are sent, where, and how long a token is used."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from emulator.contract.client_rules.run import Blame, Run, grouped, ids, not_under_way, real_between, times
from emulator.contract.exchange import Exchange
from emulator.spec.models import FILE


def credentials_missing(run: Run) -> Iterator[Blame]:
    """Calls of an operation without token, or without the client id beside it."""

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        if exchange.operation != FILE and exchange.facts.get("lacks"):
            yield exchange.operation, *exchange.facts["lacks"]

    for (operation, *lacks), exchanges in grouped(run, keys):
        yield Blame(ids(exchanges), operation, f"{operation} was called without {' and '.join(lacks)}")


def credentials_misplaced(run: Run) -> Iterator[Blame]:
    """Secrets in addresses, or in headers and members that are not for them."""
    secrets = run.service.client_rules.fields.secrets

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        if exchange.operation == FILE:
            return
        for place in exchange.facts.get("misplaced", ()):
            yield (place,)
        for name in exchange.facts.get("undocumented", ()):
            if name.lower() in secrets and f"the query parameter {name}" not in exchange.facts.get("misplaced", ()):
                yield (f"the parameter {name}",)

    for (place,), exchanges in grouped(run, keys):
        yield Blame(ids(exchanges), exchanges[0].operation, f"a secret stood in {place}")


def credentials_to_files(run: Run) -> Iterator[Blame]:
    """Keys and tokens given to those who keep the files."""
    found = [one for one in run.exchanges if one.operation == FILE and {"kind", "misplaced"} & one.facts.keys()]
    if found:
        yield Blame(ids(found), FILE, f"credentials were sent along to a file, {times(len(found))}")


def token_per_call(run: Run) -> Iterator[Blame]:
    """Tokens made although the last one had served calls, was never refused, and had half of its life left."""
    tokens = [one for one in run.exchanges if "token" in one.facts and one.got]
    uses = dict(grouped(run, _token_used))
    needless = [made for earlier, made in pairwise(tokens) if _is_good(run, earlier, made, uses)]
    least = run.rule("token_per_call").numbers["tokens"]
    if len(needless) >= least and len(needless) * 2 >= sum(len(calls) for calls in uses.values()):
        told = f"{times(len(needless))} a token was made while the last one was good"
        yield Blame(ids(needless), needless[0].operation, told)


def _token_used(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
    if exchange.facts.get("kind") == "token" and exchange.operation != FILE:
        yield (exchange.facts["credential"],)


def _is_good(run: Run, earlier: Exchange, made: Exchange, uses: Mapping[tuple[Any, ...], list[Exchange]]) -> bool:
    life = earlier.facts["token"]["life"] or run.service.life("token")
    before = [one for one in uses.get((earlier.facts["token"]["mark"],), ()) if run.place[one.id] < run.place[made.id]]
    return made.at < earlier.at + life // 2 and bool(before) and all(one.got for one in before)


def dead_token_reused(run: Run) -> Iterator[Blame]:
    """A token goes on being sent after its refusal.

    Calls that were under way beside the first refused one are nobody's fault, nor are a few different ones after
    those, unless they came clearly later. The same call again with the same token is.
    """
    rule = run.rule("dead_token_reused")

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        if run.refused_token(exchange) and exchange.arrived:
            yield (exchange.facts["credential"],)

    for _, refused in grouped(run, keys):
        later = [one for one in refused[1:] if (real_between(refused[0], one) or 0) >= rule.numbers["later"]]
        same = [one for place, one in enumerate(refused) if _sent_before(one, refused[:place])]
        blamed = list({one.id: one for one in (*same, *later)}.values())
        beyond = not_under_way(refused, rule.numbers["under_way"])
        if not blamed and len(beyond) >= rule.numbers["threads"]:
            blamed = beyond
        if blamed:
            told = f"one token was refused and then sent {times(len(refused) - 1)} more"
            yield Blame(ids([*blamed[:1], refused[0], *blamed[1:]]), blamed[0].operation, told)


def _sent_before(exchange: Exchange, earlier: list[Exchange]) -> bool:
    same = (exchange.operation, exchange.facts.get("same"))
    return any((one.operation, one.facts.get("same")) == same for one in earlier)
