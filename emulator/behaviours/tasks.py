"""Work that takes time: tasks recorded once, whose state is computed from the record and now.

A record holds facts only: when, by what plan, how often it was asked for, and what somebody ordered since. Nothing
ticks: ten missed polls later the state is still right. What a task works on is its operation's business.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from emulator import clock, entropy
from emulator.behaviours import plans
from emulator.behaviours.world import Call
from emulator.errors import ApiError, Cause
from emulator.spec.models import Creation
from emulator.store.base import Record, Store

TASKS, SEARCHES, FACTS = "tasks", "searches", "facts"
FAILING = "failing"  # the tasks whose records may say that they have failed: what they cost is given back


class State(StrEnum):
    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"
    EXPIRED = "expired"


_ENDS = (State.FAILED, State.EXPIRED)


def finished_at(task: Record) -> int | None:
    """The instant at which a task ends, whatever now is; None for one that is held, or not yet asked for enough."""
    if (order := task["order"]) is not None:
        return None if order["state"] == State.RUNNING else int(order["at"])
    plan = task["plan"]
    if plan["polls"] is not None:
        return None if task["ended"] is None else int(task["ended"])
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


def has_failed(task: Record, now: int) -> bool:
    """Whether a task has failed by now; one that has expired since has failed all the same."""
    if (order := task["order"]) is not None:
        ordered = order["state"] in _ENDS and State.FAILED in (order["state"], order["was"])
        return ordered and now >= order["at"]  # a clock that was rewound is before the order
    ends, expires = finished_at(task), expires_at(task)
    if task["plan"]["outcome"] != State.FAILED or ends is None or now < ends:
        return False
    return expires is None or ends < expires


def create(call: Call, facts: Mapping[str, Any]) -> str:
    """Record what the call's operation creates; its id."""
    task_id = new_id(call)
    lay_down(call, task_id, facts)
    return task_id


def new_id(call: Call) -> str:
    """An id for what the call's operation creates; that of a page's example is given from outside."""
    return call.documented_id or _written(call.draw("task"), _creation(call).form)


def lay_down(call: Call, task_id: str, facts: Mapping[str, Any], units: int = 1) -> None:
    """Record what the call's operation creates, and for how many units of its price.

    What has the id of a page's example is finished at once, and so is a search.
    """
    service, creates = call.world.service, _creation(call)
    at_once = call.documented_id is not None or creates.table == SEARCHES
    plan = plans.AT_ONCE if at_once else plans.plan_of(call)
    record = {
        "id": task_id,
        "operation": call.operation.id,
        "created": call.now,
        "life": _life(call, creates),
        "life_from": service.lives[creates.life].start,
        "plan": plan,
        "polls": 0,
        "ended": None,
        "order": None,
        "call": call.id(),
        **_charged(call, units),
    }
    place = key(call.operation.id, task_id)
    call.world.store.put(call.account.id, FACTS, place, dict(facts))
    call.world.store.put(call.account.id, creates.table, place, record)
    if plan["outcome"] == State.FAILED:
        call.world.store.put(call.account.id, FAILING, place, {})


def facts_of(store: Store, account_id: str, task: Record) -> Record:
    """What a task works on. It lies apart, because only its result needs it."""
    facts = store.get(account_id, FACTS, key(task["operation"], task["id"]))
    assert facts is not None, "facts are laid down before their task"
    return facts


def _creation(call: Call) -> Creation:
    assert call.operation.creates is not None, f"{call.operation.id} says in x-creates what it records"
    return call.operation.creates


def _charged(call: Call, units: int) -> dict[str, int]:
    """What is given back when the task fails: it is charged when it is accepted, where it costs anything."""
    charged = call.counts and call.price > 0 and call.operation.price.per in ("task", "image")
    return {"units": units, "credits": units * call.price} if charged else {"units": 0, "credits": 0}


def _life(call: Call, creates: Creation) -> int:
    shortened = call.account.search_id_lifetime if creates.table == SEARCHES else None
    return call.world.service.life(creates.life) if shortened is None else shortened


def find(call: Call, parameter: str) -> tuple[Record, State]:
    """The task a call asks for and its state; the asking counts. Unknown, foreign and expired ids are refused alike."""
    maker = call.world.service.operations[str(call.operation.reads)]
    assert maker.creates is not None, f"{maker.id} says in x-creates what it records"
    table, place = maker.creates.table, key(maker.id, str(call.values[parameter]))
    task = call.world.store.get(call.account.id, table, place)
    if task is None:
        raise ApiError(Cause.PARAMETER_INVALID, f"{parameter} names nothing that {maker.id} created for this account")
    state = state_at(task, call.now)
    if state is State.EXPIRED:
        raise ApiError(Cause.PARAMETER_INVALID, f"{parameter} has expired: {_end_told(task)}")
    if state is State.RUNNING and _counts_polls(task) and call.counts:
        task = call.world.store.change(call.account.id, table, place, lambda found: _polled(found, call.now))
        state = state_at(task, call.now)
    return task, state


def _counts_polls(task: Record) -> bool:
    return task["plan"]["polls"] is not None and task["order"] is None


def _polled(task: Record | None, now: int) -> Record:
    """One more answer: it says running until there were as many as planned, and the next one is the end."""
    assert task is not None, "a task is not forgotten while it is asked for"
    if state_at(task, now) is not State.RUNNING or not _counts_polls(task):
        return task
    if task["polls"] < task["plan"]["polls"]:
        return {**task, "polls": task["polls"] + 1}
    return {**task, "ended": now}


def order(task: Record, state: State, now: int) -> Record:
    """The record with a state ordered from outside. Raises ValueError for one that has expired already."""
    was = state_at(task, now)
    if was is State.EXPIRED:
        raise ValueError("the task has expired, which is final")
    if was == state and state is not State.RUNNING:  # it is so since an instant that counts
        return task
    return {**task, "order": {"state": state, "at": now, "was": was}}


def keep_order(store: Store, account_id: str, place: str, state: State, now: int) -> Record:
    """Order a task of an account into a state, in one step."""
    if state is State.FAILED:
        store.put(account_id, FAILING, place, {})

    def step(task: Record | None) -> Record:
        assert task is not None, "only a task that was found is ordered"
        return order(task, state, now)

    return store.change(account_id, TASKS, place, step)


def progress(task: Record, now: int) -> float:
    """How far a running task has come, from 0 to 1: by its time, or by its polls of which this one is the last.

    One that is held has no end, and counts as having come all the way.
    """
    plan = task["plan"]
    if task["order"] is not None or (plan["polls"] is None and plan["duration"] is None):
        return 1.0
    if plan["polls"] is not None:
        return (task["polls"] - 1) / plan["polls"] if plan["polls"] else 1.0
    return (now - task["created"]) / plan["duration"] if plan["duration"] else 1.0


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
        "plan": plans.told(task["plan"]),
        "polls": task["polls"],
        "call": task["call"],
    }


def _end_told(task: Record) -> str:
    if task["order"] is not None and task["order"]["state"] == State.EXPIRED:
        return "it was ordered to, by the control API"
    return f"it lives {task['life'] // 1000} s from {task['life_from']} (created {clock.iso(task['created'])})"


def _written(raw: bytes, form: str) -> str:
    dashed = entropy.dashed(raw)
    match form:
        case "hex":
            return dashed.replace("-", "")
        case "search":
            return dashed.replace("-", "").upper() + "-1-D"
        case "number":  # 19 digits; of more than 16 that differ, readers with 53 bits lose some
            return f"{10**15 + int.from_bytes(raw[:8], 'big') % (3 * 10**15)}000"
        case _:
            return dashed


def key(operation_id: str, task_id: str) -> str:
    return f"{operation_id}/{task_id}"
