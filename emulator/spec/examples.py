"""Recorded examples: one exchange with a server in each file `examples/<operation>/<case>.yaml`, read strictly.

Knows the form of such a file, which is written without secrets, and that it lies in the folder of its operation.
Whether the request and the answer keep the rules of the documents is judged where they are used.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from emulator.spec import yaml
from emulator.spec.evidence import Evidence, Frozen
from emulator.spec.faults import SpecFault
from emulator.spec.typos import likely

FOLDER = "examples"
Kind = Literal["vendor", "loopback", "other"]


class Recorded(Frozen):
    """When an exchange was heard, and of what kind of host; the host itself is never named."""

    at: str
    upstream: Kind
    evidence: Evidence


class AskedExample(Frozen):
    """A request without credentials. `body` is a JSON value, or the fields of a form; a file is only described."""

    query: tuple[tuple[str, str], ...] = ()
    media_type: str = ""
    body: Any = None


class AnsweredExample(Frozen):
    """`amount` is what the service said the call cost."""

    status: int = Field(ge=100, le=599)
    amount: int | None = Field(default=None, ge=0)
    body: dict[str, Any]


class Example(Frozen):
    """`order` is its place among all of its recording; `as_is` lets it break the rules of the documents."""

    operation: str
    order: int = Field(ge=1)
    as_is: bool = False
    recorded: Recorded
    request: AskedExample
    answer: AnsweredExample
    file: str = ""


def read(folder: Path, operations: Collection[str]) -> tuple[Example, ...]:
    """The examples below `folder/examples`, in the order in which they were heard. Raises SpecFault."""
    found = [_example(folder, file, operations) for file in _files(folder)]
    return tuple(sorted(found, key=lambda example: (example.order, example.file)))


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted((folder / FOLDER).rglob("*")):
        name = file.relative_to(folder)
        if file.is_dir():
            continue
        if file.suffix != ".yaml" or len(name.parts) != 3:
            raise SpecFault(name, "whole file", f"is not {FOLDER}/<operation>/<case>.yaml")
        yield file


def _example(folder: Path, file: Path, operations: Collection[str]) -> Example:
    name = file.relative_to(folder)
    document = yaml.read(file)
    if not isinstance(document, dict):
        raise SpecFault(name, "whole file", "a mapping is expected")
    try:
        example = Example.model_validate({**document, "file": str(name)})
    except ValidationError as error:
        first = error.errors()[0]
        raise SpecFault(name, "/".join(map(str, first["loc"])), first["msg"].removeprefix("Value error, ")) from error
    if example.operation not in operations:
        reason = f"{example.operation[:60]!r} is no operation{likely(example.operation, operations)}"
        raise SpecFault(name, "operation", reason)
    if name.parts[1] != example.operation:
        raise SpecFault(name, "operation", f"is {example.operation}, and the folder is that of {name.parts[1]}")
    return example
