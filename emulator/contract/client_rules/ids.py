"""Rules on what a client may name: ids it was given, links that live, patents that a search returned."""

import re
from collections.abc import Iterator
from typing import Any

from emulator import clock
from emulator.contract.client_rules.run import Blame, Run, grouped, ids, real_between, times
from emulator.contract.exchange import Exchange
from emulator.contract.facts import patent_number
from emulator.spec.models import FILE

INVALID = 68300004
ABOUT_CONTENT = frozenset({INVALID, 68300010})  # refusals of what a parameter names
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def failure_ignored(run: Run) -> Iterator[Blame]:
    """Nothing was sent where an id belongs: `None`, `undefined`, or no id at all after its making was refused."""

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        names = list(exchange.facts.get("placeholders", ()))
        names += [
            breach["where"]
            for breach in exchange.facts.get("breaches", ())
            if breach["rule"] == "required" and missing_after_refusal(run, exchange, breach["where"])
        ]
        for name in dict.fromkeys(names):
            yield exchange.operation, name

    for (operation, name), exchanges in grouped(run, keys):
        refused = _refused_making(run, exchanges[0])
        sent = f"{operation} was called with no real {name}"
        why = f", after {refused.operation} was refused ({refused.code})" if refused else ""
        calls = ids(exchanges)
        yield Blame((calls[0], *((refused.id,) if refused else ()), *calls[1:]), operation, sent + why)


def missing_after_refusal(run: Run, exchange: Exchange, name: str) -> bool:
    """Whether a call lacks the id that an earlier call should have made, had it not been refused."""
    return name in run.service.client_rules.fields.ids and _refused_making(run, exchange) is not None


def _refused_making(run: Run, exchange: Exchange) -> Exchange | None:
    """The last call before this one that made none of the ids it reads."""
    operation = run.operation(exchange)
    if operation is None or operation.reads is None:
        return None
    makings = [one for one in run.exchanges[: run.place[exchange.id]] if one.operation == operation.reads]
    return makings[-1] if makings and not makings[-1].succeeded else None


def unknown_id(run: Run) -> Iterator[Blame]:
    """Ids that were refused and that no call has made."""
    if not run.whole:
        return
    for made, asks in run.asks.items():
        refused = [one for one in asks if refused_as_unknown(one) and "placeholders" not in one.facts]
        if refused and made not in run.made and not run.is_documented(made) and not any(one.succeeded for one in asks):
            told = f"no call of {made[0]} has made {made[1]!r}"
            yield Blame(ids(refused), refused[0].operation, told)


def dead_id(run: Run) -> Iterator[Blame]:
    """Ids asked for after their life: at once where real time went by, else once the first refusal told so."""
    for made, asks in run.asks.items():
        maker = run.made.get(made)
        refused = [one for one in asks if refused_as_unknown(one)]
        if maker is None or not refused:
            continue
        knew = (real_between(maker, refused[0]) or 0) >= run.life(made)
        blamed = refused if knew else refused[1:]
        if blamed:
            told = f"{made[1]} of {made[0]} had ended, and was asked for {times(len(refused))}"
            yield Blame(ids((blamed[0], *refused)), blamed[0].operation, told)


def search_too_old(run: Run) -> Iterator[Blame]:
    """Pages fetched after the time that the page recommends, if so much real time went by."""
    for made, asks in run.asks.items():
        maker, operation = run.made.get(made), run.service.operations[made[0]]
        if maker is None or "search_recommended" not in operation.lives:
            continue
        advised = run.service.life("search_recommended")
        late = [one for one in asks if one.succeeded and (real_between(maker, one) or 0) >= advised]
        if late:
            told = f"search {made[1]} was more than {advised // 60_000} minutes old"
            yield Blame(ids(late), late[0].operation, told)


def dead_link(run: Run) -> Iterator[Blame]:
    """Links used after they ended: at once where real time went by, else after a first refusal told so."""

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        for link in dead_links(exchange):
            yield link["mark"], link["signed"], link["life"]

    for (_, signed, life), used in grouped(run, keys):
        told_at = next((place for place, one in enumerate(used) if _refused_use(one)), len(used))
        blamed = used if _really_passed(run, used[0], signed, life) else used[told_at + 1 :]
        if blamed:
            told = f"a link that ended at {clock.iso(signed + life)} was used {times(len(used))}"
            yield Blame(ids((blamed[0], *used)), blamed[0].operation, told)


def dead_links(exchange: Exchange) -> list[Any]:
    """The links of a call that had ended by then."""
    return [link for link in exchange.facts.get("links", ()) if exchange.at >= link["signed"] + link["life"]]


def _refused_use(exchange: Exchange) -> bool:
    refused = exchange.status == 403 if exchange.operation == FILE else exchange.code in ABOUT_CONTENT
    return refused and exchange.arrived and not exchange.trouble


def _really_passed(run: Run, used: Exchange, signed: int, life: int) -> bool:
    """Whether a life went by in real time since the call in which a link was signed."""
    since = [one for one in run.exchanges if one.at < signed + 1000]
    return (real_between(since[-1], used) or 0) >= life if since else False


def unseen_patents(run: Run) -> Iterator[Blame]:
    """Patents that go where those of a search belong, and that no answer has shown."""
    if not run.whole:
        return
    seen: set[int] = set()
    for exchange in run.exchanges:
        seen.update(exchange.facts.get("found", ()))
        operation = run.operation(exchange)
        sent = exchange.facts.get("sent", ())
        if operation is None or not operation.after or not sent:
            continue
        unseen = [place for place, one in enumerate(sent, 1) if one not in seen | _examples(operation.fragment)]
        if unseen:
            told = f"of {len(sent)} patents sent to {operation.id}, {len(unseen)} came from no search"
            yield Blame((exchange.id,), operation.id, f"{told}; the first is item {unseen[0]}")


def _examples(fragment: Any) -> set[int]:
    """The patents of a page's example."""
    return {patent_number(one) for one in _ID.findall(str(fragment.get("requestBody", "")))}


def refused_as_unknown(exchange: Exchange) -> bool:
    """Whether a call was refused for a parameter that was read, and nobody asked for that."""
    known = exchange.cause == "parameter_invalid" or (exchange.cause is None and exchange.code == INVALID)
    explained = {"breaches", "undocumented"} & exchange.facts.keys()
    return known and not exchange.trouble and exchange.arrived and not explained
