"""P069: patents by publication number, application number, or office.

How numbers may be written tells `emulator.patent_numbers`, which patents have them `number_index`.
"""

from collections.abc import Callable, Sequence
from heapq import merge
from itertools import islice
from typing import Any

from emulator import patent_numbers
from emulator.behaviours.world import Call, Outcome
from emulator.corpus.number_index import NumberIndex, index_of
from emulator.corpus.patents import Patent

_LIVE = "live"


def search_numbers(call: Call) -> Outcome:
    """A page of the patents that have one of the numbers, in the order asked; without numbers, of the offices."""
    index, start = index_of(call.corpus), call.values["offset"]
    offices = call.values.get("authority") or ()
    if any(call.values.get(name) for name in ("pn", "apno")):
        found = _numbered(call, index, offices)
        shown, total = found[start : start + call.values["limit"]], len(found)
    else:
        published = [index.of_office(office) for office in dict.fromkeys(offices)]
        shown, total = _page(published, start, call.values["limit"]), sum(map(len, published))
    if not total and call.account.wire == _LIVE:
        return Outcome({}, found=0)
    data = {"results": list(map(_told, shown)), "result_count": len(shown), "total_search_result_count": total}
    return Outcome(data, found=len(shown))


def _numbered(call: Call, index: NumberIndex, offices: Sequence[str]) -> list[Patent]:
    asked = [(index.published_as, number) for number in _numbers(call, "pn")]
    asked += [(index.filed_as, number) for number in _numbers(call, "apno")]
    each = [_having(look, number, offices) for look, number in asked]
    if unknown := each.count([]):
        whose = f"these offices, {', '.join(offices)}," if offices else "a patent here"
        call.remark(f"{unknown} of {len(each)} numbers are not of {whose} and were left out")
    return list(dict.fromkeys(patent for found in each for patent in found))


def _numbers(call: Call, parameter: str) -> list[str]:
    text = call.values.get(parameter)
    return patent_numbers.read(text) if text else []


def _having(look: Callable[[str], list[Patent]], number: str, offices: Sequence[str]) -> list[Patent]:
    """The patents of the offices with a number that may lack the office's letters, where offices are named."""
    if not offices:
        return look(number)
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
