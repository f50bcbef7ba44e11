"""Every page of the control API, as its own document lists them, refuses what it cannot take in the same plain way."""

from typing import Any

import pytest

from emulator.app import create_app
from emulator.settings import Settings
from tests.conftest import NOW, Caller

APP = create_app(Settings(now=NOW, freeze=True))
KNOWN = "sweep-client"
IN_PATHS = {"task": "none", "fault": "none", "name": "none", "patent": "none"}
ONE = "/_emulator/accounts/{account}"
FOR_NOBODY_YET = {("put", ONE), ("put", ONE + "/snapshot")}
FOR_NOBODY_ANY_MORE = {("delete", ONE + "/checkpoints/{name}"), ("post", ONE + "/checkpoints/{name}/restore")}


def client() -> Caller:
    caller = Caller(APP, KNOWN)
    caller.steer("PUT", "", {})
    return caller


def pages() -> list[tuple[str, str, dict[str, Any]]]:
    paths = client().send("GET", "/_emulator/control.json").json()["paths"]
    return [(method, path, page) for path, node in paths.items() for method, page in node.items()]


PAGES = pages()
NAMED = [pytest.param(*page, id=f"{page[0]} {page[1].removeprefix('/_emulator')}") for page in PAGES]
TAKING = [param for param, page in zip(NAMED, PAGES, strict=True) if "requestBody" in page[2]]
OF_ONE = [param for param, page in zip(NAMED, PAGES, strict=True) if "{account}" in page[1]]


def filled(path: str, account: str = KNOWN) -> str:
    return path.format(account=account, **IN_PATHS)


def refused(method: str, path: str, **more: Any) -> tuple[int, str]:
    answer = client().send(method.upper(), path, **more)
    assert answer.headers["content-type"] == "application/json"
    return answer.status_code, answer.json()["error"]


def test_there_are_many_pages() -> None:
    assert len(PAGES) > 60
    assert len({page["operationId"] for _, _, page in PAGES}) == len(PAGES)
    assert all(page["summary"] for _, _, page in PAGES)


@pytest.mark.parametrize(("method", "path", "page"), NAMED)
def test_a_query_it_does_not_know_is_named(method: str, path: str, page: dict[str, Any]) -> None:
    known = [parameter["name"] for parameter in page["parameters"] if parameter["in"] == "query"]
    wrong = known[0][:-1] + "x" if known else "colour"
    status, sentence = refused(method, filled(path), params={wrong: "red"})
    assert status == 400
    assert sentence.startswith(f"{wrong} is not understood")
    assert not known or "did you mean" in sentence


@pytest.mark.parametrize(("method", "path", "page"), TAKING)
def test_a_field_it_does_not_know_is_named(method: str, path: str, page: dict[str, Any]) -> None:
    status, sentence = refused(method, filled(path), json={"colour": "red"})
    assert status == 400
    assert "colour" in sentence


@pytest.mark.parametrize(("method", "path", "page"), TAKING)
@pytest.mark.parametrize("body", [b"{", b"[]", b"7", b"null", b'{"a":1,"a":2}', b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(method: str, path: str, page: dict[str, Any], body: bytes) -> None:
    status, sentence = refused(method, filled(path), content=body)
    assert (status, bool(sentence)) == (400, True)


@pytest.mark.parametrize(("method", "path", "page"), OF_ONE)
def test_an_account_that_is_not_there_is_told(method: str, path: str, page: dict[str, Any]) -> None:
    if (method, path) in FOR_NOBODY_YET | FOR_NOBODY_ANY_MORE:
        return
    status, sentence = refused(method, filled(path, "nobody"), json={} if method != "get" else None)
    assert (status, sentence) == (404, "there is no account 'nobody'")


@pytest.mark.parametrize("path", sorted({path for _, path, _ in PAGES}))
def test_another_method_is_refused(path: str) -> None:
    status, sentence = refused("OPTIONS", filled(path))
    assert status == 405
    assert sentence.startswith(f"OPTIONS {filled(path)}: ")


def test_a_page_that_is_not_there_is_told() -> None:
    assert refused("GET", "/_emulator/nowhere") == (404, "GET /_emulator/nowhere: there is no such page")
    path = f"/_emulator/acounts/{KNOWN}/faults"
    told = f"GET {path}: there is no such page; did you mean accounts where acounts stands?"
    assert refused("GET", path) == (404, told)
