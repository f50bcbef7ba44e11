"""Trouble that was asked for: by a header on one request, by a planned fault, by a word inside a value.

A header is looked at once the operation is known and before any credential; an error comes by its literal code. A
wish nobody can grant is told plainly with HTTP 400, because it is a mistake of the test and no answer of the service.
"""

import re
from collections.abc import Container
from http.client import responses

import orjson

from emulator import clock
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.faults import Form, Manner, Met
from emulator.behaviours.world import SHARED, Asked
from emulator.errors import RequestedError
from emulator.server.messages import Request
from emulator.server.visit import Visit
from emulator.spec.typos import likely

ERROR_HEADER, DELAY_HEADER = "X-Emulator-Error", "X-Emulator-Delay"
_PREFIX, _HEADERS = "x-emulator-", (ERROR_HEADER.lower(), DELAY_HEADER.lower())
LONGEST_DELAY = 600_000
_NO_ANSWER = (Manner.RESET, Manner.HANG)


class UnknownWish(Exception):
    """A header that asks for something that does not exist."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class OtherAnswer(Exception):
    """An answer that is none of the service's: an HTTP status alone, or (None) no answer at all."""

    def __init__(self, status: int | None, asked: str) -> None:
        super().__init__(asked)
        self.status = status
        self.asked = asked


def heed_headers(request: Request, visit: Visit, codes: Container[int]) -> None:
    """A delay asked for by header is noted. Raises RequestedError for an error asked for."""
    for name in request.headers:
        if name.startswith(_PREFIX) and name not in _HEADERS:
            raise UnknownWish(f"{name[:60]} is no header that is understood{likely(name, _HEADERS)}")
    if (delay := _delay(request.headers.get(DELAY_HEADER.lower()))) is not None:
        visit.delay += delay
        visit.trouble.append(DELAY_HEADER)
    if (text := request.headers.get(ERROR_HEADER.lower())) is not None:
        visit.trouble.append(ERROR_HEADER)
        raise RequestedError(_known(text.strip(), ERROR_HEADER, codes), f"asked for by the header {ERROR_HEADER}")


def heed_fault(met: Met | None, visit: Visit) -> None:
    """What a planned fault does to a visit; raises RequestedError or OtherAnswer where it ends it."""
    if met is None:
        return
    effect, asked = met.effect, f"planned by {met.id}"
    visit.trouble.append(met.id)
    visit.delay += effect.delay
    visit.manner, visit.drip = effect.manner, effect.drip
    visit.form, visit.advance = effect.form, effect.advance
    visit.counts = effect.manner is not Manner.TRUNCATE and effect.form is not Form.EMPTY
    if effect.error is not None:
        visit.status = effect.status
        raise RequestedError(effect.error, asked)
    if effect.status is not None or effect.manner in _NO_ANSWER:
        raise OtherAnswer(effect.status if effect.manner not in _NO_ANSWER else None, asked)


def let_time_go_by(visit: Visit, clocks: Clocks) -> None:
    """What a planned fault does behind an answer: the account's clock goes on; a visit of nobody has none."""
    if visit.advance and visit.account.id != SHARED:
        clocks.advance(visit.account.id, visit.advance)


def heed_words(asked: Asked, visit: Visit, codes: Container[int]) -> None:
    """What reserved words do to a visit, but for the plan of a task; raises RequestedError for an error."""
    visit.trouble.extend(asked.words)
    visit.delay += asked.wait
    if asked.error is not None:
        code = _known(asked.error, asked.error_word.partition("=")[0], codes)
        raise RequestedError(code, f"asked for by {asked.error_word}")


def _known(code: str, where: str, codes: Container[int]) -> int:
    number = int(code) if re.fullmatch(r"[1-9][0-9]{0,8}", code) else None
    if number is None or number not in codes:
        told = "is no code of the service; `patsnap-emulator spec errors` lists them"
        raise UnknownWish(f"{where}: {code[:40]!r} {told}")
    return number


def _delay(text: str | None) -> int | None:
    if text is None:
        return None
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


PAGE = "text/html"


def page_of(status: int | None) -> bytes:
    """The page that something between client and service would show with a status; none without one."""
    if status is None:
        return b""
    phrase = responses.get(status, "Unknown")
    told = f"{status} {phrase}"
    return f"<html><head><title>{told}</title></head><body><center><h1>{told}</h1></center></body></html>\n".encode()
