"""Rules on how a client goes through pages: each item once, none left out, not beyond the end.

Pages belong together when all parameters but offset and limit are equal. What was asked for once and never came may
be asked for again.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from emulator.contract.client_rules.run import Blame, Run, grouped, ids, times
from emulator.contract.exchange import Exchange


def page_repeated(run: Run) -> Iterator[Blame]:
    """Pages that share items, or the same page again while others are read."""
    for operation, pages in _readings(run):
        got = sorted((one for one in pages if one.got and one.facts["page"]["items"]), key=_offset)
        again = [later for earlier, later in pairwise(got) if _offset(later) < _offset(earlier) + _items(earlier)]
        if again:
            first = min(again, key=lambda one: run.place[one.id])
            page = first.facts["page"]
            told = f"the page from offset {page['offset']} repeats items of another page, {times(len(again))} in all"
            yield Blame(ids([first, *(one for one in again if one is not first)]), operation, f"{operation}: {told}")


def page_skipped(run: Run) -> Iterator[Blame]:
    """Items between two pages that no page was asked for; or those before a first page that begins in between.

    A search may have brought the first items along, so that its pages begin anywhere.
    """
    if not run.whole:
        return
    for operation, pages in _readings(run):
        asked = sorted(pages, key=_offset)
        holes = [(later, _end(earlier)) for earlier, later in pairwise(asked) if _offset(later) > _end(earlier)]
        named = run.service.operations[operation]
        if named.reads is None and 0 < _offset(asked[0]) < (asked[0].facts["page"]["limit"] or 0):
            holes.insert(0, (asked[0], 0))
        holes = [(page, end) for page, end in holes if end < _total(pages)]
        if holes:
            page, end = holes[0]
            told = f"the items from {end} to {_offset(page) - 1} were left out"
            yield Blame(ids([one for one, _ in holes]), operation, f"{operation}: {told}")


def page_beyond_total(run: Run) -> Iterator[Blame]:
    """Pages that begin where an earlier one said the end is."""

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        if "page" in exchange.facts:
            yield exchange.operation, exchange.facts["page"]["of"]

    for (operation, _), pages in grouped(run, keys):
        beyond = []
        total: int | None = None
        for one in pages:
            if total is not None and _offset(one) >= max(total, 1):
                beyond.append(one)
            if one.got and isinstance(one.facts["page"].get("total"), int):
                total = max(total or 0, one.facts["page"]["total"])
        if beyond:
            told = f"offset {_offset(beyond[0])} was asked for though there are {total}"
            yield Blame(ids(beyond), operation, f"{operation}: {told}")


def _readings(run: Run) -> Iterator[tuple[str, Sequence[Exchange]]]:
    """Pages that belong together, where at least two different ones were asked for."""

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        page = exchange.facts.get("page")
        if page is not None and _is_number(page["offset"]) and "breaches" not in exchange.facts:
            yield exchange.operation, page["of"]

    for (operation, _), pages in grouped(run, keys):
        if len({_offset(one) for one in pages}) > 1:
            yield operation, pages


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _offset(exchange: Exchange) -> int:
    offset = exchange.facts["page"]["offset"]
    return offset if _is_number(offset) else 0


def _items(exchange: Exchange) -> int:
    return int(exchange.facts["page"]["items"])


def _end(exchange: Exchange) -> int:
    """Where a page was meant to end."""
    limit = exchange.facts["page"]["limit"]
    return _offset(exchange) + (limit if _is_number(limit) else 0)


def _total(pages: Sequence[Exchange]) -> int:
    return max((one.facts["page"].get("total") or 0 for one in pages), default=0)
