"""A store in this process's memory. Gone when the process ends.

Records are kept as JSON text, so that what works here works in a store on disk, and no caller can change a
record by holding on to it.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from threading import RLock
from typing import Any

import orjson

from emulator.store.base import Contents, Log, Record


class MemoryStore:
    def __init__(self) -> None:
        self._lock = RLock()
        self._records: dict[str, dict[str, dict[str, bytes]]] = {}
        self._bytes: dict[str, dict[str, dict[str, bytes]]] = {}
        self._logs: dict[str, dict[str, deque[tuple[int, bytes]]]] = {}
        self._lost: dict[tuple[str, str], int] = {}
        self._next_place = 0  # of an entry among those of all logs
        self._met: dict[str, None] = {}  # spaces in the order in which they first held anything

    def get(self, space: str, table: str, key: str) -> Record | None:
        text = self._records.get(space, {}).get(table, {}).get(key)
        return None if text is None else orjson.loads(text)

    def put(self, space: str, table: str, key: str, record: Record) -> None:
        text = orjson.dumps(record)
        with self._lock:
            self._met.setdefault(space)
            self._records.setdefault(space, {}).setdefault(table, {})[key] = text

    def change(self, space: str, table: str, key: str, step: Callable[[Record | None], Record]) -> Record:
        with self._lock:
            record = step(self.get(space, table, key))
            self.put(space, table, key, record)
        return record

    def drop(self, space: str, table: str, key: str) -> bool:
        with self._lock:
            self._bytes.get(space, {}).get(table, {}).pop(key, None)
            return self._records.get(space, {}).get(table, {}).pop(key, None) is not None

    def scan(self, space: str, table: str) -> Iterator[tuple[str, Record]]:
        with self._lock:
            kept = list(self._records.get(space, {}).get(table, {}).items())
        for key, text in kept:
            yield key, orjson.loads(text)

    def put_bytes(self, space: str, table: str, key: str, content: bytes) -> None:
        with self._lock:
            self._met.setdefault(space)
            self._bytes.setdefault(space, {}).setdefault(table, {})[key] = content

    def get_bytes(self, space: str, table: str, key: str) -> bytes | None:
        return self._bytes.get(space, {}).get(table, {}).get(key)

    def append(self, space: str, log: str, record: Record, keep: int) -> None:
        text = orjson.dumps(record)
        with self._lock:
            self._met.setdefault(space)
            entries = self._logs.setdefault(space, {}).setdefault(log, deque())
            entries.append((self._next_place, text))
            self._next_place += 1
            while len(entries) > keep:
                entries.popleft()
                self._lost[space, log] = self._lost.get((space, log), 0) + 1

    def read_log(self, log: str, space: str | None = None, after: int = 0) -> Iterator[tuple[str, Record]]:
        with self._lock:
            chosen = [space] if space is not None else list(self._logs)
            entries = [
                (place, name, text)
                for name in chosen
                for place, text in self._logs.get(name, {}).get(log, ())
                if place >= after
            ]
        for _, name, text in sorted(entries, key=lambda entry: entry[0]):
            yield name, orjson.loads(text)

    def appended(self, log: str, space: str | None = None) -> int:
        with self._lock:
            logs = [self._logs.get(space, {})] if space is not None else self._logs.values()
            return max((part[log][-1][0] + 1 for part in logs if part.get(log)), default=0)

    def dropped(self, log: str, space: str) -> int:
        return self._lost.get((space, log), 0)

    def clear(self, space: str, tables: frozenset[str] | None = None) -> None:
        with self._lock:
            parts: tuple[dict[str, dict[str, Any]], ...] = (self._records, self._bytes, self._logs)
            for part in parts:
                for table in list(part.get(space, {})):
                    if tables is None or table in tables:
                        del part[space][table]
                if not part.get(space):
                    part.pop(space, None)
            for entry in [
                entry for entry in self._lost if entry[0] == space and (tables is None or entry[1] in tables)
            ]:
                del self._lost[entry]

    def spaces(self) -> list[str]:
        with self._lock:
            parts = (self._records, self._bytes, self._logs)
            return [space for space in self._met if any(any(part.get(space, {}).values()) for part in parts)]

    def tables(self, space: str) -> list[str]:
        with self._lock:
            parts: tuple[dict[str, dict[str, Any]], ...] = (self._records, self._bytes, self._logs)
            return list(dict.fromkeys(name for part in parts for name, held in part.get(space, {}).items() if held))

    def export(self, spaces: Collection[str]) -> dict[str, Contents]:
        with self._lock:
            logs = [log for space in spaces for log in self._logs.get(space, {}).values()]
            ranks = {place: rank for rank, place in enumerate(sorted(place for log in logs for place, _ in log))}
            return {space: self._contents(space, ranks) for space in spaces}

    def _contents(self, space: str, ranks: Mapping[int, int]) -> Contents:
        records, blobs, logs = self._records.get(space, {}), self._bytes.get(space, {}), self._logs.get(space, {})
        return Contents(
            {table: {key: orjson.loads(text) for key, text in held.items()} for table, held in records.items() if held},
            {table: dict(held) for table, held in blobs.items() if held},
            {
                name: Log([(ranks[place], orjson.loads(text)) for place, text in entries], self.dropped(name, space))
                for name, entries in logs.items()
                if entries
            },
        )

    def replace(self, contents: Mapping[str, Contents]) -> None:
        written = {space: _written(held) for space, held in contents.items()}  # raises before anything is changed
        with self._lock:
            for space, (records, blobs, logs) in written.items():
                self._met.pop(space, None)
                if records or blobs or logs:
                    self._met[space] = None
                self._records[space], self._bytes[space], self._logs[space] = records, blobs, logs
                self._lost = {entry: lost for entry, lost in self._lost.items() if entry[0] != space}
                for log, kept in contents[space].logs.items():
                    self._lost[space, log] = kept.lost
                    self._next_place = max(self._next_place, *(place + 1 for place, _ in kept.entries[-1:]), 0)


Blobs = dict[str, dict[str, bytes]]


def _written(contents: Contents) -> tuple[Blobs, Blobs, dict[str, deque[tuple[int, bytes]]]]:
    return (
        {
            table: {key: orjson.dumps(record) for key, record in records.items()}
            for table, records in contents.records.items()
        },
        {table: dict(held) for table, held in contents.blobs.items()},
        {
            name: deque((place, orjson.dumps(record)) for place, record in log.entries)
            for name, log in contents.logs.items()
        },
    )
