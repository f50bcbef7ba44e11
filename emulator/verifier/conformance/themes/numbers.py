"""The search by numbers: patents in the order asked, however the numbers are joined, narrowed down by offices.

Offices alone are paged through, the latest first.
"""

from collections.abc import Iterator
from typing import Any

from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Answer, Departed, Members, objects, text
from emulator.verifier.conformance.case import Case, case
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage

_OFFICES = ["US", "CN", "EP", "EU"]
_JOINTS = (",", ";", " OR ", "\n")
_PAGE, _SOME = 10, 50


def cases(service: Service) -> Iterator[Case]:
    operation = service.operations["P069"]
    cost = 8 * price(operation, {})
    title = "offices alone are paged through, the latest first"
    yield case("page", operation, "authority", title, _paged, calls=8, credits=cost)
    title = "patents are found by their numbers, in the order asked"
    yield case("filter", operation, "numbers", title, _found, calls=8, credits=cost)


def _asked(stage: Stage, **values: Any) -> Answer:
    return stage.account.call(_operation(stage), values)


def _operation(stage: Stage) -> Operation:
    return stage.operation("P069")


def _paged(stage: Stage) -> Iterator[str]:
    together = _asked(stage, authority=_OFFICES, limit=_SOME)
    items = objects(together.items)
    days = [item["pbdt"] for item in items]
    if days != sorted(days, reverse=True):
        yield "what offices published does not come the latest first"
    yield from (f"{item['pn']} is of another office" for item in items if text(item["pn"])[:2] not in _OFFICES)
    parts = [_asked(stage, authority=_OFFICES, limit=_PAGE, offset=start) for start in range(0, _SOME, _PAGE)]
    if [item["pn"] for part in parts for item in part.items] != [item["pn"] for item in items]:
        yield f"pages of {_PAGE} put together are not the first {_SOME}"
    if {part.total for part in parts} != {together.total}:
        yield "totals differ between pages"
    if together.data["result_count"] != len(items):
        yield f"result_count is {together.data['result_count']}, and {len(items)} are listed"
    parameter = _operation(stage).parameter("limit")
    untold = _asked(stage, authority=_OFFICES).items
    if parameter and [item["pn"] for item in untold] != [item["pn"] for item in items][: parameter.schema_["default"]]:
        yield f"without limit {len(untold)} are listed, and {parameter.schema_['default']} is the default"
    last = _asked(stage, authority=_OFFICES, limit=_PAGE, offset=together.total)
    if last.data and (last.items or last.total != together.total):
        yield "behind the last there is something"


def _found(stage: Stage) -> Iterator[str]:
    some = objects(_asked(stage, authority=_OFFICES, limit=20).items)
    if not some:
        raise Departed("no office has published anything")
    asked = [text(item["pn"]) for item in some][::-1]
    for joint in _JOINTS:
        answer = _asked(stage, pn=joint.join(asked), limit=100)
        if [item["pn"] for item in answer.items] != asked or answer.total != len(asked):
            yield f"numbers joined by {joint!r} are not found in the order asked"
    for name in ("pn", "apno"):
        yield from _by_one(stage, name, some[0])
    office = asked[0][:2]
    narrowed = _asked(stage, pn=",".join(asked), authority=[office], limit=100)
    if [item["pn"] for item in narrowed.items] != [one for one in asked if one[:2] == office]:
        yield f"authority {office} does not narrow numbers down to its own"


def _by_one(stage: Stage, name: str, wanted: Members) -> Iterator[str]:
    found = _asked(stage, **{name: text(wanted[name]).lower(), "limit": 100}).items
    if wanted["pn"] not in [item["pn"] for item in found]:
        yield f"{name} {wanted[name]} in small letters is not found"
    if any(item[name] != wanted[name] for item in found):
        yield f"{name} {wanted[name]} finds others as well"
