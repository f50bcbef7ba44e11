"""Pinned answers: what somebody wants answered to certain calls, in place of what a behaviour would do.

A space keeps its stubs by operation, so that a call looks at its own only. Whether an answer fits the documents is
judged where stubs come in; the account's own go before those for all accounts.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from emulator.behaviours.world import SHARED, Call, Outcome
from emulator.store.base import Record, Store

TABLE = "stubs"


def answer(call: Call) -> Outcome | None:
    """The answer of the first stub that fits a call whose request is sound; None when the behaviour shall answer."""
    for space, whose in ((call.account.id, "of the account"), (SHARED, "for all accounts")):
        kept = call.world.store.get(space, TABLE, call.operation.id)
        for stub in kept["stubs"] if kept else ():
            if fits(stub["match"], call.values):
                call.remark(f"stub {stub['place']} {whose} answered")
                return Outcome(stub["data"], stub["found"])
    return None


def fits(match: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Whether checked parameters are those of a stub. Null stands for a parameter that is absent."""
    return all(_same(wanted, values.get(name)) for name, wanted in match.items())


def counted(data: Any) -> int:
    """How many results an answer is billed for, where nobody says so."""
    return len(data) if isinstance(data, list) else int(data not in (None, "", {}))


def replace(store: Store, space: str, stubs: Sequence[Mapping[str, Any]]) -> None:
    """Keep stubs in place of all that the space had."""
    forget(store, space)
    by_operation: dict[str, list[Record]] = {}
    for place, stub in enumerate(stubs):
        by_operation.setdefault(stub["operation"], []).append({"place": place, **stub})
    for operation_id, own in by_operation.items():
        store.put(space, TABLE, operation_id, {"stubs": own})


def kept(store: Store, space: str) -> list[Record]:
    """The stubs of a space in their order."""
    found = [stub for _, record in store.scan(space, TABLE) for stub in record["stubs"]]
    return [
        {name: value for name, value in stub.items() if name != "place"}
        for stub in sorted(found, key=lambda stub: int(stub["place"]))
    ]


def forget(store: Store, space: str) -> None:
    store.clear(space, frozenset({TABLE}))


def _same(wanted: Any, value: Any) -> bool:
    """A list is also written as a text with commas, as in a query. True is not 1, as in JSON."""
    if isinstance(value, list) and isinstance(wanted, str):
        wanted = [item for part in wanted.split(",") if (item := part.strip())]
    return bool(wanted == value) and isinstance(wanted, bool) is isinstance(value, bool)
