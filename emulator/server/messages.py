"""A request as it came and an answer as it goes, without any framework.

Reading what a request carries is done by pure functions here; judging it is not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qs, parse_qsl

from emulator.behaviours.faults import Manner
from emulator.contract.authorization import basic_of, bearer_of

HOST = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")  # a name or an address, and a port


@dataclass(frozen=True)
class Request:
    """One request, body included. `dropped` says that the body was longer than anyone would read, or came too slowly.

    `server` is the address of the socket, for links to a client that sends no usable Host.
    """

    method: str
    path: str
    raw_query: str
    headers: Mapping[str, str]
    body: bytes
    scheme: str = "http"
    server: str = "localhost"
    dropped: bool = False

    @cached_property
    def query(self) -> tuple[tuple[str, str], ...]:
        """Names and values in order, doubles kept. Raises ValueError for bytes that are no text."""
        return tuple(parse_qsl(self.raw_query, keep_blank_values=True, errors="strict"))

    def query_value(self, name: str) -> str | None:
        """The last value of a name, or None. Never raises: what cannot be read elsewhere in the query is no matter."""
        values = parse_qs(self.raw_query, keep_blank_values=True, errors="replace").get(name)
        return values[-1] if values else None

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def bearer(self) -> str | None:
        """The token of an Authorization header, however its scheme is capitalised."""
        return bearer_of(self.headers.get("authorization", ""))

    @property
    def basic(self) -> tuple[str, str] | None:
        """User and password of a Basic Authorization header."""
        return basic_of(self.headers.get("authorization", ""))

    def base_url(self, public_url: str | None) -> str:
        """Where links lead: the configured public address, else the address the client used."""
        host = self.headers.get("host", "")
        return public_url or f"{self.scheme}://{host if HOST.fullmatch(host) else self.server}"


@dataclass(frozen=True)
class Answer:
    """What goes back. `delay` is a real wait before it, `drip` one while it goes, in milliseconds.

    `manner` says how the answer is broken on its way over the wire, where it is.
    """

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = field(default=())
    delay: int = 0
    manner: Manner | None = None
    drip: int = 0
