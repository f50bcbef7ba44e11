"""The searches that list patents, asked alike: by page, or as a whole; and what is known of the patents they list.

One of them answers a search id, one works on one, one works overnight: here all are asked with values for pages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Departed, Members, objects, text, whole
from emulator.verifier.conformance.flows import Flow, flows
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage

MOST = 100  # of one page
_REACH = 1100  # how far offsets lead
DESCRIBED = "P060"  # the search whose items tell the most


@dataclass(frozen=True)
class Page:
    """What one answer lists."""

    items: tuple[Members, ...]
    total: int

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(text(item["patent_pn"]) for item in self.items)


@dataclass(frozen=True)
class Search:
    """An operation that lists patents. `flow` leads to it, or from it, where it does not answer at once by itself."""

    operation: Operation
    flow: Flow | None = None

    @property
    def needs_control(self) -> bool:
        return self.flow is not None and self.flow.takes_time

    @property
    def has_offset(self) -> bool:
        return self.operation.parameter("offset") is not None

    @property
    def credits(self) -> int:
        """Of one page, with what leads to it."""
        own = price(self.operation, least(self.operation))
        if self.flow is None or not self._by_id:
            return own
        return own + price(self.flow.maker, least(self.flow.maker))

    @property
    def _by_id(self) -> bool:
        return self.flow is not None and self.flow.reader is self.operation

    def page(self, stage: Stage, **values: Any) -> Page:
        """One page. Raises Departed."""
        request = {**least(self.operation), **self.written(values)}
        if self._by_id and self.flow is not None:
            request[self.flow.id_name] = self._search_id(stage)
        answer = stage.account.call(self.operation, request)
        if self.flow is None or not self.flow.takes_time:
            return Page(tuple(objects(answer.items)), answer.total)
        told = self.flow.ask(stage.account, self.flow.id_of(answer)).data
        found = objects(told["search_result"])
        if not found:
            raise Departed("no picture of the batch has a result")
        return Page(tuple(objects(found[0]["patent_messages"])), whole(told["total_search_result_count"]))

    def prepare(self, stage: Stage) -> None:
        """Let what takes time be done at once."""
        if self.needs_control:
            stage.plan("immediate")

    def all(self, stage: Stage, **values: Any) -> Page:
        """As many pages as offsets reach, put together. Raises Departed where totals differ between them."""
        first = self.page(stage, limit=MOST, **values)
        items = list(first.items)
        while self.has_offset and len(items) < min(first.total, _REACH):
            more = self.page(stage, limit=MOST, offset=len(items), **values)
            if more.total != first.total or not more.items:
                raise Departed(f"of {first.total} patents, the page from {len(items)} on has {len(more.items)}")
            items += more.items
        return Page(tuple(items), first.total)

    def written(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Lists as the operation wants them: arrays, or texts with commas."""
        told = {}
        for name, value in values.items():
            parameter = self.operation.parameter(name)
            takes_text = parameter is not None and parameter.schema_.get("type") == "string"
            told[name] = ",".join(map(str, value)) if isinstance(value, list) and takes_text else value
        return told

    def _search_id(self, stage: Stage) -> str:
        assert self.flow is not None
        if stage.case_id not in stage.made:
            stage.made[stage.case_id] = self.flow.create(stage.account)
        return stage.made[stage.case_id]


def searches(service: Service) -> Iterator[Search]:
    """Every operation with filters whose answer lists patents."""
    leading = list(flows(service))
    for operation in service.operations.values():
        if operation.parameter("limit") and _lists(operation):
            flow = next((one for one in leading if one.reader is operation), None)
            yield Search(operation, flow)
        elif operation.parameter("limit") and operation.makes_tasks:
            overnight = next(one for one in leading if one.maker is operation)
            if _lists(overnight.reader):
                yield Search(operation, overnight)


def described(service: Service) -> Search:
    return Search(service.operations[DESCRIBED])


def _lists(operation: Operation) -> bool:
    data = operation.answer["properties"]["data"].get("properties", {})
    return "patent_messages" in data or "patent_messages" in str(data.get("search_result", ""))


def universe(stage: Stage, patent_type: str) -> dict[str, Members]:
    """By number, the patents that searches by picture can list, with all that is told of them; asked for once."""
    known = stage.house.shared
    if patent_type not in known:
        model = 2 if patent_type == "D" else 4
        told = described(stage.service).all(stage, patent_type=patent_type, model=model)
        known[patent_type] = {text(item["patent_pn"]): item for item in told.items}
    return known[patent_type]
