"""Clocks by the control API: `advance`, `set`, `freeze`, and for all `rate`."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from starlette.requests import Request
from starlette.responses import Response

from emulator import clock
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.clocks import BackwardsError, Clocks
from emulator.behaviours.world import SHARED
from emulator.server.control.accounts import subject
from emulator.server.control.answers import Json, Refused, body_of, parsed
from emulator.server.control.pages import Page


class ClockBody(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    advance: Annotated[int, BeforeValidator(clock.duration)] | None = None
    set: Annotated[int, BeforeValidator(clock.instant)] | None = None
    freeze: bool | None = None
    rate: float | None = Field(default=None, gt=0, le=1_000_000, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _one_order(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        if len(value) != 1:
            raise ValueError("exactly one of advance, set, freeze and rate is expected")
        for name, example in (("advance", "8h"), ("set", "2026-01-01T00:00:00Z")):
            if name in value and not isinstance(value[name], str):
                raise ValueError(f"{name} is written as a text, such as {example}")
        if None in value.values():
            raise ValueError(f"{next(iter(value))} is null")
        return value


class ClockPages:
    def __init__(self, accounts: Accounts, clocks: Clocks) -> None:
        self._accounts = accounts
        self._clocks = clocks

    def pages(self) -> list[Page]:
        return [
            Page("GET", "/clock", self.show, "What time it is.", each=True),
            Page("POST", "/clock", self.move, "Let time pass, stand still, or run faster.", ClockBody, each=True),
        ]

    async def show(self, request: Request) -> Response:
        return Json(self._clocks.describe(subject(self._accounts, request)))

    async def move(self, request: Request) -> Response:
        space = subject(self._accounts, request)
        self._move(space, parsed(ClockBody, await body_of(request)))
        return Json(self._clocks.describe(space))

    def _move(self, subject: str, order: ClockBody) -> None:
        if order.rate is not None and subject != SHARED:
            raise Refused(400, "rate: time passes at one rate for all; POST it to /_emulator/clock")
        try:
            if order.advance is not None:
                self._clocks.advance(subject, order.advance)
            elif order.set is not None:
                self._clocks.set(subject, order.set)
            elif order.freeze is not None:
                self._clocks.freeze(subject, order.freeze)
            elif order.rate is not None:
                self._clocks.run_at(order.rate)
        except BackwardsError as error:
            raise Refused(409, str(error)) from error
