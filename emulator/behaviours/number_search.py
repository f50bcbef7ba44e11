"""P069: patents by publication number, application number, or office.

How numbers may be written tells `emulator.patent_numbers`, which patents have them `number_index`.
"""

from collections.abc import Callable, Sequence
from heapq import merge
from itertools import islice
from typing import Any

from emulator import patent_numbers
from emulator.behaviours.world import Call, Outcome
from emulator.corpus.number_index import Layered, index_of
from emulator.corpus.patents import Patent

_LIVE = "live"


def search_numbers(call: Call) -> Outcome:
    """A page of the patents that have one of the numbers, in the order asked; without numbers, of the offices."""
    index, start, limit = index_of(call.corpus), call.values["offset"], call.values["limit"]
    published = [patents for one in _offices(call) if (patents := index.of_office(one))]
    if any(call.values.get(name) for name in ("pn", "apno")):
        found = _numbered(call, index, [patents[0].authority for patents in published])
        shown, total = found[start : start + limit], len(found)
    else:
        shown, total = _page(published, start, limit), sum(map(len, published))
    if not total and call.account.wire == _LIVE:
        return Outcome({}, found=0)
    data = {"results": list(map(_told, shown)), "result_count": len(shown), "total_search_result_count": total}
    return Outcome(data, found=len(shown))


def _offices(call: Call) -> list[str]:
    return list(dict.fromkeys(call.values.get("authority") or ()))


def _numbered(call: Call, index: Layered, offices: Sequence[str]) -> list[Patent]:
    """The patents with any of the numbers, each once; of these offices, if the call names any at all.

    A number that says no office is tried with every one.
    """
    asked = [(index.published_as, number) for number in _numbers(call, "pn")]
    asked += [(index.filed_as, number) for number in _numbers(call, "apno")]
    if named := _offices(call):
        each = [_of_offices(look, number, offices) for look, number in asked]
    else:
        each = [look(number) or _of_offices(look, number, index.offices()) for look, number in asked]
    if unknown := each.count([]):
        whose = f"of a patent here of the offices {', '.join(named)[:60]}" if named else "of a patent here"
        call.remark(f"{unknown} of {len(each)} numbers are not {whose}; they were left out")
    return list(dict.fromkeys(patent for found in each for patent in found))


def _numbers(call: Call, parameter: str) -> list[str]:
    text = call.values.get(parameter)
    return patent_numbers.read(text) if text else []


def _of_offices(look: Callable[[str], list[Patent]], number: str, offices: Sequence[str]) -> list[Patent]:
    """The offices' patents with a number that may lack the letters of the office."""
    written = (number, *(office + number for office in offices))
    return [patent for one in written for patent in look(one) if patent.authority in offices]


def _page(published: list[Sequence[Patent]], start: int, limit: int) -> list[Patent]:
    """A part of what several offices published, the latest first."""
    if len(published) == 1:
        return list(published[0][start : start + limit])
    whole = merge(*published, key=lambda patent: (-patent.pbdt, patent.pn))
    return list(islice(whole, start, start + limit))


def _told(patent: Patent) -> dict[str, Any]:
    """Inventors are joined with blanks here, other than in searches by picture; the title is the original one."""
    return {
        "pn": patent.pn,
        "apdt": patent.apdt,
        "apno": patent.apno,
        "pbdt": patent.pbdt,
        "title": patent.title["original"],
        "inventor": " | ".join(patent.inventors),
        "patent_id": patent.patent_id,
        "current_assignee": patent.current_assignee,
        "original_assignee": patent.original_assignee,
    }
