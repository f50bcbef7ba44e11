"""What an account has used: units and credits, altogether, today and by operation.

One record counts what was charged; what tasks cost that have failed since is taken off again whenever it is read,
so that the sum is a function of records and now. Knows no limits.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from emulator import clock
from emulator.behaviours import tasks
from emulator.store.base import Record, Store

TABLE = "meter"
_KEY = "used"
_NOTHING: Record = {"credits": 0, "units": 0, "granted_at": 0, "day": None, "today": 0, "operations": {}}


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


def _used(record: Record, freed: list[Mapping[str, Any]], now: int, zone: int) -> Used:
    today = clock.day(now, zone)
    credits = record["credits"] - sum(task["credits"] for task in freed)
    return Used(
        credits=credits,
        units=record["units"] - sum(task["units"] for task in freed),
        on_day=(record["today"] if record["day"] == today else 0)
        - sum(task["units"] for task in freed if clock.day(task["created"], zone) == today),
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
