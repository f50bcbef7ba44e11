"""Recorded answers: what a server once answered to an equal request, in place of what a behaviour would do.

They come with the fixtures and hold for all accounts. Requests are equal when all their checked parameters are,
defaults included; a file cannot be compared and counts for nothing. Whether an answer fits the documents is judged
where recordings are read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from emulator.behaviours.world import Call, Outcome, count
from emulator.errors import RequestedError
from emulator.spec.models import Operation

TABLE = "recordings"


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """`found` is how many results the price counts; `file` is where the recording stands; `code` 0 of a success."""

    data: Any
    found: int
    file: str
    code: int = 0


@dataclass(frozen=True, slots=True)
class Recordings:
    """Of each operation, the answers to each request in the order in which they were heard."""

    answers: Mapping[str, Mapping[bytes, tuple[RecordedAnswer, ...]]] = field(default_factory=dict)

    def answer(self, call: Call) -> Outcome | None:
        """The next recorded answer to a call whose request is sound, the last one again and again; None without one.

        Raises RequestedError where it was a refusal.
        """
        own = self.answers.get(call.operation.id)
        if own is None:
            return None
        key = key_of(call.operation, call.values)
        answers = own.get(key)
        if answers is None:
            return None
        chosen = answers[min(self._met(call, key), len(answers) - 1)] if len(answers) > 1 else answers[0]
        if chosen.code:
            raise RequestedError(chosen.code, f"the recording {chosen.file} has this refusal")
        call.remark(f"the recording {chosen.file} answered")
        return Outcome(chosen.data, chosen.found)

    @staticmethod
    def _met(call: Call, key: bytes) -> int:
        """How often the account was answered before; an answer that is lost on purpose does not count."""
        name = f"{call.operation.id} {key.decode()}"
        if call.counts:
            return count(call.world.store, call.account.id, TABLE, name) - 1
        kept = call.world.store.get(call.account.id, TABLE, name)
        return int(kept["made"]) if kept else 0


def key_of(operation: Operation, values: Mapping[str, Any]) -> bytes:
    """Checked parameters as bytes that are equal when they are."""
    told = {
        one.name: values[one.name]
        for one in operation.parameters
        if one.name in values and one.schema_.get("format") != "binary"
    }
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
