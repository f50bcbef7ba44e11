"""What a mutant is: a name, what it touches, and the change that makes an emulator wrong.

A change is one of four, or several: other documents, other behaviours, another function in a module, another answer
on the wire. Nothing is known here of how it is built or judged.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.behaviours.world import Call, Outcome
from emulator.server.messages import Answer, Request
from emulator.spec.models import Operation, Service

Does = Callable[[Call], Outcome]
Respond = Callable[[Request], Answer]


@dataclass(frozen=True)
class Patch:
    """Another attribute for an object, made from the one it has."""

    owner: Any
    name: str
    make: Callable[[Any], Any]


@dataclass(frozen=True)
class Mutant:
    """`touches` are the operations whose calls can tell, all of them when empty; `codes` the answers that can tell.

    `rules` are words of what is judged first, `wires` the wire profiles in which a difference can be seen.

    `does` are behaviours by name, made from those they replace; `answers` and `files` wrap what goes on the wire.
    """

    kind: str
    name: str
    touches: frozenset[str] = frozenset()
    rules: tuple[str, ...] = ()
    codes: frozenset[int] = frozenset()
    wires: tuple[str, ...] = ("documented", "live")
    service: Callable[[Service], Service] | None = None
    does: Mapping[str, Callable[[Does], Does]] = field(default_factory=dict)
    patches: tuple[Patch, ...] = ()
    answers: Callable[[Respond], Respond] | None = None
    files: Callable[[Respond], Respond] | None = None

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"


Make = Callable[[Service], "list[Mutant]"]


def touched(*operations: Operation) -> frozenset[str]:
    return frozenset(operation.id for operation in operations)


def closed(service: Service, *ids: str) -> frozenset[str]:
    """Operations, those that make what they read, and those that read what they make: one thread of calls."""
    wanted, before = set(ids), set[str]()
    while wanted != before:
        before = set(wanted)
        for operation in service.operations.values():
            if operation.reads in wanted:
                wanted.add(operation.id)
            if operation.id in wanted and operation.reads:
                wanted.add(operation.reads)
    return frozenset(wanted)
