"""How plans for tasks are written in JSON: a word, one plan, or plans by operation."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, model_validator

from emulator import clock
from emulator.behaviours import plans
from emulator.behaviours.tasks import State
from emulator.server.control.answers import Refused, parsed
from emulator.spec.models import Service
from emulator.spec.typos import likely

_WORDS = ("immediate", "hold", "overnight")
_HOW = (*_WORDS, "duration", "polls")
_LONGEST = clock.duration("36000d")  # what starts as late as clocks go still ends in a year that formats

_EMPTY = f"one of {', '.join(_HOW)} or outcome is expected"


def _duration(value: object) -> int:
    if not isinstance(value, str):
        raise ValueError("a duration is written as a text, such as 6s")
    milliseconds = clock.duration(value)
    if milliseconds > _LONGEST:
        raise ValueError("36000d is the longest")
    return milliseconds


def _true(value: object) -> object:
    if value is not True:
        raise ValueError("true is expected, or nothing")
    return value


Duration = Annotated[int, BeforeValidator(_duration), Field(json_schema_extra={"type": "string"})]
Flag = Annotated[Literal[True], BeforeValidator(_true)]


class OnePlan(BaseModel):
    """How tasks run, and how they end; what is left out is what it was without this plan."""

    model_config = ConfigDict(extra="forbid", strict=True)

    immediate: Flag | None = None
    hold: Flag | None = None
    overnight: Flag | None = None
    duration: Duration | None = None
    polls: int | None = Field(default=None, ge=0, le=1_000_000)
    outcome: Literal["success", "fail"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_way(cls, value: object) -> object:
        if isinstance(value, dict):
            given = [name for name in _HOW if name in value]
            if len(given) > 1:
                raise ValueError(f"a task runs in one way: {' and '.join(given)} do not go together")
            if not value:
                raise ValueError(_EMPTY)
            for name in value:
                if name in OnePlan.model_fields and value[name] is None:
                    raise ValueError(f"{name} is null")
        return value

    def plan(self) -> dict[str, Any]:
        outcome = {"outcome": State.FAILED if self.outcome == "fail" else State.SUCCESS} if self.outcome else {}
        return {**self._how(), **outcome}

    def _how(self) -> Mapping[str, Any]:
        if self.immediate:
            return plans.lasting(0)
        if self.hold:
            return plans.lasting(None)
        if self.overnight:
            return plans.overnight()
        if self.polls is not None:
            return plans.polled(self.polls)
        return {} if self.duration is None else plans.lasting(self.duration)


Word = Literal["immediate", "hold", "overnight"]


class PlansBody(RootModel[Word | OnePlan | dict[str, Word | OnePlan]]):
    """One plan for all operations; or several, by operation, with `all` for the others."""


def plans_of(value: Any, service: Service, field: str = "plan") -> dict[str, Any]:
    """Plans by operation, as they are kept. Raises Refused naming the field."""
    if isinstance(value, str) or (isinstance(value, dict) and not value.keys().isdisjoint(OnePlan.model_fields)):
        value = {plans.ALL: value}
    if not isinstance(value, dict):
        raise Refused(400, f"{field}: a word, a plan, or plans by operation are expected")
    if not value:
        raise Refused(400, f"{field}: {_EMPTY}")
    known = [plans.ALL, *_makers_of_tasks(service)]
    for name in value:
        if name not in known:
            hint = likely(name, [*known, *OnePlan.model_fields])
            raise Refused(400, f"{field}: {name[:60]!r} is no operation that makes tasks{hint}")
    return {name: _one(plan, f"{field}.{name}" if name != plans.ALL else field) for name, plan in value.items()}


def _one(value: Any, field: str) -> dict[str, Any]:
    if isinstance(value, str):
        if value not in _WORDS:
            raise Refused(400, f"{field}: {value[:60]!r} is no way to run{likely(value, _WORDS)}")
        value = {value: True}
    if not isinstance(value, dict):
        raise Refused(400, f"{field}: a word or an object is expected")
    try:
        body: OnePlan = parsed(OnePlan, value)
    except Refused as refused:
        raise Refused(refused.status, f"{field}: {refused.sentence.removeprefix('the body: ')}") from refused
    return body.plan()


def _makers_of_tasks(service: Service) -> list[str]:
    return [one.id for one in service.operations.values() if one.makes_tasks]
