"""Pinned answers by the control API: judged by the documents of their operations, kept for one account or for all."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from emulator.behaviours import stubs
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.world import World
from emulator.contract.answer import AnswerChecker
from emulator.contract.shapes import Shape
from emulator.server.control.accounts import subject
from emulator.server.control.answers import Json, Refused, body_of, keepable, parsed
from emulator.server.control.pages import Page
from emulator.spec.models import Operation, Parameter
from emulator.spec.typos import likely


class StubBody(BaseModel):
    """`match` names checked parameters; `found` is what the price counts; `as_is` takes data of any shape."""

    model_config = ConfigDict(extra="forbid", strict=True)

    operation: str
    match: dict[str, Any] = Field(default_factory=dict)
    data: Any
    found: int | None = Field(default=None, ge=0, le=1_000_000)
    as_is: bool = False


class StubsBody(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    stubs: list[StubBody] = Field(max_length=1000)


class StubPages:
    def __init__(self, world: World, accounts: Accounts) -> None:
        self._world = world
        self._accounts = accounts
        self._checkers: dict[str, AnswerChecker] = {}

    def pages(self) -> list[Page]:
        return [
            Page("GET", "/stubs", self.show, "The pinned answers, in order.", each=True),
            Page("PUT", "/stubs", self.replace, "Pin answers, in place of those before.", StubsBody, each=True),
            Page("DELETE", "/stubs", self.forget, "Let behaviours answer again.", each=True),
        ]

    async def show(self, request: Request) -> Response:
        return self._told(subject(self._accounts, request))

    async def replace(self, request: Request) -> Response:
        space = subject(self._accounts, request)
        body: StubsBody = parsed(StubsBody, await body_of(request))
        chosen = [self._judged(f"stubs.{place}", stub) for place, stub in enumerate(body.stubs)]
        with self._world.at_work:
            stubs.replace(self._world.store, space, chosen)
        return self._told(space)

    async def forget(self, request: Request) -> Response:
        space = subject(self._accounts, request)
        with self._world.at_work:
            forgotten = len(stubs.kept(self._world.store, space))
            stubs.forget(self._world.store, space)
        return Json({"forgotten": forgotten})

    def _told(self, space: str) -> Response:
        return Json({"stubs": stubs.kept(self._world.store, space)})

    def _judged(self, where: str, stub: StubBody) -> dict[str, Any]:
        """The stub as it is kept, or a refusal that names the field."""
        operation = self._operation(where, stub.operation)
        keepable(f"{where}.match", stub.match)
        keepable(f"{where}.data", stub.data)
        for name, value in stub.match.items():
            _refuse_match(f"{where}.match.{name[:60]}", operation, name, value)
        if not stub.as_is:
            self._refuse_data(where, operation, stub.data)
        return {**stub.model_dump(), "found": stubs.counted(stub.data) if stub.found is None else stub.found}

    def _operation(self, where: str, name: str) -> Operation:
        known = {
            operation.id: operation
            for operation in self._world.service.operations.values()
            if operation.security == "shared"
        }
        if name in known:
            return known[name]
        if name in self._world.service.operations:
            raise Refused(400, f"{where}.operation: {name} hands out what other calls need; it cannot be pinned")
        raise Refused(400, f"{where}.operation: {name[:60]!r} is no operation{likely(name, known)}")

    def _refuse_data(self, where: str, operation: Operation, data: Any) -> None:
        if operation.id not in self._checkers:
            self._checkers[operation.id] = AnswerChecker(self._world.service, operation)
        for violation in self._checkers[operation.id].check({"status": True, "error_code": 0, "data": data}):
            raise Refused(400, f"{where}.data: {violation}; with as_is true it is pinned all the same")


def _refuse_match(field: str, operation: Operation, name: str, value: Any) -> None:
    """A parameter that no call has, or a value that no sound call can have."""
    parameter = operation.parameter(name)
    if parameter is None:
        names = dict.fromkeys(parameter.name for parameter in operation.parameters)
        raise Refused(400, f"{field} is no parameter of {operation.id}{likely(name, names)}")
    if parameter.schema_.get("format") == "binary":
        raise Refused(400, f"{field}: a file cannot be matched")
    if value is None:
        return
    for violation in Shape({"x-evidence": parameter.evidence.model_dump(), **parameter.schema_}).violations(
        _as_sent(parameter, value)
    ):
        raise Refused(400, f"{field}: no call can match: {violation}")


def _as_sent(parameter: Parameter, value: Any) -> Any:
    """A list as its schema wants it: a text with separators, or a list."""
    separated = parameter.schema_.get("x-list")
    if separated and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return str(separated["separator"]).join(value)
    if parameter.schema_.get("type") == "array" and isinstance(value, str):
        return value.split(",")
    return value
