"""What a clearance report says of patents is what searches say, and it keeps to the classes that were named.

Also: an office is the one in the number, classes are the same in every search, batches cost what their page says, and
a token costs nothing.
"""

from collections.abc import Iterator
from typing import Any

from emulator.spec.evidence import OURS
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Members, objects, text
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.flows import Flow, tasks
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.searches import Search, described, searches
from emulator.verifier.conformance.stage import Stage
from emulator.verifier.conformance.themes.patents import ids, some
from emulator.verifier.conformance.themes.sameness import compared

_SOME = 20


def cases(service: Service) -> Iterator[Case]:
    clearance = next(flow for flow in tasks(service) if flow.maker.parameter("loc_items"))
    yield _report(clearance)
    yield _classes(clearance)
    for search in searches(service):
        yield _offices(search)
    for operation in service.operations.values():
        if operation.parameter("patent_id") and operation.price.per == "non_empty_call":
            yield _by_call(operation)
    yield _token(service.operations["token"])


def _rows(data: Members) -> list[Members]:
    """The patents of both lists of a report."""
    return [
        *objects(data["patent_messages"]["patent_messages"]),
        *objects(data["rrffusion_response"]["patent_messages"]),
    ]


def _done(stage: Stage, flow: Flow, **values: Any) -> Members:
    stage.plan("immediate")
    data: Members = flow.ask(stage.account, flow.create(stage.account, **values)).data
    return data


def _report(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        rows = _rows(_done(stage, flow))
        numbers = list(dict.fromkeys(text(row["patent_pn"]) for row in rows))[:_SOME]
        answer = stage.account.call(stage.operation("P069"), {"pn": ",".join(numbers), "limit": _SOME})
        known = {item["pn"]: item for item in objects(answer.items)}
        for row in rows:
            if row["patent_pn"] in numbers:
                yield from compared(_plain(row), known[row["patent_pn"]])
                yield from _office(row)

    title = "the patents of a report are those of the search by numbers"
    return case(
        "same", flow.reader, "", title, script,
        evidence=OURS, calls=3, credits=3 * price(flow.maker, least(flow.maker)), needs=(Need.CONTROL,),
    )  # fmt: skip


def _plain(row: Members) -> Members:
    """A row without its title, which is translated, and with its inventors as searches write them."""
    people = {"inventor": text(row["inventor"]).replace(";", "|")} if "inventor" in row else {}
    return Members({**{name: value for name, value in row.items() if name != "title"}, **people})


def _office(row: Members) -> Iterator[str]:
    if "authority" in row and not text(row["patent_pn"]).startswith(text(row["authority"])):
        yield f"{row['patent_pn']} is said to be of {row['authority']}"


def _classes(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        every = objects(_done(stage, flow)["patent_messages"]["patent_messages"])
        for one in sorted({one for row in every for one in row["loc"]})[:2]:
            found = objects(_done(stage, flow, loc_items=[one])["patent_messages"]["patent_messages"])
            wrong = [text(row["patent_pn"]) for row in found if one not in row["loc"]]
            if wrong:
                yield f"{wrong[0]} is found where only the class {one} was named"
            if not found:
                yield f"nothing of the class {one} is found, though something is there"

    title = "a clearance search keeps to the classes named"
    return case(
        "verdict", flow.reader, "classes", title, script,
        evidence=OURS, calls=6, credits=3 * price(flow.maker, least(flow.maker)), needs=(Need.CONTROL,),
    )  # fmt: skip


def _offices(search: Search) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        search.prepare(stage)
        items = search.page(stage, limit=_SOME).items
        other = described(stage.service)
        known = {item["patent_id"]: item for item in other.page(stage, limit=100).items}
        for item in items:
            yield from _office(item)
            twin = known.get(item["patent_id"], Members())
            if "loc" in item and "loc" in twin and item["loc"] != twin["loc"]:
                yield f"the classes of {item['patent_pn']} are {item['loc']} here and {twin['loc']} elsewhere"

    title = "offices are those of the numbers, classes the same in each search"
    return case(
        "same", search.operation, "office and classes", title, script,
        evidence=OURS, calls=4, credits=3 * search.credits, needs=(Need.CONTROL,) if search.needs_control else (),
    )  # fmt: skip


def _by_call(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        patents = some(stage)[:3]
        answer = stage.account.call(operation, {"patent_id": ids(patents)})
        if stage.service.errors.wire[stage.wire].amount_header and answer.price != operation.price.credits:
            yield f"a call costs {operation.price.credits}; for {len(patents)} patents the header says {answer.price}"

    title = "a call costs the same for one patent and for many"
    credits = operation.price.credits + 1
    return case("price", operation, "many", title, script, evidence=operation.price.evidence, calls=2, credits=credits)


def _token(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        before = stage.bill()
        answer = stage.account.token_call()
        answer.wanted(0)
        if answer.price or stage.bill() != before:
            yield f"a token costs {answer.price} by its header, {stage.bill() - before} by the bill"

    return case(
        "price", operation, "", "a token is free", script, evidence=operation.price.evidence, needs=(Need.CONTROL,)
    )
