"""Trouble asked for by header: the code as it is, a real delay, and a plain answer to wishes nobody can grant."""

import pytest

from emulator.behaviours.world import Account
from emulator.errors import RequestedError
from emulator.server import trouble
from emulator.server.messages import Request
from emulator.server.trouble import UnknownWish
from emulator.server.visit import Visit

CODES = {67200002: "", 68300004: "", 10001: ""}


def asking(error: str | None = None, delay: str | None = None) -> Request:
    given = {"x-emulator-error": error, "x-emulator-delay": delay}
    return Request("GET", "/", "", {name: value for name, value in given.items() if value is not None}, b"")


def heeded(request: Request) -> Visit:
    visit = Visit(Account("a"), lambda account: 0)
    trouble.heed_headers(request, visit, CODES)
    return visit


def test_nothing_asked_for_is_nothing() -> None:
    visit = heeded(asking())
    assert (visit.delay, visit.trouble) == (0, [])


@pytest.mark.parametrize(
    ("text", "milliseconds"), [("1500ms", 1500), ("2s", 2000), ("0s", 0), ("10m", 600_000), ("1.5s", 1500)]
)
def test_a_delay_is_read(text: str, milliseconds: int) -> None:
    assert heeded(asking(delay=text)).delay == milliseconds


@pytest.mark.parametrize("code", CODES)
def test_an_error_asked_for_comes_with_its_literal_code(code: int) -> None:
    with pytest.raises(RequestedError) as caught:
        heeded(asking(str(code)))
    assert (caught.value.code, caught.value.asked) == (code, "asked for by the header X-Emulator-Error")


def test_error_and_delay_go_together() -> None:
    visit = Visit(Account("a"), lambda account: 0)
    with pytest.raises(RequestedError):
        trouble.heed_headers(asking("67200002", "250ms"), visit, CODES)
    assert (visit.delay, visit.trouble) == (250, ["X-Emulator-Delay", "X-Emulator-Error"])


@pytest.mark.parametrize(
    "code", ["", "99", "abc", "67200002.0", "-67200002", "67200002,68300004", "²", "9" * 5000, "x" * 5000]
)
def test_a_code_nobody_knows_is_refused_in_a_plain_sentence(code: str) -> None:
    with pytest.raises(UnknownWish, match="is no code of the service") as caught:
        heeded(asking(code))
    assert len(caught.value.sentence) < 200


@pytest.mark.parametrize(
    ("delay", "sentence"),
    [
        ("soon", "is not a duration"),
        ("", "is not a duration"),
        ("10m1ms", "more than 600 seconds"),
        ("9" * 400 + "d", ""),
    ],
)
def test_a_delay_nobody_can_wait_is_refused_in_a_plain_sentence(delay: str, sentence: str) -> None:
    with pytest.raises(UnknownWish, match="X-Emulator-Delay") as caught:
        heeded(asking(delay=delay))
    assert sentence in caught.value.sentence


def test_a_refused_wish_is_a_400_that_is_not_the_service_s() -> None:
    status, body = trouble.refused(UnknownWish("no such code"))
    assert (status, body) == (400, b'{"error":"no such code"}')


def test_a_header_of_ours_that_nobody_understands_is_refused() -> None:
    request = Request("GET", "/", "", {"x-emulator-eror": "67200002"}, b"")
    with pytest.raises(UnknownWish, match="did you mean x-emulator-error"):
        heeded(request)
