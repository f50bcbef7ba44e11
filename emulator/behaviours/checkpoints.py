"""Checkpoints: snapshots kept inside the server, by account and name.

They lie in the space that outlives resets and restores, so that any of them can be gone back to at any time.
"""

import re
from collections.abc import Iterator
from typing import Any

import orjson

from emulator import clock
from emulator.behaviours import snapshot_form
from emulator.behaviours.snapshots import Snapshots
from emulator.behaviours.world import KEPT, SHARED, World
from emulator.store.base import Record

TABLE = "checkpoints"
NAME_RULE = "1 to 64 letters, digits, '.', '_' and '-'"
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Checkpoints:
    """`account` is an account's id everywhere, or `SHARED` for checkpoints of all."""

    def __init__(self, world: World, snapshots: Snapshots) -> None:
        self._world = world
        self._store = world.store
        self._snapshots = snapshots

    def save(self, account: str, name: str) -> bool:
        """Keep what stands now, in place of a checkpoint of the same name; whether the name is new."""
        with self._world.at_work:
            snapshot = self._snapshots.take(account)
            content = snapshot_form.written(snapshot)
            new = self.find(account, name) is None
            record = {"account": account, "name": name, "now": snapshot.clock.now, "size": len(content)}
            self._store.put_bytes(KEPT, TABLE, _key(account, name), content)
            self._store.put(KEPT, TABLE, _key(account, name), record)
        return new

    def restore(self, account: str, name: str) -> None:
        """Go back to a checkpoint that is there. Raises Misfit when it was kept by another server's program."""
        content = self._store.get_bytes(KEPT, TABLE, _key(account, name))
        assert content is not None, "a checkpoint that is described has its contents"
        body = orjson.loads(content)
        snapshot_form.refuse_other_format(body)
        self._snapshots.restore(snapshot_form.SnapshotBody.model_validate(body).snapshot(), account)

    def drop(self, account: str, name: str) -> None:
        self._store.drop(KEPT, TABLE, _key(account, name))

    def find(self, account: str, name: str) -> Record | None:
        return self._store.get(KEPT, TABLE, _key(account, name))

    def listed(self, account: str) -> Iterator[Record]:
        """Those of an account; for all, those of every account as well."""
        for _, record in self._store.scan(KEPT, TABLE):
            if account in (SHARED, record["account"]):
                yield record


def may_be_called(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def described(record: Record) -> dict[str, Any]:
    """A checkpoint as the control API shows it; its account is null when it is of all."""
    return {**record, "account": record["account"] or None, "now": clock.iso(record["now"])}


def _key(account: str, name: str) -> str:
    return f"{account}/{name}"  # an account's id has no slash
