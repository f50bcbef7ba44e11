"""What a clearance report says of patents is what searches say, and it keeps to the classes that were named.

Also: an office is the one in the number, classes are the same in every search, batches cost what their page says, and
a token costs nothing.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from emulator.spec.evidence import OURS
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Members, objects, text, whole
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
    yield from (_classes(clearance), _dates(clearance), _aided(clearance))
    yield from (_several(clearance, "country", "authority"), _several(clearance, "loc_items", "loc"))
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
        data = _done(stage, flow)
        rows = _rows(data)
        numbers = list(dict.fromkeys(text(row["patent_pn"]) for row in rows))
        answer = stage.account.call(stage.operation("P069"), {"pn": ",".join(numbers), "limit": len(numbers)})
        known = {item["pn"]: item for item in objects(answer.items)}
        for row in rows:
            if row["patent_pn"] not in known:
                yield f"{row['patent_pn']} is not found by its number"
                continue
            yield from compared(_plain(row), known[row["patent_pn"]])
            yield from _office(row)
        listed_as = {row["patent_pn"]: (row["patent_id"], row["title"]) for row in rows}
        for row in (*rows, *objects(data["report"]["comparisons"])):
            if listed_as.get(row["patent_pn"]) != (row["patent_id"], row["title"]):
                yield f"{row['patent_pn']} has another id or title in one part of the report than in another"

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


def _dates(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        plain = objects(_done(stage, flow)["patent_messages"]["patent_messages"])
        days = sorted(whole(row["apdt"]) for row in plain)
        day = days[len(days) // 2]
        later = objects(_done(stage, flow, apply_start_time=str(day))["patent_messages"]["patent_messages"])
        if early := [text(row["patent_pn"]) for row in later if row["apdt"] < day]:
            yield f"from {day} on, {early[0]} is listed, which was filed before"
        lost = {row["patent_pn"] for row in plain if row["apdt"] >= day} - {row["patent_pn"] for row in later}
        if lost:
            yield f"from {day} on, {min(lost)} is lost, which was filed then"

    title = "a clearance search keeps to what was filed from a day on"
    return _verdict(flow, "apply_start_time", title, script)


def _aided(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        def scores(**values: Any) -> dict[str, Any]:
            rows = objects(_done(stage, flow, **values)["rrffusion_response"]["patent_messages"])
            return {text(row["patent_pn"]): (row["rerank_score"], row["rrf_score"]) for row in rows}

        plain = scores()
        titles = dict.fromkeys(text(row["title"]) for row in _rows(_done(stage, flow)))
        if all(scores(main_field=f'"{title}"') == plain for title in list(titles)[:3]):
            yield f"main_field {', '.join(list(titles)[:3])} changes nothing in the ranking"

    return _verdict(flow, "main_field", "main_field is an aid to the ranking", script)


def _several(flow: Flow, name: str, of_row: str) -> Case:
    """Of a list, every value counts, in whatever order."""

    def script(stage: Stage) -> Iterator[str]:
        def met(**values: Any) -> Counter[str]:
            rows = objects(_done(stage, flow, **values)["patent_messages"]["patent_messages"])
            return Counter(one for row in rows for one in ([row[of_row]] if of_row == "authority" else row[of_row]))

        named = least(flow.maker).get(name) or [one for one, _ in met().most_common(2)]
        two = [one for one in named if met(**{name: [one]})[one]][:2]
        for asked in (two, two[::-1]):
            if lacking := set(two) - met(**{name: asked}).keys():
                yield f"{name} {', '.join(asked)} finds nothing of {', '.join(lacking)}"

    return _verdict(flow, f"several {name}", f"each value of {name} counts", script)


def _verdict(flow: Flow, about: str, title: str, script: Any) -> Case:
    cost = 2 * price(flow.maker, least(flow.maker))
    return case(
        "verdict", flow.reader, about, title, script, evidence=OURS, calls=4, credits=cost, needs=(Need.CONTROL,)
    )
