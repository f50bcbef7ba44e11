"""Trouble a client asks for by a header, on one request: an error by its literal code, a real delay.

Looked at once the operation is known and before any credential. A wish nobody can grant is told plainly with
HTTP 400, because it is a mistake of the test and no answer of the service.
"""

import re
from collections.abc import Container

import orjson

from emulator import clock
from emulator.errors import RequestedError
from emulator.server.messages import Request

ERROR_HEADER, DELAY_HEADER = "X-Emulator-Error", "X-Emulator-Delay"
LONGEST_DELAY = 600_000


class UnknownWish(Exception):
    """A header that asks for something that does not exist."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def wished(request: Request, codes: Container[int]) -> int:
    """The delay asked for, in milliseconds. Raises RequestedError for an error asked for."""
    delay = _delay(request.headers.get(DELAY_HEADER.lower()))
    code = request.headers.get(ERROR_HEADER.lower())
    if code is None:
        return delay
    number = int(code) if re.fullmatch(r"[1-9][0-9]{0,8}", code := code.strip()) else None
    if number is None or number not in codes:
        told = "is no code of the service; `patsnap-emulator spec errors` lists them"
        raise UnknownWish(f"{ERROR_HEADER}: {code[:40]!r} {told}")
    raise RequestedError(number, delay)


def _delay(text: str | None) -> int:
    if text is None:
        return 0
    try:
        delay = clock.duration(text)
    except ValueError as error:
        raise UnknownWish(f"{DELAY_HEADER}: {error}") from error
    if delay > LONGEST_DELAY:
        raise UnknownWish(f"{DELAY_HEADER}: more than {LONGEST_DELAY // 1000} seconds")
    return delay


def refused(wish: UnknownWish) -> tuple[int, bytes]:
    """Status and body of the plain answer to such a wish."""
    return 400, orjson.dumps({"error": wish.sentence})
