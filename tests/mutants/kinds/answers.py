"""Answer fields: each one dropped, of another type, null, or with a value outside its own list."""

from typing import Any

from emulator.spec.models import Operation, Service
from tests.mutants.mutant import Mutant, touched
from tests.mutants.wire import Edit, Steps, at, edited, fields

RULES = ("example", "answer", "task", "fields")


def dropped(service: Service) -> list[Mutant]:
    return [_mutant("field dropped", operation, steps, _drop) for operation, steps, _ in _every(service)]


def retyped(service: Service) -> list[Mutant]:
    return [_mutant("field retyped", operation, steps, _retype) for operation, steps, _ in _every(service)]


def nulled(service: Service) -> list[Mutant]:
    return [_mutant("field null", operation, steps, _null) for operation, steps, _ in _every(service)]


def outside(service: Service) -> list[Mutant]:
    """Fields of a closed list that say something else."""
    listed = [(operation, steps) for operation, steps, schema in _every(service) if "enum" in schema]
    return [_mutant("field outside its list", operation, steps, _outside) for operation, steps in listed]


def _every(service: Service) -> list[tuple[Operation, Steps, Any]]:
    return [(one, steps, schema) for one in service.operations.values() for steps, schema in fields(one.answer)]


def _mutant(kind: str, operation: Operation, steps: Steps, act: Any) -> Mutant:
    rules = ("cause", "refus", "required") if steps == ("error_msg",) else RULES
    return Mutant(
        kind,
        f"{operation.id}.{'.'.join(steps)}",
        touched(operation),
        rules,
        answers=edited(operation, _edit(steps, act)),
    )


def _edit(steps: Steps, act: Any) -> Edit:
    def edit(body: Any) -> Any:
        at(body, steps, act)
        return body

    return edit


def _drop(holder: Any, name: str) -> None:
    del holder[name]


def _null(holder: Any, name: str) -> None:
    holder[name] = None


def _retype(holder: Any, name: str) -> None:
    """Text for number, number for text, a list for an object, an object for a list."""
    value = holder[name]
    match value:
        case bool():
            holder[name] = int(value)
        case int() | float():
            holder[name] = str(value)
        case str():
            holder[name] = len(value)
        case list():
            holder[name] = {str(number): item for number, item in enumerate(value)}
        case dict():
            holder[name] = [value]


def _outside(holder: Any, name: str) -> None:
    holder[name] = holder[name] + "x" if isinstance(holder[name], str) else 99
