"""Who may steer: the right Host, no other site's Origin, and off loopback only with the token. Health is open."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx2
import pytest

from emulator.app import create_app
from emulator.server.gateway import Gateway
from emulator.settings import Settings

PAGES = [
    "/_emulator/accounts",
    "/_emulator/clock",
    "/_emulator/requests",
    "/_emulator/openapi.json",
    "/_emulator/nowhere",
    "/_emulator/health/",
    "/_emulator",
]
LOOPBACK = create_app(Settings(freeze=True))
TOKEN = create_app(Settings(freeze=True, host="0.0.0.0", control_token="let me in"))
SHUT = create_app(Settings(freeze=True, host="0.0.0.0"))
OPEN = create_app(Settings(freeze=True, host="0.0.0.0", control_open=True))
NAMED = create_app(Settings(freeze=True, public_url="https://emulator.test:8443"))


def ask(app: Gateway, path: str, headers: Mapping[str, Any] | None = None, method: str = "GET") -> httpx2.Response:
    async def exchange() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8390") as client:
            return await client.request(method, path, headers=headers)

    return asyncio.run(exchange())


@pytest.mark.parametrize("host", ["127.0.0.1:8390", "127.0.0.1", "localhost:1", "[::1]:8390", "LOCALHOST"])
def test_our_own_names_may_steer(host: str) -> None:
    assert ask(LOOPBACK, "/_emulator/clock", {"Host": host}).status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "evil.example:8390", "[", "127.0.0.2"],
)
def test_another_name_is_refused_against_rebinding(page: str, host: str) -> None:
    answer = ask(LOOPBACK, page, {"Host": host})
    assert (answer.status_code, answer.json()) == (
        403,
        {"error": "the Host of this request is none of this server's names"},
    )


def test_the_public_name_may_steer() -> None:
    assert ask(NAMED, "/_emulator/clock", {"Host": "emulator.test:8443"}).status_code == 200
    assert ask(LOOPBACK, "/_emulator/clock", {"Host": "emulator.test:8443"}).status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8390", ""]
)
@pytest.mark.parametrize("app", [LOOPBACK, TOKEN, OPEN], ids=["loopback", "token", "open"])
def test_another_site_s_page_is_refused(app: Gateway, origin: str) -> None:
    headers = {"Origin": origin, "Authorization": "Bearer let me in"}
    answer = ask(app, "/_emulator/reset", headers, "POST")
    assert (answer.status_code, answer.json()) == (403, {"error": "the control API is not for other sites"})


@pytest.mark.parametrize("name", ["Host", "Origin"])
def test_an_address_that_cannot_be_read_is_refused(name: str) -> None:
    assert ask(LOOPBACK, "/_emulator/clock", {name: "http://["}).status_code == 403


def test_our_own_page_may_steer() -> None:
    assert ask(LOOPBACK, "/_emulator/clock", {"Origin": "http://127.0.0.1:8390"}).status_code == 200


@pytest.mark.parametrize(
    "header", [None, "Bearer wrong", "let me in", "Basic let me in", "Bearer", "Bearer let me in2", "Bearer lét me in"]
)
@pytest.mark.parametrize("page", PAGES)
def test_off_loopback_the_token_is_demanded(page: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header.encode("latin-1")}
    answer = ask(TOKEN, page, headers)
    assert answer.status_code == 401
    assert "--control-token" in answer.json()["error"]


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_token_opens_from_any_host(scheme: str) -> None:
    headers = {"Authorization": f"{scheme} let me in", "Host": "emulator.internal"}
    assert ask(TOKEN, "/_emulator/clock", headers).status_code == 200


def test_off_loopback_without_token_or_wish_it_is_shut() -> None:
    for page in PAGES:
        assert ask(SHUT, page).status_code == 401
    assert "--control-token" in ask(SHUT, "/_emulator/clock").json()["error"]
    assert "--control-open" in ask(SHUT, "/_emulator/clock").json()["error"]


def test_opened_by_express_wish_it_is_open() -> None:
    assert ask(OPEN, "/_emulator/clock", {"Host": "anything.example"}).status_code == 200


@pytest.mark.parametrize("app", [LOOPBACK, TOKEN, SHUT, OPEN], ids=["loopback", "token", "shut", "open"])
@pytest.mark.parametrize("headers", [{}, {"Host": "container"}, {"Origin": "http://evil.example"}])
def test_health_is_open_to_all(app: Gateway, headers: Mapping[str, str]) -> None:
    answer = ask(app, "/_emulator/health", headers)
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


@pytest.mark.parametrize("app", [LOOPBACK, TOKEN, SHUT], ids=["loopback", "token", "shut"])
def test_the_emulated_service_is_not_guarded(app: Gateway) -> None:
    headers = {"Host": "connect.patsnap.com", "Origin": "http://evil.example"}
    assert ask(app, "/image-search/results", headers).json()["error_code"] == 67200003


def test_a_page_that_does_not_exist_is_told_plainly() -> None:
    answer = ask(LOOPBACK, "/_emulator/nowhere")
    assert (answer.status_code, list(answer.json())) == (404, ["error"])
    assert ask(LOOPBACK, "/_emulator/health", method="DELETE").status_code == 405
