"""What a store can do, in one page.

A store keeps records (JSON objects) under space, table and key, bytes beside them, and bounded logs. Spaces never
see each other. It knows nothing of what the records mean and never looks at a clock: nothing vanishes by itself.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Log:
    """What is left of a log: its entries, each with its place among those of the logs given out with it, and how many
    are lost. Places tell nothing of logs that were not given out."""

    entries: Sequence[tuple[int, Record]] = ()
    lost: int = 0


@dataclass(frozen=True)
class Contents:
    """All that a space holds, by table and key; tables that hold nothing are left out.

    Keys stand in the order in which they first came, entries in that of their places.
    """

    records: Mapping[str, Mapping[str, Record]] = field(default_factory=dict)
    blobs: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    logs: Mapping[str, Log] = field(default_factory=dict)


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
        """A number that every record added to a log raises, of one space or of all; 0 for an empty log. Cheap.

        It is one more than the last entry's place. What is added after clearing raises it above what it ever was.
        """

    def dropped(self, log: str, space: str) -> int:
        """How many records a log has lost to its bound."""

    def clear(self, space: str, tables: frozenset[str] | None = None) -> None:
        """Forget a space's records, bytes and logs, or only those of some tables."""

    def spaces(self) -> list[str]:
        """The spaces that hold anything, in the order in which they first did."""

    def tables(self, space: str) -> list[str]:
        """The names of a space's tables and logs that hold anything, each once."""

    def export(self, spaces: Collection[str]) -> dict[str, Contents]:
        """What these spaces hold, all of it at one moment. Changing what is returned does not change what is kept."""

    def replace(self, contents: Mapping[str, Contents]) -> None:
        """Let each of these spaces hold this and nothing else; all of them, or none when something cannot be kept.

        From now on they stand after all other spaces, in this order. Entries of logs keep their places; what is
        appended later comes after all of them.
        """
