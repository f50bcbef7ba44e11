"""A recording ready to be sent once more: requests in their order, each with the answer that was heard.

Read from a folder of examples or from a HAR file; credentials are in neither.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emulator.contract.request import RawRequest
from emulator.spec import examples
from emulator.spec.models import Operation, Service
from emulator.verifier.recording import har_in
from emulator.verifier.recording.heard import Heard, Pairs
from emulator.verifier.recording.reading import Routes, Unread, answer_of, request_of


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
class Recordings:
    each: tuple[Recording, ...]
    notes: tuple[str, ...] = ()


def read(source: Path, service: Service) -> Recordings:
    """Raises SpecFault of a folder, har_in.Unreadable of a file."""
    if source.is_dir():
        found = examples.read(source, service.operations)
        notes = () if found else (f"{source} has no folder {examples.FOLDER} with recordings",)
        return Recordings(tuple(_of_example(one) for one in found), notes)
    traffic = har_in.read(source, service)
    return of_heard(traffic.heard, service, traffic.notes)


def of_heard(heard: tuple[Heard, ...], service: Service, notes: tuple[str, ...] = ()) -> Recordings:
    """What can be sent again of traffic that was heard."""
    routes, each, left_out = Routes(service), [], Counter[str]()
    for place, one in enumerate(heard, 1):
        operation = routes.operation(one.method, one.path)
        asked = request_of(operation, one) if operation else Unread("of no operation")
        if operation is None:
            left_out["of no operation"] += 1
        elif isinstance(asked, Unread):
            left_out[f"of which {asked.sentence}"] += 1
        elif one.status is None or answer_of(one) is None:
            left_out["without a JSON answer"] += 1
        else:
            each.append(_of_call(f"call-{place}", operation, one, asked, service))
    told = [f"{count} calls {reason} were not sent again" for reason, count in left_out.items()]
    return Recordings(tuple(each), (*notes, *told))


def _of_call(name: str, operation: Operation, heard: Heard, asked: RawRequest, service: Service) -> Recording:
    credentials = service.query_credentials()
    query = tuple(pair for pair in asked.query if pair[0] not in credentials)
    assert heard.status is not None
    return Recording(name, operation.id, query, asked.body, heard.status, answer_of(heard))


def _of_example(example: examples.Example) -> Recording:
    told = example.request
    return Recording(example.file, example.operation, told.query, told.body, example.answer.status, example.answer.body)
