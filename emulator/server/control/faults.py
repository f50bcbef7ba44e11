"""Planned faults by the control API: planned, told with what they have seen and met, and taken back."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from emulator import clock
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.faults import Faults, Manner
from emulator.behaviours.plans import ALL
from emulator.behaviours.world import World
from emulator.server.control.accounts import subject
from emulator.server.control.answers import Json, Refused, body_of, parsed
from emulator.server.control.pages import Page
from emulator.server.trouble import LONGEST_DELAY
from emulator.spec.models import FILE
from emulator.spec.typos import likely
from emulator.store.base import Record

_WAITS = ("delay", "drip", "advance")
_EFFECTS = "error, status, answer, delay, advance, reset, truncate, hang and drip"
_STATUSES = (*range(200, 204), *range(400, 600))


def _wait(value: object) -> int:
    if not isinstance(value, str):
        raise ValueError("a duration is written as a text, such as 1500ms")
    milliseconds = clock.duration(value)
    if not 0 < milliseconds <= LONGEST_DELAY:
        raise ValueError(f"a wait is more than 0s and at most {clock.seconds(LONGEST_DELAY)}")
    return milliseconds


def _advance(value: object) -> int:
    if not isinstance(value, str):
        raise ValueError("a duration is written as a text, such as 31m")
    milliseconds = clock.duration(value)
    if milliseconds <= 0:
        raise ValueError("more than 0s is expected")
    return min(milliseconds, clock.LATEST)


def _operation(value: object) -> object:
    return None if value == ALL else value


Wait = Annotated[int, BeforeValidator(_wait), Field(json_schema_extra={"type": "string"})]
Advance = Annotated[int, BeforeValidator(_advance), Field(json_schema_extra={"type": "string"})]


class FaultBody(BaseModel):
    """Which calls are met, and what happens to them. Without an operation all are; `file` is a download."""

    model_config = ConfigDict(extra="forbid", strict=True)

    operation: Annotated[str | None, BeforeValidator(_operation)] = None
    error: int | None = None
    status: int | None = None
    delay: Wait | None = None
    reset: bool = False
    truncate: bool = False
    hang: bool = False
    drip: Wait | None = None
    answer: Literal["extra", "sparse", "empty", "chinese"] | None = None
    advance: Advance | None = None
    after: int = Field(default=0, ge=0, le=2**53)
    times: int | None = Field(default=None, ge=1, le=2**53)
    every: int = Field(default=1, ge=1, le=2**53)
    probability: float = Field(default=1.0, gt=0, le=1)

    def manners(self) -> list[Manner]:
        """The ways in which the answer is broken on the wire."""
        return [manner for manner in Manner if getattr(self, manner)]


class FaultPages:
    def __init__(self, world: World, accounts: Accounts, faults: Faults) -> None:
        self._service = world.service
        self._accounts = accounts
        self._faults = faults

    def pages(self) -> list[Page]:
        one = "/faults/{fault}"
        return [
            Page("GET", "/faults", self.listed, "Planned faults, with what they have seen and met.", each=True),
            Page("POST", "/faults", self.plan, "Plan a fault.", FaultBody, each=True, made=True),
            Page("DELETE", "/faults", self.drop_all, "Take all planned faults back.", each=True),
            Page("GET", one, self.show, "One planned fault.", each=True),
            Page("DELETE", one, self.drop, "Take a planned fault back.", each=True),
        ]

    async def listed(self, request: Request) -> Response:
        return Json({"faults": [_told(record) for record in self._faults.planned(subject(self._accounts, request))]})

    async def plan(self, request: Request) -> Response:
        space = subject(self._accounts, request)
        body: FaultBody = parsed(FaultBody, await body_of(request))
        self._refuse_unfit(body)
        manner = next(iter(body.manners()), None)
        given = body.model_dump(exclude={"reset", "truncate", "hang"})
        waits = {name: getattr(body, name) or 0 for name in _WAITS}
        given |= {"manner": manner and manner.value, **waits}
        return Json(_told(self._faults.plan(space, given)), 201)

    async def show(self, request: Request) -> Response:
        return Json(_told(self._found(request)))

    async def drop(self, request: Request) -> Response:
        record = self._found(request)
        self._faults.drop(subject(self._accounts, request), str(record["id"]))
        return Json({"dropped": record["id"]})

    async def drop_all(self, request: Request) -> Response:
        space = subject(self._accounts, request)
        dropped = [record["id"] for record in self._faults.planned(space)]
        self._faults.drop_all(space)
        return Json({"dropped": dropped})

    def _found(self, request: Request) -> Record:
        wanted = request.path_params["fault"]
        record = self._faults.find(subject(self._accounts, request), wanted)
        if record is None:
            raise Refused(404, f"there is no fault {wanted[:60]!r} here")
        return record

    def _refuse_unfit(self, body: FaultBody) -> None:
        known = [ALL, *self._service.operations, FILE]
        if body.operation is not None and body.operation not in known:
            raise Refused(400, f"operation: {body.operation[:60]!r} is no operation{likely(body.operation, known)}")
        codes = [str(code) for code in self._service.errors.codes]
        if body.error is not None and str(body.error) not in codes:
            raise Refused(400, f"error: {body.error} is no code of the service{likely(str(body.error), codes)}")
        if body.error is not None and body.operation == FILE:
            raise Refused(400, "error: a download has no error codes; use status")
        manners = body.manners()
        effects = (body.error, body.status, body.delay, body.answer, body.advance)
        if not manners and all(effect is None for effect in effects):
            raise Refused(400, f"one of {_EFFECTS} is expected")
        if len(manners) > 1:
            raise Refused(400, f"{manners[0]}: does not go together with {manners[1]}")
        _refuse_status(body)
        _refuse_form(body)
        if manners and manners[0] in (Manner.RESET, Manner.HANG) and (body.error, body.status) != (None, None):
            raise Refused(400, f"{manners[0]}: nothing is answered, so neither error nor status go together with it")


def _refuse_status(body: FaultBody) -> None:
    if body.status is None:
        return
    if body.status not in _STATUSES:
        raise Refused(400, "status: 200 to 203 or 400 to 599 is expected")
    if body.status < 400 and body.error is None:
        raise Refused(400, "status: one below 400 goes together with an error only")


def _refuse_form(body: FaultBody) -> None:
    """Only a success has a form."""
    if body.answer is None:
        return
    if body.operation == FILE:
        raise Refused(400, "answer: a download has no fields")
    if body.error is not None or body.status is not None or body.reset or body.hang:
        raise Refused(400, "answer: goes together with a success only; error, status, reset and hang are none")


def _told(record: Record) -> dict[str, Any]:
    waits = {name: f"{record[name]}ms" for name in _WAITS if record.get(name)}
    broken = {record["manner"]: True} if record["manner"] and not record["drip"] else {}
    asked = {name: record[name] for name in ("error", "status", "answer") if record.get(name) is not None}
    effect = asked | waits | broken
    counts = {name: record[name] for name in ("after", "times", "every", "probability", "seen", "met")}
    return {"id": record["id"], "operation": record["operation"], **effect, **counts}
