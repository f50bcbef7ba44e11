"""Rules on keys, secrets and tokens: that they are sent, where, and how long a token is used."""

from collections.abc import Iterator
from typing import Any

from emulator.contract.client_rules.run import Blame, Run, grouped, ids, real_between, times
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
        yield Blame(ids(found), FILE, f"credentials went along with {times(len(found))} a file was fetched")


def token_per_call(run: Run) -> Iterator[Blame]:
    """Tokens made although one that was used before is not refused and has half of its life left."""
    needless = [made for made in _tokens(run) if _had_a_good_one(run, made)]
    calls = [one for one in run.exchanges if one.facts.get("kind") == "token" and one.operation != FILE]
    least = run.rule("token_per_call").numbers["tokens"]
    if len(needless) >= least and len(needless) * 2 >= len(calls):
        told = f"{len(needless)} tokens were made while another one was good, for {len(calls)} calls in all"
        yield Blame(ids(needless), needless[0].operation, told)


def _tokens(run: Run) -> Iterator[Exchange]:
    yield from (one for one in run.exchanges if "token" in one.facts and one.got)


def _had_a_good_one(run: Run, made: Exchange) -> bool:
    """Whether an earlier token had served a call by then, was never refused, and was not half through its life."""
    for earlier in _tokens(run):
        if run.place[earlier.id] >= run.place[made.id]:
            return False
        life = earlier.facts["token"]["life"] or run.service.life("token")
        used = [
            one for one in run.between(earlier, made) if one.facts.get("credential") == earlier.facts["token"]["mark"]
        ]
        if made.at < earlier.at + life // 2 and used and all(one.got for one in used):
            return True
    return False


def dead_token_reused(run: Run) -> Iterator[Blame]:
    """A token goes on being sent after its refusal.

    Calls that were under way beside the first refused one are nobody's fault: as many different ones as rules.yaml
    allows, unless they came clearly later. The same call again with the same token is.
    """
    rule = run.rule("dead_token_reused")

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        if run.refused_token(exchange) and exchange.arrived:
            yield (exchange.facts["credential"],)

    for _, refused in grouped(run, keys):
        later = [one for one in refused[1:] if (real_between(refused[0], one) or 0) >= rule.numbers["later"]]
        same = [one for place, one in enumerate(refused) if _sent_before(one, refused[:place])]
        blamed = list({one.id: one for one in (*same, *later)}.values())
        if not blamed and len(refused) > rule.numbers["under_way"]:
            blamed = refused[1:]
        if blamed:
            told = f"one token was refused and then sent {times(len(refused) - 1)} more"
            yield Blame(ids([*blamed[:1], refused[0], *blamed[1:]]), blamed[0].operation, told)


def _sent_before(exchange: Exchange, earlier: list[Exchange]) -> bool:
    same = (exchange.operation, exchange.facts.get("same"))
    return any((one.operation, one.facts.get("same")) == same for one in earlier)
