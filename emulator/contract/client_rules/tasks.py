"""Rules on tasks: how they are polled, until when, and that what was paid for is fetched and not bought twice."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from emulator.contract.client_rules.run import Blame, Made, Run, grouped, ids, lapse, times
from emulator.contract.exchange import Exchange
from emulator.spec.models import FILE

_ENDS = ("success", "failed")


def poll_too_fast(run: Run) -> Iterator[Blame]:
    """Polls of a running task that follow each other faster than the pages say, where real time is known."""
    numbers = run.rule("poll_too_fast").numbers
    for made, polls in _tasks(run):
        fast = [
            (later, gap)
            for earlier, later in pairwise(polls)
            if _says(earlier, "running")
            and earlier.got
            and (gap := lapse(earlier, later)) is not None
            and gap < numbers["interval"] - numbers["slack"]
        ]
        if len(fast) >= numbers["times"]:
            shortest = min(gap for _, gap in fast)
            told = f"{_named(made)} was asked for {times(len(fast))} within less than "
            yield Blame(
                ids([later for later, _ in fast]),
                fast[0][0].operation,
                f"{told}{numbers['interval'] // 1000} s after it had said running; the shortest wait was {shortest} ms",
            )


def poll_after_end(run: Run) -> Iterator[Blame]:
    """Polls after the final answer had come. Asking once more, or for a fresh link after a lost download, is none."""
    again = run.rule("poll_after_end").numbers["again"]
    for made, polls in _tasks(run):
        ended = next((place for place, one in enumerate(polls) if _says(one, *_ENDS) and one.got), None)
        if ended is None:
            continue
        more = polls[ended + 1 :]
        allowed = again + sum(_is_failed_download(one) for one in run.after(polls[ended]))
        if len(more) > allowed:
            told = f"{_named(made)} had said {polls[ended].facts['state']}, and was asked for {times(len(more))} more"
            yield Blame(ids([more[0], polls[ended], *more[1:]]), more[0].operation, told)


def poll_for_ever(run: Run) -> Iterator[Blame]:
    """More polls of a running task than anybody has patience for."""
    most = run.rule("poll_for_ever").numbers["polls"]
    for made, polls in _tasks(run):
        running = [one for one in polls if _says(one, "running")]
        if len(running) > most:
            told = f"{_named(made)} was asked for {len(running)} times while it said running"
            yield Blame(ids([running[-1], running[0]]), running[-1].operation, told)


def task_never_read(run: Run) -> Iterator[Blame]:
    """Accepted, charged, and forgotten. A client that met trouble afterwards may have given up for good reason.

    What runs by night is fetched on another day.
    """
    for made, creation in run.made.items():
        operation = run.operation(creation)
        if operation is None or not operation.makes_tasks or not creation.got:
            continue
        if operation.creates is not None and operation.creates.runs == "batch_search_hours":
            continue
        if made not in run.asks and all(_went_well(one) for one in run.after(creation)):
            yield Blame((creation.id,), creation.operation, f"{_named(made)} was created and never asked for")


def submitted_twice(run: Run) -> Iterator[Blame]:
    """The same task created again, though the first was accepted, told so, and neither failed nor died."""

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        operation = run.operation(exchange)
        if operation is not None and operation.makes_tasks and exchange.succeeded:
            yield exchange.operation, exchange.facts.get("same")

    for (operation, _), created in grouped(run, keys):
        again = [later for earlier, later in pairwise(created) if earlier.got and not _was_lost(run, earlier, later)]
        if again:
            told = f"{operation} was called with the same parameters again, {times(len(again))}, after it had succeeded"
            yield Blame(ids([again[0], created[0], *again[1:]]), operation, told)


def _was_lost(run: Run, earlier: Exchange, later: Exchange) -> bool:
    """Whether between two creations the first turned out to be of no use."""
    for name in earlier.facts.get("made", ()):
        made = (earlier.operation or "", name)
        if later.at >= earlier.at + run.life(made):
            return True
        for ask in run.asks.get(made, ()):
            before = run.place[ask.id] < run.place[later.id]
            if before and (_says(ask, "failed") or not ask.succeeded):
                return True
    return any(_is_failed_download(one) for one in run.between(earlier, later))


def _tasks(run: Run) -> Iterator[tuple[Made, Sequence[Exchange]]]:
    for made, asks in run.asks.items():
        if run.service.operations[made[0]].makes_tasks:
            yield made, asks


def _named(made: Made) -> str:
    return f"task {made[1]} of {made[0]}"


def _says(exchange: Exchange, *states: str) -> bool:
    return exchange.facts.get("state") in states


def _is_failed_download(exchange: Exchange) -> bool:
    return exchange.operation == FILE and (exchange.status not in (200, 206) or not exchange.arrived)


def _went_well(exchange: Exchange) -> bool:
    return exchange.arrived and (exchange.succeeded or (exchange.operation == FILE and exchange.status == 200))
