"""What operations tell of patents that are asked for by id: which, in which order, once each, and what it costs.

P043 to P045 translate, P041 and P014 tell status and family; all by the same rules for lists of ids. What translations
say stands in `translations`.
"""

from collections.abc import Callable, Iterator
from typing import Any

from emulator.spec.evidence import OURS
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Departed, Members, listed, objects, text, whole
from emulator.verifier.conformance.case import Case, case
from emulator.verifier.conformance.empty import NO_NUMBER
from emulator.verifier.conformance.stage import Stage

RULE = "patents"
_SOME = 6
_LISTED = 1000
_OFFICES = ["US", "CN", "EP", "JP", "EU"]


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        if {"patent_id", "patent_number"} <= set(operation.any_of) and operation.method == "GET":
            yield from _of_ids(operation)
    yield _families(service.operations["P014"])
    yield _statuses(service.operations["P041"], service)


def some(stage: Stage, count: int = _SOME) -> list[Members]:
    """Patents from here and there in what the search by numbers lists; each call gives the same."""
    found = every(stage)
    if len(found) < min(count, 4):
        raise Departed(f"the search by numbers lists {len(found)} patents of {', '.join(_OFFICES)}")
    return found[:: max(1, len(found) // count)][:count]


def every(stage: Stage) -> list[Members]:
    """All that one call of the search by numbers lists."""
    asked = {"authority": _OFFICES, "limit": _LISTED}
    return objects(stage.account.call(stage.operation("P069"), asked).items)


def made(operation: Operation, about: str, title: str, script: Any, calls: int = 4, credits: int = 30) -> Case:
    return case(RULE, operation, about, title, script, evidence=OURS, calls=calls, credits=credits)


def ids(items: list[Members], name: str = "patent_id") -> str:
    return ",".join(text(item["pn" if name == "patent_number" else name]) for item in items)


def _of_ids(operation: Operation) -> Iterator[Case]:
    def about(script: Callable[[Stage, Operation], Iterator[str]]) -> Callable[[Stage], Iterator[str]]:
        return lambda stage: script(stage, operation)

    yield made(operation, "order", "patents come in the order asked, by id and by number", about(_in_order))
    yield made(operation, "doubles", "a patent asked for twice is answered and paid for once", about(_doubles))
    yield made(operation, "unknown", "unknown numbers are left out and not paid for", about(_unknown))
    yield case(
        RULE, operation, "both", "with both, patent_id counts", about(_both),
        evidence=operation.any_of_evidence, calls=3, credits=3,
    )  # fmt: skip


def _in_order(stage: Stage, operation: Operation) -> Iterator[str]:
    asked = some(stage)[::-1]
    for name in ("patent_id", "patent_number"):
        told = stage.account.call(operation, {name: ids(asked, name)}).items
        got = [(item["patent_id"], item["pn"]) for item in told]
        if got != [(item["patent_id"], item["pn"]) for item in asked]:
            yield f"by {name} the patents do not come in the order asked"


def _doubles(stage: Stage, operation: Operation) -> Iterator[str]:
    one, two = some(stage)[:2]
    before = stage.bill()
    answer = stage.account.call(operation, {"patent_id": ids([one, two, one, one])})
    if [item["patent_id"] for item in answer.items] != [one["patent_id"], two["patent_id"]]:
        yield "patents asked for twice are not answered once"
    paid, before = stage.bill() - before, stage.bill()
    stage.account.call(operation, {"patent_id": ids([one, two])})
    if stage.bill() - before != paid:
        yield f"with doubles it costs {paid}, without them {stage.bill() - before}"
    again = stage.account.call(operation, {"patent_id": f"{one['patent_id']},{text(one['patent_id']).upper()}"})
    if len(again.items) != 1:
        yield "an id in capital letters is another patent"


def _unknown(stage: Stage, operation: Operation) -> Iterator[str]:
    one, two = some(stage)[:2]
    before = stage.bill()
    plain = stage.account.call(operation, {"patent_number": ids([one, two], "patent_number")})
    paid, before = stage.bill() - before, stage.bill()
    numbers = f"{NO_NUMBER},{one['pn']},手机,{two['pn']}"
    answer = stage.account.call(operation, {"patent_number": numbers})
    if answer.data != plain.data:
        yield "unknown numbers are not left out"
    if stage.bill() - before != paid:
        yield f"with unknown numbers it costs {stage.bill() - before}, without them {paid}"


def _both(stage: Stage, operation: Operation) -> Iterator[str]:
    one, two = some(stage)[:2]
    both = {"patent_id": one["patent_id"], "patent_number": two["pn"]}
    if [item["pn"] for item in stage.account.call(operation, both).items] != [one["pn"]]:
        yield "with both, patent_id does not count"
    if stage.account.call(operation, {**both, "patent_id": "unknown"}).items:
        yield "where patent_id is unknown, patent_number counts"


# --- Status and family ------------------------------------------------------------------------------------------


def _families(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        asked = some(stage, 100)
        seen: dict[int, Any] = {}
        for item in objects(stage.account.call(operation, {"patent_id": ids(asked)}).items):
            family = item["patent_family"]
            for name in ("simple_family", "inpadoc_family", "patsnap_family"):
                numbers = [text(one["country"]) + text(one["doc_number"]) for one in objects(family[name])]
                if not any(text(item["pn"]).startswith(number) for number in numbers):
                    yield f"{item['pn']} is no member of its {name}"
                if [one["sequence"] for one in family[name]] != list(range(1, len(numbers) + 1)):
                    yield f"the members of the {name} of {item['pn']} are not numbered from 1"
            if seen.setdefault(whole(family["simple_family_id"]), family["simple_family"]) != family["simple_family"]:
                yield f"the simple family of {item['pn']} has other members where a relative is asked for"
            if len(listed(family["inpadoc_family"])) < len(listed(family["simple_family"])):
                yield f"the INPADOC family of {item['pn']} is smaller than its simple family"

    return made(operation, "families", "a patent is a member of its families, wherever they are asked for", script)


def _statuses(operation: Operation, service: Service) -> Case:
    words = set(service.values.simple_legal_status_words.values())

    def script(stage: Stage) -> Iterator[str]:
        for item in objects(stage.account.call(operation, {"patent_id": ids(some(stage, 100))}).items):
            told = listed(item["simple_legal_status"])
            if not told or not set(told) <= words:
                yield f"{item['pn']} stands {told}, which are no words for a status"

    return made(operation, "words", "a legal status is told in its words", script)
