"""The kinds of work that take time, read off the documents: who creates, who asks, by which id, and how it stands.

A state is running, success or failed, whatever word or number a page has for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from emulator import clock
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Answer, Departed
from emulator.verifier.conformance.caller import Caller
from emulator.verifier.conformance.places import least

RUNNING, SUCCESS, FAILED = "running", "success", "failed"
_MEANINGS = (("fail", FAILED), ("success", SUCCESS), ("done", SUCCESS), ("is there", SUCCESS))
UNKNOWN_IDS = {
    "dashed": "00000000-0000-4000-8000-000000000000",
    "hex": "0" * 32,
    "search": "0" * 32 + "-1-D",
    "number": "1" + "0" * 18,
}


@dataclass(frozen=True)
class Flow:
    """An operation that records something, the one that asks for it, and the name of the id between them.

    `states` are the words of the page with what they mean, empty where there is nothing to wait for; `state_name` is
    where they stand. `runs_ms` is how long it takes on an emulator, None where it is done overnight.
    """

    maker: Operation
    reader: Operation
    id_name: str
    state_name: str
    states: Mapping[Any, str]
    life_ms: int
    from_success: bool
    runs_ms: int | None

    @property
    def takes_time(self) -> bool:
        return bool(self.states)

    @property
    def unknown_id(self) -> str:
        """An id in the form of this kind that names nothing."""
        assert self.maker.creates is not None
        return UNKNOWN_IDS[self.maker.creates.form]

    def id_of(self, answer: Answer) -> str:
        """The id that a creation was answered with. Raises Departed."""
        made = answer.data[self.id_name]
        if type(made) not in (str, int) or not made:
            raise Departed(f"{self.id_name} is no id: {made!r}")
        return str(made)

    def create(self, caller: Caller, **more: Any) -> str:
        return self.id_of(caller.call(self.maker, {**least(self.maker), **more}))

    def ask(self, caller: Caller, made_id: str) -> Answer:
        return caller.call(self.reader, {self.id_name: made_id})

    def state_of(self, answer: Answer) -> str:
        """How an answer says it stands. Raises Departed."""
        told = answer.data[self.state_name]
        if told not in self.states:
            raise Departed(f"{self.state_name} {told!r} is no state of the page")
        return self.states[told]

    def state(self, caller: Caller, made_id: str) -> str:
        return self.state_of(self.ask(caller, made_id))

    def until_done(self, service: Service, now: int) -> int:
        """Milliseconds from `now` to the end of what is created at `now`, on an emulator."""
        if self.runs_ms is not None:
            return self.runs_ms
        return clock.next_time(now, service.values.batch_search_hours, service.values.day_zone) - now


def flows(service: Service) -> Iterator[Flow]:
    """Every pair of creation and question."""
    for reader in service.operations.values():
        if reader.reads is not None:
            yield _flow(service, service.operations[reader.reads], reader)


def tasks(service: Service) -> Iterator[Flow]:
    """Those that take time."""
    return (flow for flow in flows(service) if flow.takes_time)


def _flow(service: Service, maker: Operation, reader: Operation) -> Flow:
    assert maker.creates is not None
    made = maker.answer["properties"]["data"]["properties"]
    id_name = next(parameter.name for parameter in reader.parameters if parameter.name in made)
    state_name, states = _states(reader) if maker.makes_tasks else ("", {})
    life = service.lives[maker.creates.life]
    runs = getattr(service.values, maker.creates.runs) if maker.makes_tasks else 0
    overnight = maker.creates.runs == "batch_search_hours"
    return Flow(
        maker, reader, id_name, state_name, states, life.length, life.start == "success", None if overnight else runs
    )


def _states(reader: Operation) -> tuple[str, dict[Any, str]]:
    for name, part in reader.answer["properties"]["data"]["properties"].items():
        if name.endswith("status") and "enum" in part:
            meanings = part.get("x-meaning", {})
            return name, {word: _meant(str(meanings.get(word, word))) for word in part["enum"]}
    raise LookupError(f"{reader.id} tells no state")


def _meant(word: str) -> str:
    return next((state for hint, state in _MEANINGS if hint in word.lower()), RUNNING)
