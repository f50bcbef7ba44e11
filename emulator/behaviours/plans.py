"""How tasks run: for how long, or for how many polls, or for ever, and whether they end well.

A plan is made of facts that others may leave out: what an account's plan for an operation does not say, its plan for
all operations says, then the plan for all accounts, then the decisions. What is drawn is copied into the task.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from emulator import clock
from emulator.behaviours.world import SHARED, Call, World
from emulator.spec.models import Service
from emulator.store.base import Record, Store

TABLE = "plan"
ALL = "all"  # in place of an operation
_KEY = "self"
_DAY = clock.duration("1d")
AT_ONCE: Record = {"duration": 0, "polls": None, "outcome": "success"}
Plan = Mapping[str, Any]  # any of: how {duration, polls, nights}, outcome
Plans = Mapping[str, Plan]  # by operation, or `all`


def lasting(milliseconds: int | None) -> Plan:
    """Running for so long; None for ever."""
    return {"how": {"duration": milliseconds, "polls": None}}


def polled(times: int) -> Plan:
    """Running for so many polls."""
    return {"how": {"duration": None, "polls": times}}


def overnight(nights: int = 1) -> Plan:
    """Running until work that is done at night has ended, as batches of pictures do."""
    return {"how": {"duration": None, "polls": None, "nights": nights}}


def plan_of(call: Call) -> Record:
    """The plan of a task that a call creates: what its request asks for by a reserved value comes first."""
    levels = [call.asked.plan, *_levels(call.world, call.account.id, call.account.plan, call.operation.id)]
    service = call.world.service
    return _timed(_merged([*levels, usual(service, call.operation.id)]), service, call.now)


def effective(world: World, account_id: str, settings: Plans | None, operation_id: str) -> Record:
    """The plan that a task of an operation would get."""
    return _merged([*_levels(world, account_id, settings, operation_id), usual(world.service, operation_id)])


def usual(service: Service, operation_id: str) -> Plan:
    """How tasks of an operation run of which nobody has said anything."""
    operation = service.operations.get(operation_id)
    if operation and operation.creates and operation.creates.runs == "batch_search_hours":
        return overnight()
    if operation and operation.creates and operation.creates.runs == "valuation_duration":
        return lasting(service.values.valuation_duration)
    return lasting(service.values.task_duration)


def set_for(store: Store, subject: str, plans: Plans | None) -> None:
    """The plans of an account, or with SHARED of all, in place of what was planned before."""
    if plans is None:
        store.drop(subject, TABLE, _KEY)
    else:
        store.put(subject, TABLE, _KEY, plans)


def written(plan: Plan) -> dict[str, Any]:
    """A plan as the control API writes it, without what it leaves out."""
    words = {"success": "success", "failed": "fail"}
    outcome = {"outcome": words[plan["outcome"]]} if "outcome" in plan else {}
    return {**(_how_written(plan["how"]) if "how" in plan else {}), **outcome}


def told(drawn: Record) -> dict[str, Any]:
    """The plan that a task was made with, likewise."""
    return written({"how": drawn, "outcome": drawn["outcome"]})


def _how_written(how: Record) -> dict[str, Any]:
    if "nights" in how:
        return {"overnight": True}
    if how["polls"] is not None:
        return {"polls": how["polls"]}
    if how["duration"] is None:
        return {"hold": True}
    return {"duration": clock.seconds(how["duration"])} if how["duration"] else {"immediate": True}


def _levels(world: World, account_id: str, settings: Plans | None, operation_id: str) -> Iterator[Plan]:
    for plans in (world.store.get(account_id, TABLE, _KEY), settings, world.store.get(SHARED, TABLE, _KEY)):
        if plans:
            yield plans.get(operation_id, {})
            yield plans.get(ALL, {})


def _timed(plan: Record, service: Service, now: int) -> Record:
    """The plan with its nights made into a duration from now."""
    if "nights" not in plan:
        return plan
    ends = clock.next_time(now, service.values.batch_search_hours, service.values.day_zone)
    nights = plan["nights"] - 1
    return {**lasting(ends - now + nights * _DAY)["how"], "outcome": plan["outcome"]}


def _merged(levels: list[Plan]) -> Record:
    """The first word on each question counts."""
    how = next(level["how"] for level in levels if "how" in level)
    outcome = next((level["outcome"] for level in levels if "outcome" in level), "success")
    return {**how, "outcome": outcome}
