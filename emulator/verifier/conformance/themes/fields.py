"""Every field of a page's table occurs in its answers, and no other does.

A field that comes only in some state or for some patents is looked for where it comes: in tasks that ended and
tasks that failed. How fields are typed is looked at wherever an answer is judged.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from emulator.spec.evidence import OURS
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Departed
from emulator.verifier.conformance.case import Breach, Case, Need, case
from emulator.verifier.conformance.flows import Flow, flows
from emulator.verifier.conformance.places import least, whole
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage

RULE = "fields"
# Only a search with a model tells `loc_match`, says the note of AI39-1's table; a clearance search has none.
_NEVER = {
    "AI39-2-report": (
        "data.patent_messages.patent_messages[].loc_match",
        "data.rrffusion_response.patent_messages[].loc_match",
    )
}
_ELSEWHERE = ("error_msg", "pn_related")  # of refusals, and of texts that a patent lacks: their cases look for them


def cases(service: Service) -> Iterator[Case]:
    leading = {flow.reader.id: flow for flow in flows(service)}
    for operation in service.operations.values():
        if operation.security == "shared":
            yield _fields(operation, leading.get(operation.id))


def _fields(operation: Operation, flow: Flow | None) -> Case:
    wanted = dict(_tabled(operation.answer))
    known = operation.evidence.model_dump()

    def script(stage: Stage) -> Iterator[str]:
        seen = {path for data in _answers(stage, operation, flow) for path in _told(data)}
        for path, schema in wanted.items():
            if path not in seen and not _looked_for_elsewhere(operation, path):
                yield Breach(f"no answer has {path}", schema.get("x-evidence", known))
        yield from (Breach(f"an answer has {path}, which the page lacks", OURS) for path in sorted(seen - set(wanted)))

    cost = 2 * price(operation, whole(operation)) + (2 if flow else 0)
    needs = (Need.CONTROL,) if flow else ()
    title = "answers have the fields of the page's table, all of them and no others"
    return case(RULE, operation, "", title, script, calls=8, credits=cost, needs=needs)


def _looked_for_elsewhere(operation: Operation, path: str) -> bool:
    return path in _NEVER.get(operation.id, ()) or path.rpartition(".")[2] in _ELSEWHERE


def _answers(stage: Stage, operation: Operation, flow: Flow | None) -> Iterator[Any]:
    """Answers in which all fields should occur."""
    for values in (least(operation), whole(operation)):
        yield stage.account.call(operation, values).json
    if flow is not None and flow.takes_time:
        for outcome in ("success", "fail"):
            stage.plan({"immediate": True, "outcome": outcome})
            answer = flow.ask(stage.account, flow.create(stage.account))
            answer.wanted(0)
            yield answer.json


def _tabled(schema: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, part in schema.get("properties", {}).items():
        yield f"{at}.{name}".removeprefix("."), part
        yield from _tabled(part, f"{at}.{name}")
    if "items" in schema:
        yield from _tabled(schema["items"], f"{at}[]")


def _told(value: Any, at: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        if not at and value.get("status") is not True:
            raise Departed(f"a success was expected, and {value.get('error_code')} came")
        for name, part in value.items():
            yield f"{at}.{name}".removeprefix(".")
            yield from _told(part, f"{at}.{name}")
    elif isinstance(value, list):
        for part in value:
            yield from _told(part, f"{at}[]")
