"""Trouble asked for by header: the code as it is, a real delay, and a plain answer to wishes nobody can grant."""

import pytest

from emulator.errors import RequestedError
from emulator.server import trouble
from emulator.server.messages import Request
from emulator.server.trouble import UnknownWish

CODES = {67200002: "", 68300004: "", 10001: ""}


def asking(error: str | None = None, delay: str | None = None) -> Request:
    given = {"x-emulator-error": error, "x-emulator-delay": delay}
    return Request("GET", "/", "", {name: value for name, value in given.items() if value is not None}, b"")


def test_nothing_asked_for_is_nothing() -> None:
    assert trouble.wished(asking(), CODES) == 0


@pytest.mark.parametrize(
    ("text", "milliseconds"), [("1500ms", 1500), ("2s", 2000), ("0s", 0), ("10m", 600_000), ("1.5s", 1500)]
)
def test_a_delay_is_read(text: str, milliseconds: int) -> None:
    assert trouble.wished(asking(delay=text), CODES) == milliseconds


@pytest.mark.parametrize("code", CODES)
def test_an_error_asked_for_comes_with_its_literal_code(code: int) -> None:
    with pytest.raises(RequestedError) as caught:
        trouble.wished(asking(str(code)), CODES)
    assert (caught.value.code, caught.value.delay) == (code, 0)


def test_error_and_delay_go_together() -> None:
    with pytest.raises(RequestedError) as caught:
        trouble.wished(asking("67200002", "250ms"), CODES)
    assert caught.value.delay == 250


@pytest.mark.parametrize(
    "code", ["", "99", "abc", "67200002.0", "-67200002", "67200002,68300004", "²", "9" * 5000, "x" * 5000]
)
def test_a_code_nobody_knows_is_refused_in_a_plain_sentence(code: str) -> None:
    with pytest.raises(UnknownWish, match="is no code of the service") as caught:
        trouble.wished(asking(code), CODES)
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
        trouble.wished(asking(delay=delay), CODES)
    assert sentence in caught.value.sentence


def test_a_refused_wish_is_a_400_that_is_not_the_service_s() -> None:
    status, body = trouble.refused(UnknownWish("no such code"))
    assert (status, body) == (400, b'{"error":"no such code"}')
