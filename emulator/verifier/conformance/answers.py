"""An answer as it came, and what cases read of it.

What an answer lacks, or has in another shape than cases can go on with, is a `Departed`: the server's breach, told in
a sentence, and never a fault of the case that looked for it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.verifier.foreign import NoJson, json_of

_LONGEST_PRICE = 19  # digits; a longer one is no price


class Departed(Exception):
    """A server went another way than the documents, so far that a case cannot go on; the text says how."""


class Members(dict[str, Any]):
    """A JSON object; a member that is looked for and missing is the server's breach."""

    def __missing__(self, name: str) -> Any:
        raise Departed(f"the answer has no {name}; it has {', '.join(self) or 'nothing'}")


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers in order, bytes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON. Raises Departed."""
        try:
            return _with_members(json_of(self.body))
        except NoJson as error:
            why = "no JSON" if str(error).startswith("no JSON") else str(error)
            raise Departed(f"HTTP {self.status} with {self.header('content-type')}, and {why}") from None

    @property
    def code(self) -> int:
        """The `error_code`; 0 for the flat answer of the token call, which has none; -1 where there is none."""
        body = self.json
        code = body.get("error_code", 0 if "token" in body else -1) if isinstance(body, Mapping) else -1
        return code if isinstance(code, int) else -1

    @property
    def data(self) -> Any:
        """What a success carries. Raises Departed for a refusal."""
        self.wanted(0)
        return self.json["data"]

    @property
    def items(self) -> list[Any]:
        """What a call found, whatever its list is called. Raises Departed."""
        data = self.data
        if data == {}:  # how the live service says that nothing was found
            return []
        for name in ("patent_messages", "results", "search_result"):
            data = data[name] if isinstance(data, Mapping) and name in data else data
        return listed(data)

    @property
    def total(self) -> int:
        """How many there are altogether, by the answer. Raises Departed."""
        return whole(self.data["total_search_result_count"]) if self.data else 0

    @property
    def price(self) -> int | None:
        """Credits, by the header; None where it is missing or no number."""
        told = self.header("x-openapi-amount") or ""
        return int(told) if told.isdecimal() and len(told) < _LONGEST_PRICE else None

    @property
    def reason(self) -> str:
        return self.header("x-emulator-reason") or ""

    def wanted(self, code: int) -> None:
        """Raises Departed unless the answer has this code."""
        if self.code != code:
            raise Departed(f"{code} was expected, and {self.told} came")

    @property
    def told(self) -> str:
        """'68300004 (HTTP 200)', with the emulator's reason where there is one."""
        why = f": {self.reason}" if self.reason else ""
        return f"{self.code if self.code >= 0 else 'no error_code'} (HTTP {self.status}){why}"

    def header(self, name: str) -> str | None:
        found = self.headers_named(name)
        return found[-1] if found else None

    def headers_named(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]


def _with_members(value: Any) -> Any:
    if isinstance(value, dict):
        return Members({name: _with_members(inner) for name, inner in value.items()})
    return [_with_members(inner) for inner in value] if isinstance(value, list) else value


def listed(value: Any) -> list[Any]:
    """A JSON array. Raises Departed for anything else."""
    if not isinstance(value, list):
        raise Departed(f"an array was expected, and {json.dumps(value)[:60]} came")
    return value


def whole(value: Any) -> int:
    """A whole number. Raises Departed for anything else."""
    if type(value) is not int:
        raise Departed(f"a whole number was expected, and {json.dumps(value)[:60]} came")
    return value


def text(value: Any) -> str:
    """A text that is not empty. Raises Departed for anything else."""
    if not isinstance(value, str) or not value:
        raise Departed(f"a text was expected, and {json.dumps(value)[:60]} came")
    return value


def objects(values: Any) -> list[Members]:
    """An array of objects. Raises Departed for anything else."""
    for value in listed(values):
        if not isinstance(value, Members):
            raise Departed(f"an object was expected, and {json.dumps(value)[:60]} came")
    return list(values)
