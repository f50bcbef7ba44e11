"""Requests read off the documents: the page's example whole, the least that is sound, and every place inside one.

Pure: schemas in, requests out. What the service has to say to them is for the cases.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from emulator.spec.models import Operation
from emulator.verifier.conformance.pictures import picture

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """One place in the request of an operation: a parameter, or a member of one."""

    operation: Operation
    steps: Steps
    schema: Mapping[str, Any]
    required: bool

    @property
    def top(self) -> str:
        return str(self.steps[0])

    @property
    def in_query(self) -> bool:
        return self.top in self.operation.names("query")

    @property
    def written(self) -> str:
        """The place as reasons write it."""
        text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.steps)
        return text.removeprefix(".")

    def base(self) -> dict[str, Any]:
        """The least sound request that has this place."""
        return {**least(self.operation), self.top: whole(self.operation)[self.top]}

    def put(self, value: Any) -> dict[str, Any]:
        """That request with another value here; what must go with the value goes with it."""
        request = self.base()
        holder = _holder(request, self.steps)
        holder[self.steps[-1]] = value
        return _allied(self.operation, request, self.top)

    def cut(self) -> dict[str, Any]:
        """That request with nothing here."""
        request = self.base()
        del _holder(request, self.steps)[self.steps[-1]]
        return request

    def __str__(self) -> str:
        return f"{self.operation.id}-{self.written}"


def whole(operation: Operation) -> dict[str, Any]:
    """The page's example request with all its parameters, those without an example of their own made up."""
    return {parameter.name: _sample(parameter.schema_) for parameter in operation.parameters}


def least(operation: Operation) -> dict[str, Any]:
    """The page's example request with what it must have and no more."""
    values = whole(operation)
    needed = [parameter.name for parameter in operation.parameters if parameter.required] + [*operation.any_of[:1]]
    return {name: values[name] for name in needed}


def places(operation: Operation) -> Iterator[Place]:
    """Every parameter of an operation, and every member inside those of a JSON body."""
    for parameter in operation.parameters:
        yield from _inside(Place(operation, (parameter.name,), parameter.schema_, parameter.required))


def parameters(operation: Operation) -> Iterator[Place]:
    return (place for place in places(operation) if len(place.steps) == 1)


def _inside(place: Place) -> Iterator[Place]:
    yield place
    for name, part in place.schema.get("properties", {}).items():
        required = name in place.schema.get("required", ())
        yield from _inside(Place(place.operation, (*place.steps, name), part, required))
    if "items" in place.schema:
        yield from _inside(Place(place.operation, (*place.steps, 0), place.schema["items"], False))


def _sample(schema: Mapping[str, Any]) -> Any:
    """The example of a schema, or one put together from those of its parts."""
    if schema.get("format") == "binary":
        return picture()
    example = deepcopy(schema.get("example"))
    if "items" in schema:
        first = _sample(schema["items"])
        return [_completed(first, example[0]), *example[1:]] if example else [first]
    if "properties" in schema:
        return {name: _sample(part) for name, part in schema["properties"].items()}
    return "text" if example is None else example


def _completed(made_up: Any, printed: Any) -> Any:
    """What is printed, with the members it leaves out."""
    return {**made_up, **printed} if isinstance(printed, dict) else printed


def _holder(request: dict[str, Any], steps: Steps) -> Any:
    holder: Any = request
    for step in steps[:-1]:
        holder = holder[step]
    return holder


def _allied(operation: Operation, request: dict[str, Any], changed: str) -> dict[str, Any]:
    """Change what no longer goes with a changed parameter: `model` goes only with some `patent_type`."""
    for parameter in operation.parameters:
        for other, allowed in parameter.schema_.get("x-allowed-by", {}).items():
            if changed == parameter.name:
                fitting = [ally for ally, models in allowed.items() if request[changed] in models]
                request[other] = fitting[0] if fitting else request[other]
            elif changed == other and isinstance(request[changed], str):
                request[parameter.name] = allowed.get(request[changed], [request.get(parameter.name)])[0]
    return request
