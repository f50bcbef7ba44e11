"""A recording ready to be sent once more: requests in their order, each with the answer that was heard.

Read from a folder of examples or from a HAR file; credentials are in neither.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emulator.contract.request import RawRequest
from emulator.spec import examples
from emulator.spec.models import Operation, Service
from emulator.verifier.recording import har_in
from emulator.verifier.recording.heard import Heard, Pairs
from emulator.verifier.recording.reading import Routes, Unread, answer_of, request_of
from emulator.verifier.report.told import number, were


@dataclass(frozen=True, slots=True)
class Recording:
    """`body` is a JSON value, form fields, or the parts of an upload, whose files are told by kind and length."""

    name: str
    operation: str
    query: Pairs
    body: Any
    status: int
    answer: Any


@dataclass(frozen=True, slots=True)
class Left:
    """A call that cannot be sent again or whose answer cannot be compared; `why` in a sentence."""

    name: str
    operation: str
    why: str


@dataclass(frozen=True, slots=True)
class Recordings:
    each: tuple[Recording, ...]
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()


def read(source: Path, service: Service) -> Recordings:
    """Raises SpecFault of a folder, har_in.Unreadable of a file."""
    if source.is_dir():
        found = examples.read(source, service.operations)
        notes = () if found else (f"{source} has no folder {examples.FOLDER} with recordings",)
        return Recordings(tuple(_of_example(one) for one in found), notes=notes)
    traffic = har_in.read(source, service)
    return of_heard(traffic.heard, service, traffic.notes)


def of_heard(heard: tuple[Heard, ...], service: Service, notes: tuple[str, ...] = ()) -> Recordings:
    """What can be sent again of traffic that was heard."""
    routes, each, left, strange = Routes(service), [], [], 0
    for place, one in enumerate(heard, 1):
        operation, name = routes.operation(one.method, one.path), f"call-{place}"
        if operation is None:
            strange += 1
            continue
        asked = request_of(operation, one)
        why = asked.sentence if isinstance(asked, Unread) else _incomparable(one)
        if isinstance(asked, Unread) or why:
            left.append(Left(name, operation.id, f"{why}: not sent again, not compared"))
        else:
            each.append(_of_call(name, operation, one, asked, service))
    told = [f"{number(strange, 'call')} of no operation {were(strange)} not sent again"] if strange else []
    return Recordings(tuple(each), tuple(left), (*notes, *told))


def _incomparable(heard: Heard) -> str:
    """Why there is nothing to hold another answer against; empty where there is."""
    if heard.cut:
        return "the answer was cut in the HAR"
    return "there is no JSON answer" if heard.status is None or answer_of(heard) is None else ""


def _of_call(name: str, operation: Operation, heard: Heard, asked: RawRequest, service: Service) -> Recording:
    credentials = service.query_credentials()
    query = tuple(pair for pair in asked.query if pair[0] not in credentials)
    assert heard.status is not None
    return Recording(name, operation.id, query, asked.body, heard.status, answer_of(heard))


def _of_example(example: examples.Example) -> Recording:
    told = example.request
    return Recording(example.file, example.operation, told.query, told.body, example.answer.status, example.answer.body)
