"""Work that takes time: tasks recorded once, whose state is computed from the record and now.

A record holds facts only: when, by what plan, with what outcome, and what somebody ordered since. Nothing ticks:
ten missed polls later the state is still right. What a task works on is its operation's business.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from emulator import clock, entropy
from emulator.behaviours.world import Call
from emulator.errors import ApiError, Cause
from emulator.spec.models import Creation
from emulator.store.base import Record

TASKS, SEARCHES = "tasks", "searches"


class State(StrEnum):
    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"
    EXPIRED = "expired"


def finished_at(task: Record) -> int | None:
    """The instant at which a task ends, whatever now is; None for one that is held for ever."""
    if (order := task["order"]) is not None:
        return None if order["state"] == State.RUNNING else int(order["at"])
    plan = task["plan"]
    return None if plan["duration"] is None else int(task["created"]) + int(plan["duration"])


def expires_at(task: Record) -> int | None:
    """The instant from which a task no longer answers. A life that starts with success starts only then.

    It counts from the whole second of success, as the link to what was made does.
    """
    if task["life_from"] == "creation":
        return int(task["created"]) + int(task["life"])
    ends = finished_at(task)
    return None if ends is None else ends - ends % 1000 + int(task["life"])


def state_at(task: Record, now: int) -> State:
    """The state at an instant. Expiry beats everything; then what was ordered; then the plan."""
    order = task["order"]
    expires = expires_at(task)
    if (order and order["state"] == State.EXPIRED) or (expires is not None and now >= expires):
        return State.EXPIRED
    ends = finished_at(task)
    if ends is None or now < ends:
        return State.RUNNING
    return State(order["state"]) if order else State(task["plan"]["outcome"])


def create(call: Call, facts: Mapping[str, Any]) -> str:
    """Record what the call's operation creates; its id.

    The id of a page's example is given from outside and is finished at once, and so is a search.
    """
    service, creates = call.world.service, call.operation.creates
    assert creates is not None, f"{call.operation.id} says in x-creates what it records"
    task_id = call.documented_id or _new_id(call.draw("task"), creates.form)
    at_once = call.documented_id is not None or creates.table == SEARCHES
    record = {
        "id": task_id,
        "operation": call.operation.id,
        "created": call.now,
        "life": _life(call, creates),
        "life_from": service.lives[creates.life].start,
        "plan": {
            "duration": 0 if at_once else service.values.task_duration,
            "outcome": State.SUCCESS,
        },
        "order": None,
        "facts": dict(facts),
    }
    call.world.store.put(call.account.id, creates.table, key(call.operation.id, task_id), record)
    return task_id


def _life(call: Call, creates: Creation) -> int:
    shortened = call.account.search_id_lifetime if creates.table == SEARCHES else None
    return call.world.service.life(creates.life) if shortened is None else shortened


def find(call: Call, parameter: str) -> tuple[Record, State]:
    """The task a call asks for and its state. Unknown, foreign and expired ids are refused alike."""
    maker = call.world.service.operations[str(call.operation.reads)]
    assert maker.creates is not None, f"{maker.id} says in x-creates what it records"
    task = call.world.store.get(call.account.id, maker.creates.table, key(maker.id, str(call.values[parameter])))
    if task is None:
        raise ApiError(Cause.PARAMETER_INVALID, f"{parameter} names nothing that {maker.id} created for this account")
    state = state_at(task, call.now)
    if state is State.EXPIRED:
        raise ApiError(Cause.PARAMETER_INVALID, f"{parameter} has expired: {_end_told(task)}")
    return task, state


def order(task: Record, state: State, now: int) -> Record:
    """The record with a state ordered from outside. Raises ValueError for one that has expired already."""
    if state_at(task, now) is State.EXPIRED:
        raise ValueError("the task has expired, which is final")
    return {**task, "order": {"state": state, "at": now}}


def described(task: Record, now: int) -> dict[str, Any]:
    """A task as the control API shows it."""
    ends, expires = finished_at(task), expires_at(task)
    return {
        "id": task["id"],
        "operation": task["operation"],
        "state": state_at(task, now),
        "created": clock.iso(task["created"]),
        "finishes": clock.iso(ends) if ends is not None else None,
        "expires": clock.iso(expires) if expires is not None else None,
        "ordered": task["order"]["state"] if task["order"] else None,
    }


def _end_told(task: Record) -> str:
    if task["order"] is not None and task["order"]["state"] == State.EXPIRED:
        return "it was ordered to, by the control API"
    return f"it lives {task['life'] // 1000} s from {task['life_from']} (created {clock.iso(task['created'])})"


def _new_id(raw: bytes, form: str) -> str:
    dashed = entropy.dashed(raw)
    match form:
        case "hex":
            return dashed.replace("-", "")
        case "search":
            return dashed.replace("-", "").upper() + "-1-D"
        case _:
            return dashed


def key(operation_id: str, task_id: str) -> str:
    return f"{operation_id}/{task_id}"
