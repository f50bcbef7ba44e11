"""What an account has used: units and credits, altogether, today and by operation.

One record counts what was charged; what tasks cost that have failed since is taken off again whenever it is read,
so that the sum is a function of records and now. Who forgets tasks settles first, who wants a new bill begins one.
Knows no limits.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from emulator import clock
from emulator.behaviours import tasks
from emulator.store.base import Record, Store

TABLE, CHARGES = "meter", "charges"
SETTLED = "settled"  # by call: the task that was charged and may be forgotten by now, and whether it was given back
_KEY = "used"
_NOTHING: Record = {"credits": 0, "units": 0, "granted_at": 0, "day": None, "zone": 0, "today": 0, "operations": {}}


@dataclass(frozen=True, slots=True)
class Used:
    """Credits and units charged and not given back; units of the day; credits since the balance was last set."""

    credits: int
    units: int
    on_day: int
    since_grant: int


def used(store: Store, account_id: str, now: int, zone: int) -> Used:
    """What an account has used by now. `zone` says where the day begins, in milliseconds east of Greenwich."""
    return _used(store.get(account_id, TABLE, _KEY) or _NOTHING, _freed(store, account_id, now), now, zone)


def charge(store: Store, account_id: str, operation_id: str, units: int, credits: int, now: int, zone: int) -> Record:
    """Count a success, in one step."""
    today = clock.day(now, zone)

    def step(record: Record | None) -> Record:
        record = record or _NOTHING
        calls, all_units, all_credits = record["operations"].get(operation_id, (0, 0, 0))
        return {
            **record,
            "credits": record["credits"] + credits,
            "units": record["units"] + units,
            "day": today,
            "zone": zone,
            "today": units + (record["today"] if record["day"] == today else 0),
            "operations": {
                **record["operations"],
                operation_id: [calls + 1, all_units + units, all_credits + credits],
            },
        }

    return store.change(account_id, TABLE, _KEY, step)


def grant(store: Store, account_id: str, now: int) -> None:
    """What was used until now no longer counts against the balance, which has just been set."""
    credits = (store.get(account_id, TABLE, _KEY) or _NOTHING)["credits"] - sum(
        task["credits"] for task in _freed(store, account_id, now)
    )
    store.change(account_id, TABLE, _KEY, lambda record: {**(record or _NOTHING), "granted_at": credits})


def by_operation(store: Store, account_id: str, now: int) -> dict[str, dict[str, int]]:
    """Calls charged, units and credits of each operation, without what was given back."""
    record = store.get(account_id, TABLE, _KEY) or _NOTHING
    sums = {name: list(sums) for name, sums in record["operations"].items()}
    for task in _freed(store, account_id, now):
        for place, given_back in enumerate((1, task["units"], task["credits"])):
            sums[task["operation"]][place] -= given_back
    return {name: dict(zip(("calls", "units", "credits"), counted, strict=True)) for name, counted in sums.items()}


def outcomes(store: Store, account_id: str, now: int) -> dict[str, Mapping[str, Any]]:
    """By charged call: the `task` it made, and whether what it cost was `given_back`."""
    settled = dict(store.scan(account_id, SETTLED))
    made = [task for _, task in store.scan(account_id, tasks.TASKS) if task["units"] or task["call"] not in settled]
    return {**settled, **{task["call"]: _outcome(task, now) for task in made}}


def settle(store: Store, account_id: str, now: int) -> None:
    """Before tasks are forgotten, or time goes back: what they gave back by now stays given back."""
    for task in _freed(store, account_id, now):
        store.change(account_id, TABLE, _KEY, partial(_without, task))
    for key, task in store.scan(account_id, tasks.TASKS):
        if task["units"]:
            store.put(account_id, SETTLED, task["call"], _outcome(task, now))
            if tasks.has_failed(task, now):
                store.change(account_id, tasks.TASKS, key, _released)


def begin(store: Store, account_id: str) -> None:
    """A new bill on which nothing stands yet; tasks of the old one give nothing back into it."""
    for key, task in store.scan(account_id, tasks.TASKS):
        if task["units"]:
            store.change(account_id, tasks.TASKS, key, _released)
    store.clear(account_id, frozenset({TABLE, CHARGES, SETTLED}))


def _outcome(task: Record, now: int) -> Record:
    return {"task": task["id"], "given_back": tasks.has_failed(task, now)}


def _released(task: Record | None) -> Record:
    """A task that gives nothing back (any more)."""
    assert task is not None, "nobody forgets tasks meanwhile"
    return {**task, "units": 0, "credits": 0}


def _without(task: Record, record: Record | None) -> Record:
    """The record as if a task had not been charged."""
    assert record is not None, "what was charged was counted"
    calls, units, credits = record["operations"][task["operation"]]
    on_day = clock.day(task["created"], record["zone"]) == record["day"]
    return {
        **record,
        "credits": record["credits"] - task["credits"],
        "units": record["units"] - task["units"],
        "today": record["today"] - task["units"] * on_day,
        "operations": {
            **record["operations"],
            task["operation"]: [calls - 1, units - task["units"], credits - task["credits"]],
        },
    }


def _used(record: Record, freed: list[Mapping[str, Any]], now: int, zone: int) -> Used:
    today = clock.day(now, zone)
    credits = record["credits"] - sum(task["credits"] for task in freed)
    return Used(
        credits=credits,
        units=record["units"] - sum(task["units"] for task in freed),
        on_day=(record["today"] if record["day"] == today else 0)
        - sum(task["units"] for task in freed if clock.day(task["created"], zone) == today == record["day"]),
        since_grant=credits - record["granted_at"],
    )


def _freed(store: Store, account_id: str, now: int) -> list[Mapping[str, Any]]:
    """The tasks that were charged and have failed by now."""
    return [task for task in _may_have_failed(store, account_id) if tasks.has_failed(task, now)]


def _may_have_failed(store: Store, account_id: str) -> Iterator[Mapping[str, Any]]:
    for key, _ in store.scan(account_id, tasks.FAILING):
        task = store.get(account_id, tasks.TASKS, key)
        if task is not None and task["units"]:
            yield task
