"""Results come in the order asked for, in pages that neither overlap nor leave gaps, with the same total on each."""

from collections.abc import Iterator
from typing import Any

from emulator.spec.models import Service
from emulator.verifier.conformance.case import Case
from emulator.verifier.conformance.searches import MOST, Search, searches, universe
from emulator.verifier.conformance.stage import Stage
from emulator.verifier.conformance.themes.filters import made

_DATES = {"APD": "apdt", "PBD": "pbdt"}
_SIZE = 7


def cases(service: Service) -> Iterator[Case]:
    for search in searches(service):
        for field in _fields(search):
            for order in ("desc", "asc"):
                yield _sorted(search, field, order)
        yield _by_likeness(search)
        yield _sizes(search)
        if search.has_offset:
            yield _partition(search)
            yield _beyond(search)
        for parameter in search.operation.parameters:
            if parameter.schema_.get("x-no-effect"):
                yield _without_effect(search, parameter.name, parameter.schema_)


def _fields(search: Search) -> list[str]:
    parameter = search.operation.parameter("field")
    return [one for one in parameter.schema_["enum"] if one != "SCORE"] if parameter else []


def _sorted(search: Search, field: str, order: str) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        told = search.page(stage, limit=MOST, field=field, order=order).numbers
        if order == "desc" and told != search.page(stage, limit=MOST, field=field).numbers:
            yield f"{field} without order is not sorted as desc"
        if field not in _DATES:  # no answer tells the date of issue
            other = search.page(stage, limit=MOST, field=field, order="asc" if order == "desc" else "desc").numbers
            if len(told) > 1 and told == other:
                yield f"{field} rises and falls alike"
            return
        known = universe(stage, "D")
        days = [known[number][_DATES[field]] for number in told if number in known]
        if days != sorted(days, reverse=order == "desc"):
            yield f"{field} {order} does not come in that order: {', '.join(map(str, days[:5]))}..."
        if search.has_offset and known and days:
            extreme = (max if order == "desc" else min)(item[_DATES[field]] for item in known.values())
            if len(known) < 1000 and days[0] != extreme:
                yield f"{field} {order} begins with {days[0]}, and {extreme} is there"

    return made(search, "order", f"field {field} {order}", f"{field} {order} is the order of the list", script)


def _by_likeness(search: Search) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        falling = [item["score"] for item in search.page(stage, limit=MOST).items]
        rising = [item["score"] for item in search.page(stage, limit=MOST, order="asc").items]
        if falling != sorted(falling, reverse=True):
            yield "the scores do not fall"
        if rising != sorted(rising):
            yield "with order asc the scores do not rise"
        if falling and rising and rising[0] > falling[0]:
            yield "with order asc the least like does not come first"
        if any(not 0 <= score <= 1 for score in (*falling, *rising)):
            yield "a score is not between 0 and 1"

    return made(search, "order", "score", "without a field the most like come first", script)


def _sizes(search: Search) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        longest = search.page(stage, limit=MOST)
        for size in (1, _SIZE, MOST):
            page = search.page(stage, limit=size)
            if page.numbers != longest.numbers[:size]:
                yield f"limit {size} lists {len(page.items)}, or others than the first {size} of {MOST}"
            if page.total != longest.total:
                yield f"the total is {page.total} with limit {size}, {longest.total} with limit {MOST}"
        if len(longest.items) != min(MOST, longest.total):
            yield f"limit {MOST} lists {len(longest.items)} of {longest.total}"

    return made(search, "page", "limit", "limit says how many are listed, and changes nothing else", script)


def _partition(search: Search) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        together = search.page(stage, limit=5 * _SIZE)
        parts = [search.page(stage, limit=_SIZE, offset=start) for start in range(0, 5 * _SIZE, _SIZE)]
        listed = tuple(number for part in parts for number in part.numbers)
        if listed != together.numbers:
            yield f"pages of {_SIZE} put together are not the first {5 * _SIZE}"
        if len(set(listed)) < len(listed):
            yield "a patent stands on two pages"
        if {part.total for part in parts} != {together.total}:
            yield f"totals differ between pages: {', '.join(str(part.total) for part in parts)}"

    return made(search, "page", "offset", "pages neither overlap nor leave gaps", script)


def _beyond(search: Search) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        narrow = search.page(stage, limit=1)
        if narrow.total > 1000:
            return
        for offset, wanted in ((narrow.total - 1, 1), (narrow.total, 0)):
            page = search.page(stage, limit=MOST, offset=max(offset, 0))
            if len(page.items) != wanted or page.total != narrow.total:
                yield f"of {narrow.total}, offset {offset} lists {len(page.items)} and says {page.total}"

    return made(search, "page", "offset end", "behind the last patent there is nothing", script)


def _without_effect(search: Search, name: str, schema: Any) -> Case:
    values = schema.get("enum", [True, False])

    def script(stage: Stage) -> Iterator[str]:
        told = {value: search.page(stage, **{name: value}).numbers for value in values}
        if len(set(told.values())) > 1:
            yield f"{name} changes what is listed"

    return made(search, "no effect", name, f"{name} chooses nothing", script)
