"""Which calls of a run play which role: the places where a drill can lay its faults.

Roles follow from the documents of the operations and from what a calm run called; answers are not looked into.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from emulator.contract.exchange import Exchange
from emulator.spec.drills import Role
from emulator.spec.models import FILE, Operation, Service


@dataclass(frozen=True, slots=True)
class Target:
    """One call of a run: its operation, how many of that operation came before it, how many calls of any."""

    operation: str
    after: int
    after_any: int


@dataclass(frozen=True)
class Cast:
    """The calls of a calm run, by the roles they play."""

    service: Service
    exchanges: Sequence[Exchange]

    def of(self, role: Role) -> tuple[Target, ...]:
        """The calls of a role, in their order."""
        targets, seen, calls = [], dict[str, int](), 0
        plays = _ROLES.get(role)
        for place, exchange in enumerate(self.exchanges):
            name = exchange.operation
            if name is None:
                continue
            operation = self.service.operations.get(name)
            if self._is(place, role) if plays is None else operation is not None and plays(self, operation):
                targets.append(Target(name, seen.get(name, 0), calls))
            seen[name] = seen.get(name, 0) + 1
            calls += operation is not None
        return tuple(targets)

    def made(self, operation: str) -> bool:
        """Whether the run called an operation."""
        return any(exchange.operation == operation for exchange in self.exchanges)

    def _is(self, place: int, role: Role) -> bool:
        """Of downloads; and of the operation before the first of them, which is taken to have given the link."""
        downloads = [index for index, exchange in enumerate(self.exchanges) if exchange.operation == FILE]
        if role == "download":
            return place in downloads
        calls = [index for index in range(downloads[0]) if self._called(index)] if downloads else []
        giver = self.exchanges[calls[-1]].operation if calls else None
        return giver is not None and self.exchanges[place].operation == giver

    def _called(self, place: int) -> bool:
        return self.exchanges[place].operation in self.service.operations


def _is_call(cast: Cast, operation: Operation) -> bool:
    return operation.security == "shared"


def _is_token(cast: Cast, operation: Operation) -> bool:
    return not _is_call(cast, operation)


def _is_upload(cast: Cast, operation: Operation) -> bool:
    return operation.body is not None and operation.body.media_type == "multipart/form-data"


def _is_creation(cast: Cast, operation: Operation) -> bool:
    return operation.makes_tasks


def _reads(cast: Cast, operation: Operation) -> bool:
    return _is_call(cast, operation) and not _is_upload(cast, operation) and not _is_creation(cast, operation)


def _is_search(cast: Cast, operation: Operation) -> bool:
    return operation.price.per == "non_empty_call"


def _polls(cast: Cast, operation: Operation) -> bool:
    """Asks about tasks that the client made itself."""
    source = cast.service.operations.get(operation.reads or "")
    return source is not None and source.makes_tasks and cast.made(source.id)


def _is_paid(cast: Cast, operation: Operation) -> bool:
    return operation.price.credits > 0


_ROLES: Mapping[Role, Callable[[Cast, Operation], bool]] = {
    "call": _is_call,
    "token": _is_token,
    "upload": _is_upload,
    "creation": _is_creation,
    "read": _reads,
    "search": _is_search,
    "poll": _polls,
    "paid": _is_paid,
}
