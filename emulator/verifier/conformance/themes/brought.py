"""What only patents that a client brings to an emulator show: an order by day of issue, and texts that are missing.

No answer tells a day of issue, and what a corpus holds may lack no claims; of patents brought, the case knows both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from emulator.spec.evidence import OURS
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import objects, text
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.searches import Search, searches
from emulator.verifier.conformance.stage import Stage
from emulator.verifier.conformance.themes.filters import made
from emulator.verifier.conformance.themes.translations import text_of

_OWNER = "Conformance Of Order Holding"
# Filed, published and issued in three different orders; by number in a fourth.
_DAYS = (
    ("CN399000011S", 20150101, 20180401, 20180702),
    ("CN399000012S", 20150102, 20180301, 20180704),
    ("CN399000013S", 20150103, 20180201, 20180701),
    ("CN399000014S", 20150104, 20180101, 20180703),
)
_LACKING, _RELATIVE, _ALONE = "US9900001B2", "US9900002B2", "US9900003B2"


def cases(service: Service) -> Iterator[Case]:
    for search in searches(service):
        field = search.operation.parameter("field")
        if field and "ISD" in field.schema_["enum"]:
            yield _issued(search)
    for operation in service.operations.values():
        if operation.parameter("replace_by_related"):
            yield _relatives(operation)


def bring(stage: Stage, *records: Mapping[str, Any]) -> None:
    """Patents of the case's account and of no other."""
    stage.control.of(stage.account.client_id, "PUT", "/patents", {"patents": list(records)})


def design(number: str, **more: Any) -> dict[str, Any]:
    return {"pn": number, "title": "Kettle", "loc": ["07-01"], "picture": "kettle", **more}


def _issued(search: Search) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        owned = {"current_assignee": _OWNER}
        bring(stage, *(design(pn, apdt=filed, pbdt=told, isd=isd, **owned) for pn, filed, told, isd in _DAYS))
        rising = tuple(number for number, *_, issued in sorted(_DAYS, key=lambda one: one[-1]))
        for order, wanted in (("asc", rising), ("desc", rising[::-1])):
            numbers = search.page(stage, assignees=f'"{_OWNER}"', field="ISD", order=order).numbers
            if numbers != wanted:
                yield f"ISD {order} lists {', '.join(numbers) or 'nothing'}, and was to list {', '.join(wanted)}"

    title = "ISD is the order by day of issue"
    return replace(made(search, "order", "ISD of patents brought", title, script), needs=frozenset({Need.CONTROL}))


def _relatives(operation: Operation) -> Case:
    name = text_of(operation)
    texts = {"abstract": "It boils.", "claims": "1. A kettle that boils.", "description": "The kettle boils."}

    def script(stage: Stage) -> Iterator[str]:
        family = {"title": "Kettle", "family_id": 2_000_000_011}
        bring(
            stage, {"pn": _LACKING, **family}, {"pn": _RELATIVE, **family, **texts}, {"pn": _ALONE, "title": "Kettle"}
        )
        numbers = [_LACKING, _RELATIVE, _ALONE]
        for related, wanted in ((0, {_RELATIVE: None}), (1, {_LACKING: _RELATIVE, _RELATIVE: None})):
            before = stage.bill()
            values = {"patent_number": ",".join(numbers), **({"replace_by_related": 1} if related else {})}
            items = objects(stage.account.call(operation, values).items)
            paid = stage.bill() - before
            if [text(item["pn"]) for item in items] != numbers:
                yield f"a patent without a {name} is left out, or the order is another"
            told = {item["pn"]: item.get("pn_related") for item in items if name in item}
            if told != wanted:
                yield f"with replace_by_related {related}, texts come from {told} instead of {wanted}"
            if paid != len(wanted) * operation.price.credits:
                yield f"with replace_by_related {related}, {len(wanted)} texts cost {paid}"

    title = f"of a family one of which lacks its {name}, the relative's stands in where that is asked for"
    return case(
        "patents", operation, "brought", title, script,
        evidence=OURS, calls=2, credits=3 * operation.price.credits, needs=(Need.CONTROL,),
    )  # fmt: skip
