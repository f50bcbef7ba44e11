"""What a store can do, in one page.

A store keeps records (JSON objects) under space, table and key, bytes beside them, and bounded logs. Spaces never
see each other. It knows nothing of what the records mean and never looks at a clock: nothing vanishes by itself.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

Record = Mapping[str, Any]


class Store(Protocol):
    def get(self, space: str, table: str, key: str) -> Record | None:
        """The record, or None. Changing what is returned does not change what is kept."""

    def put(self, space: str, table: str, key: str, record: Record) -> None:
        """Keep a record, in place of one with the same key."""

    def change(self, space: str, table: str, key: str, step: Callable[[Record | None], Record]) -> Record:
        """Atomically replace a record by `step(record)`, and return the new one. If `step` raises, nothing changes."""

    def drop(self, space: str, table: str, key: str) -> bool:
        """Forget a record; whether there was one."""

    def scan(self, space: str, table: str) -> Iterator[tuple[str, Record]]:
        """All records of a table with their keys, in the order in which the keys first came."""

    def put_bytes(self, space: str, table: str, key: str, content: bytes) -> None:
        """Keep bytes, apart from records of the same key."""

    def get_bytes(self, space: str, table: str, key: str) -> bytes | None:
        """The bytes, or None."""

    def append(self, space: str, log: str, record: Record, keep: int) -> None:
        """Add a record at the end of a log; of each space's log only the last `keep` stay."""

    def read_log(self, log: str, space: str | None = None, after: int = 0) -> Iterator[tuple[str, Record]]:
        """Space and record of what a log holds, of one space or of all, in the order in which they were added.

        With `after`, only what was added since `appended` said so.
        """

    def appended(self, log: str, space: str | None = None) -> int:
        """The number of the last record a log holds, of one space or of all; 0 for an empty one. Cheap.

        Every record has a higher number than all that were added before it, also when some were cleared since.
        """

    def dropped(self, log: str, space: str) -> int:
        """How many records a log has lost to its bound."""

    def clear(self, space: str, tables: frozenset[str] | None = None) -> None:
        """Forget a space's records, bytes and logs, or only those of some tables."""

    def spaces(self) -> list[str]:
        """The spaces that hold anything, in the order in which they first did."""
