"""Tasks: states that come too soon, never or in the wrong order, ids that name too much or too little."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from emulator.behaviours import tasks
from emulator.behaviours.tasks import State
from emulator.behaviours.world import Call
from emulator.errors import ApiError, Cause
from emulator.spec.models import Operation, Service
from tests.mutants.documents import changed_operation
from tests.mutants.kinds.searches import only_for
from tests.mutants.mutant import Does, Mutant, Patch, closed

RULES = ("task", "state", "li", "isolation", "unknown")
Told = Callable[[Any, State, int], State]  # of a task's record, its true state and now


def states(service: Service) -> list[Mutant]:
    """For each operation that makes tasks: every wrong way in which their states can be told."""
    return [
        Mutant(
            "task state wrong",
            f"{maker.id}:{name}",
            closed(service, maker.id),
            RULES,
            patches=(Patch(tasks, "find", _told(maker, told())),),
        )
        for maker in service.operations.values()
        if maker.makes_tasks
        for name, told in _WAYS.items()
    ]


def ids(service: Service) -> list[Mutant]:
    """Unknown and expired ids that are answered, ids of the pages' examples that are missing, ids that repeat."""
    found = []
    for reader in service.operations.values():
        if reader.reads is None:
            continue
        maker = service.operations[reader.reads]
        for name, make in (("unknown", _any_id), ("expired", _undying)):
            found.append(_mutant(service, reader, f"{name} id answered", Patch(tasks, "find", make(reader, maker))))
        assert maker.creates is not None
        creates = maker.creates.model_copy(update={"documented": ()})
        change = changed_operation(maker.id, creates=creates)
        found.append(
            Mutant(
                "task id wrong",
                f"{maker.id}:example missing",
                closed(service, maker.id),
                ("example", *RULES),
                service=change,
            )
        )
        found.append(_mutant(service, maker, "the same id twice", Patch(tasks, "new_id", _repeated(maker))))
    return found


def isolation(service: Service) -> list[Mutant]:
    """What one account has made answered to another."""
    return [
        Mutant(
            "another account's task visible",
            reader.id,
            closed(service, reader.id),
            ("isolation", "account", "foreign", *RULES),
            does=only_for(reader, _for_anybody),
        )
        for reader in service.operations.values()
        if reader.reads is not None
    ]


def _mutant(service: Service, operation: Operation, how: str, patch: Patch) -> Mutant:
    return Mutant("task id wrong", f"{operation.id}:{how}", closed(service, operation.id), RULES, patches=(patch,))


def _told(maker: Operation, told: Told) -> Any:
    def make(find: Any) -> Any:
        def act(call: Call, parameter: str) -> tuple[Any, State]:
            task, state = find(call, parameter)
            if task["operation"] != maker.id or task["plan"]["duration"] == 0:
                return task, state
            state = told(task, state, call.now)
            ended = {**task, "order": None, "plan": {"duration": 0, "polls": None, "outcome": state}}
            needs_end = state is State.SUCCESS and tasks.finished_at(task) is None
            return (ended if needs_end else task), state

        return act

    return make


def _always(state: State) -> Callable[[], Told]:
    return lambda: lambda task, true, now: state


def _instead(wrong: State, of: State) -> Callable[[], Told]:
    return lambda: lambda task, true, now: wrong if true is of else true


def _back() -> Told:
    """Success at first, then running again."""
    seen: set[str] = set()

    def told(task: Any, true: State, now: int) -> State:
        again = task["id"] in seen
        if true is State.SUCCESS:
            seen.add(task["id"])
        return State.RUNNING if again else true

    return told


def _shifted(milliseconds: int) -> Callable[[], Told]:
    def told(task: Any, true: State, now: int) -> State:
        if task["order"] is not None or task["plan"]["polls"] is not None:
            return true
        shifted = tasks.state_at(task, now + milliseconds)
        return true if shifted is State.EXPIRED else shifted

    return lambda: told


_WAYS: dict[str, Callable[[], Told]] = {
    "success at once": _instead(State.SUCCESS, State.RUNNING),
    "never done": _instead(State.RUNNING, State.SUCCESS),
    "goes back to running": _back,
    "failed told as success": _instead(State.SUCCESS, State.FAILED),
    "failed told as running": _instead(State.RUNNING, State.FAILED),
    "success told as failed": _instead(State.FAILED, State.SUCCESS),
    "running told as failed": _instead(State.FAILED, State.RUNNING),
    "done a second early": _shifted(1000),
    "done a second late": _shifted(-1000),
}


def _any_id(reader: Operation, maker: Operation) -> Any:
    """An unknown id is answered as one of a task that runs, or of the page's example."""

    def make(find: Any) -> Any:
        def act(call: Call, parameter: str) -> tuple[Any, State]:
            try:
                return find(call, parameter)  # type: ignore[no-any-return]
            except ApiError as error:
                if call.operation.id != reader.id or error.cause is not Cause.PARAMETER_INVALID:
                    raise
                assert maker.creates is not None
                task, state = find(
                    replace(call, values={**call.values, parameter: maker.creates.documented[0]}), parameter
                )
                return {**task, "id": str(call.values[parameter])} if _numeric(task, call, parameter) else task, (
                    State.RUNNING if maker.makes_tasks else state
                )

        return act

    return make


def _numeric(task: Any, call: Call, parameter: str) -> bool:
    """Whether the id that was given has the form of a true one, so that it can stand in the answer."""
    return str(task["id"]).isdigit() == str(call.values[parameter]).isdigit()


def _undying(reader: Operation, maker: Operation) -> Any:
    """An expired id is answered as at the end of its life."""

    def make(find: Any) -> Any:
        def act(call: Call, parameter: str) -> tuple[Any, State]:
            if call.operation.id != reader.id:
                return find(call, parameter)  # type: ignore[no-any-return]
            assert maker.creates is not None
            place = tasks.key(maker.id, str(call.values[parameter]))
            task = call.world.store.get(call.account.id, maker.creates.table, place)
            expires = tasks.expires_at(task) if task else None
            late = expires is not None and call.now >= expires
            return find(replace(call, now=expires - 1) if late and expires else call, parameter)  # type: ignore[no-any-return]

        return act

    return make


def _repeated(maker: Operation) -> Any:
    def make(new_id: Any) -> Any:
        kept: dict[str, str] = {}

        def act(call: Call) -> str:
            if call.operation.id != maker.id or call.documented_id is not None:
                return str(new_id(call))
            return kept.setdefault(call.account.id, new_id(call))

        return act

    return make


def _for_anybody(does: Does) -> Does:
    def act(call: Call) -> Any:
        try:
            return does(call)
        except ApiError as error:
            for space in call.world.store.spaces():
                try:
                    return does(replace(call, account=replace(call.account, id=space)))
                except ApiError:
                    continue
            raise error

    return act
