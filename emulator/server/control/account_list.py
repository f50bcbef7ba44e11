"""A file of accounts: a list of what PUT takes, each with its `id`, in JSON or YAML. It closes the list.

Whatever is wrong in it is refused with its place, before anything is served.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emulator.behaviours.accounts import ID_RULE, may_be_called
from emulator.server.control.account_body import settings_of
from emulator.server.control.answers import Refused
from emulator.spec import yaml
from emulator.spec.faults import SpecFault
from emulator.spec.models import Service


@dataclass(frozen=True)
class Listed:
    """An account of the list, and its settings as they are kept."""

    id: str
    settings: Mapping[str, Any]


def read(file: Path, service: Service) -> list[Listed]:
    """The accounts of a file. Raises SpecFault naming the file and the place."""
    found = _content(file)
    if not isinstance(found, list) or not found:
        raise SpecFault(file.name, "whole file", "a list of accounts is expected, each with its id and its settings")
    listed = [_one(file, f"account {number}", entry, service) for number, entry in enumerate(found, 1)]
    for number, one in enumerate(listed, 1):
        if one.id in [other.id for other in listed[: number - 1]]:
            raise SpecFault(file.name, f"account {number}/id", f"{one.id!r} occurs twice")
    return listed


def _content(file: Path) -> Any:
    """JSON as JSON, where two escapes may stand for one character, as YAML does not have it; all else as YAML.

    What is wrong in either is told with its line by the reader of YAML.
    """
    try:
        return json.loads(file.read_bytes(), object_pairs_hook=_once)
    except (ValueError, RecursionError, OSError):
        return yaml.read(file)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _one(file: Path, place: str, entry: Any, service: Service) -> Listed:
    if not isinstance(entry, dict):
        raise SpecFault(file.name, place, "an object with an id is expected")
    account_id = entry.get("id")
    if not isinstance(account_id, str) or not may_be_called(service.credentials, account_id):
        raise SpecFault(file.name, f"{place}/id", f"an account's id is {ID_RULE}")
    try:
        given = {str(name): value for name, value in entry.items() if name != "id"}
        return Listed(account_id, settings_of(given, service))
    except Refused as refused:
        raise SpecFault(file.name, place, refused.sentence) from refused
