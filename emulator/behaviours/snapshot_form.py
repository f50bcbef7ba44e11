"""What a snapshot looks like as JSON: written from one, and read back into one, field by field.

Order is never left to JSON objects: spaces, records and entries of logs stand in lists. Whether a snapshot fits this
server is not known here.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Annotated, Any

import orjson
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, WithJsonSchema

from emulator import clock
from emulator.behaviours.clocks import Face
from emulator.behaviours.snapshots import Misfit, Snapshot, Unsound
from emulator.behaviours.world import SHARED
from emulator.store.base import Contents, Log

FORMAT = 1


def _instant(value: object) -> int:
    if not isinstance(value, str):
        raise ValueError("an instant is written as a text, such as 2026-01-01T00:00:00Z")
    return clock.instant(value)


def _bytes(value: object) -> bytes:
    if not isinstance(value, str):
        raise ValueError("bytes are written as a text in base64")
    try:
        return base64.b64decode(value, validate=True)
    except ValueError as error:
        raise ValueError("is no base64") from error


def _text(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise ValueError("is no text") from error
    return name


def _storable(record: dict[str, Any]) -> dict[str, Any]:
    try:
        orjson.dumps(record)
    except TypeError as error:
        raise ValueError(f"cannot be kept: {error}") from error
    return record


def _once(pairs: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    _refuse_doubles(key for key, _ in pairs)
    return pairs


def _in_order(entries: list[tuple[int, Any]]) -> list[tuple[int, Any]]:
    if any(later <= earlier for (earlier, _), (later, _) in pairwise(entries)):
        raise ValueError("the places of entries rise from each to the next")
    return entries


def _refuse_doubles(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{name[:140]!r} occurs twice")
        seen.add(name)


def _each_space_once(spaces: "list[SpaceBody]") -> "list[SpaceBody]":
    _refuse_doubles(held.space for held in spaces)
    return spaces


Name = Annotated[str, AfterValidator(_text)]
Whole = Annotated[int, Strict(), Field(ge=0, le=2**53)]
Kept = Annotated[dict[str, Any], AfterValidator(_storable)]
Base64 = Annotated[
    bytes, BeforeValidator(_bytes), WithJsonSchema({"type": "string", "contentEncoding": "base64"}, mode="validation")
]
Instant = Annotated[int, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClockBody(_Body):
    """How the clock stood; `rate` is null for an account's."""

    now: Instant
    frozen: Annotated[bool, Strict()]
    rate: float | None = Field(gt=0, le=1_000_000, allow_inf_nan=False)


class LogBody(_Body):
    """Entries with their places among those of all accounts, and how many the log has lost to its bound."""

    lost: Whole
    entries: Annotated[list[tuple[Whole, Kept]], AfterValidator(_in_order)]


class SpaceBody(_Body):
    """What one account holds, or, where `space` is empty, what belongs to none."""

    space: Name
    records: dict[Name, Annotated[list[tuple[Name, Kept]], AfterValidator(_once)]]
    blobs: dict[Name, Annotated[list[tuple[Name, Base64]], AfterValidator(_once)]]
    logs: dict[Name, LogBody]

    def contents(self) -> Contents:
        return Contents(
            {table: dict(pairs) for table, pairs in self.records.items() if pairs},
            {table: dict(pairs) for table, pairs in self.blobs.items() if pairs},
            {name: Log(log.entries, log.lost) for name, log in self.logs.items() if log.entries},
        )


class SnapshotBody(_Body):
    """`account` is null for a snapshot of all."""

    format: Annotated[int, Strict()]
    program: str
    account: Annotated[Name, Field(min_length=1)] | None
    seed: Annotated[int, Strict()]
    corpus: str
    clock: ClockBody
    digest: str
    contents: Annotated[list[SpaceBody], AfterValidator(_each_space_once)]

    def snapshot(self) -> Snapshot:
        return Snapshot(
            account=self.account or SHARED,
            program=self.program,
            seed=self.seed,
            corpus=self.corpus,
            clock=Face(self.clock.now, self.clock.frozen, self.clock.rate),
            contents={held.space: held.contents() for held in self.contents},
        )


def refuse_other_format(body: Mapping[str, Any]) -> None:
    """Looked at before all else: of another format nothing else can be said."""
    if type(body.get("format")) is int and body["format"] != FORMAT:
        raise Misfit(f"the snapshot has format {body['format']}; this emulator reads format {FORMAT}")


def written(snapshot: Snapshot) -> bytes:
    """A snapshot as JSON."""
    face = snapshot.clock
    contents = orjson.dumps([_space(space, held) for space, held in snapshot.contents.items()])
    return orjson.dumps(
        {
            "format": FORMAT,
            "program": snapshot.program,
            "account": None if snapshot.account == SHARED else snapshot.account,
            "seed": snapshot.seed,
            "corpus": snapshot.corpus,
            "clock": {"now": clock.iso(face.now), "frozen": face.frozen, "rate": face.rate},
            "digest": digest_of(json.loads(contents)),
            "contents": orjson.Fragment(contents),
        }
    )


def digest_of(contents: Any) -> str:
    """Of contents as they were written, however they are laid out now."""
    return hashlib.sha256(json.dumps(contents, sort_keys=True).encode()).hexdigest()


def refuse_edited(body: Mapping[str, Any]) -> None:
    """Looked at last: what looks like contents of this emulator is not what it wrote."""
    if digest_of(body["contents"]) != body["digest"]:
        raise Unsound("contents: do not have this digest: somebody has edited the snapshot")


def _space(space: str, held: Contents) -> dict[str, Any]:
    return {
        "space": space,
        "records": {table: [[key, _whole(one)] for key, one in kept.items()] for table, kept in held.records.items()},
        "blobs": {
            table: [[key, base64.b64encode(content).decode()] for key, content in kept.items()]
            for table, kept in held.blobs.items()
        },
        "logs": {
            name: {"lost": log.lost, "entries": [[place, _whole(one)] for place, one in log.entries]}
            for name, log in held.logs.items()
        },
    }


def _whole(record: Mapping[str, Any]) -> orjson.Fragment:
    """A record as a piece of JSON by itself, so that one nested as deep as can be kept may still stand deeper."""
    return orjson.Fragment(orjson.dumps(record))
