"""Mistakes that were met once, each shown by the calls that showed it, so that none comes back."""

import asyncio
import io
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image

from emulator import create_app
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.pictures import read_picture
from emulator.behaviours.world import SHARED, Account, World
from emulator.contract.facts import doubled
from emulator.contract.secrecy import body_without_secrets, query_without_secrets, without_secrets
from emulator.corpus.reading import CorpusFault
from emulator.settings import Settings
from emulator.spec import loader
from emulator.spec.faults import SpecFault
from tests.conftest import BASE_URL, Caller
from tests.test_decided import P043, SUBMIT, code, data

SECRET = "hunter2planted"
TOKEN = "PTploKsTVFToPYmLddFTYZjJpMPCnyOe"


@pytest.mark.parametrize("secret", [{}, {"secret": "s"}])
def test_a_strict_account_opens_and_resets(caller: Caller, secret: dict[str, str]) -> None:
    assert caller.steer("PUT", "", {"strict": True, **secret})["strict"] is True
    caller.steer("POST", "/reset")
    assert caller.steer("GET", "")["strict"] is True


def test_an_account_configured_without_a_secret_is_bound_to_the_first(caller: Caller) -> None:
    caller.steer("PUT", "", {"wire": "live"})
    assert code(caller.call("GET", P043, {"patent_number": "CN101595528B"})) == 0
    other = caller.send(
        "POST", "/oauth/token", auth=(caller.client_id, "another"), data={"grant_type": "client_credentials"}
    )
    assert code(other) == 67200003


def test_the_examples_are_finished_for_a_first_call_under_a_running_clock() -> None:
    caller = Caller(create_app(Settings(freeze=False)), "nobody")
    for number in range(20):
        headers = {"Authorization": f"Bearer sk-first0call0of0a0key{number:03}"}
        body = {"task_id": "80d440b7-80a5-4233-a75f-ab72b0885c88"}
        answer = caller.send("POST", "/ai/infringement-detection-query", headers=headers, json=body)
        assert data(answer)["task_status"] == 2


def test_a_key_beside_another_clients_id_opens_nothing(caller: Caller) -> None:
    headers = {"Authorization": "Bearer sk-beside0another0client0"}
    assert code(caller.send("GET", P043, headers=headers, params={"apikey": "somebody"})) == 67200003
    listed = caller.send("GET", "/_emulator/accounts").text
    headers = {"Authorization": "Bearer sk-beside0another0client0"}
    assert code(caller.send("GET", P043, headers=headers, params={"patent_number": "CN101595528B"})) == 0
    assert len(caller.send("GET", "/_emulator/accounts").text) > len(listed)


def test_an_account_is_opened_once_by_calls_that_come_together(world: World) -> None:
    opened: list[str] = []
    accounts = Accounts(world, Account(id=SHARED), lambda account, now: opened.append(account.id))
    found = accounts.find
    accounts.find = lambda account_id: None  # type: ignore[method-assign]  # both look before either has opened
    for _ in range(2):
        accounts.admit_key("sk-" + "a" * 20, lambda account_id: 0)
    accounts.find = found  # type: ignore[method-assign]
    assert len(opened) == 1


def test_a_long_list_of_classes_costs_no_more_than_a_short_one(caller: Caller) -> None:
    body, classes = {"country": ["US"], "lang": "en"}, ["14-01", "14-02", "99-99"]
    few = data(caller.call("POST", SUBMIT, json={**body, "loc_items": classes}))
    many = data(caller.call("POST", SUBMIT, json={**body, "loc_items": classes * 30_000}))
    caller.advance("6s")
    reports = [data(caller.call("POST", "/ai/image-search/report", json=task)) for task in (few, many)]
    assert reports[0]["patent_messages"] == reports[1]["patent_messages"]


class Compared(str):
    """A text that counts how often it was compared with another."""

    times = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Compared.times += 1
        return str.__eq__(self, other)


def test_doubled_items_are_found_without_comparing_each_with_each() -> None:
    items = [Compared(f"14-{number % 500}") for number in range(1000)]
    Compared.times = 0
    assert doubled(items) == [f"14-{number}" for number in range(500)]
    assert Compared.times < 10 * len(items)


def test_a_picture_with_sixteen_bits_of_grey_is_read() -> None:
    out = io.BytesIO()
    Image.new("I;16", (4096, 3000)).save(out, "PNG")
    assert read_picture(out.getvalue(), 16_777_216).width == 4096


def test_an_upload_that_has_just_expired_is_said_to_have(caller: Caller) -> None:
    out = io.BytesIO()
    Image.new("L", (60, 40), "white").save(out, "PNG")
    caller.token()
    caller.advance("250ms")
    url = data(caller.call("POST", "/image-search/image-upload", files={"image": ("a.png", out.getvalue())}))["url"]
    caller.advance("9h")
    answer = caller.call("GET", "/image-search/search-id", {"url": url})
    assert "has expired" in answer.headers["X-Emulator-Reason"]


@pytest.mark.parametrize(
    "text",
    [
        f"client_id=c9&client_secret={SECRET}",
        f'{{"client_secret":"{SECRET}',
        f'{{"client_secret":["{SECRET}"],"secret":"{SECRET}"}}',
        f'{{"clientSecret":"{SECRET}","api_key":"{SECRET}","authorization":"{SECRET}"}}',
        f'{{"any":"{TOKEN}"}}',
    ],
)
def test_a_body_hides_its_secrets_however_they_are_written(text: str) -> None:
    shown = body_without_secrets(text)
    assert SECRET not in shown
    assert TOKEN not in shown


@pytest.mark.parametrize(
    "query", [f"apikey={TOKEN}", "url=http%3A//x/%3FX%252DAmz%252DSignature%3Dabcdef0123", "q=%2573k-" + "a1" * 10]
)
def test_a_query_hides_its_secrets_however_they_are_written(query: str) -> None:
    shown = query_without_secrets(query)
    assert not any(secret in shown for secret in (TOKEN, "abcdef0123", "a1" * 10))


NAMES = ["appSecret", "secret_key", "refresh_token", "pwd", "x_pw", "passphrase", "privateKey", "session", "X-Auth"]


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_secret_is_called_it_is_hidden(name: str) -> None:
    assert SECRET not in query_without_secrets(f"{name}={SECRET}&lang=en")
    assert SECRET not in body_without_secrets(f'{{"a": 1, "{name}": "{SECRET}", "b": {{"{name}" : ["{SECRET}"]}}}}')
    assert SECRET not in body_without_secrets(f'{{"{name}": {{"x": "{SECRET}"}}}}')
    assert SECRET not in body_without_secrets(f"a=1&{name}={SECRET}")
    assert SECRET not in without_secrets(f"/oauth/{name}={SECRET}")
    assert SECRET not in without_secrets(f"https://h.example/x.png?{name}={SECRET}")


@pytest.mark.parametrize(
    "text",
    [
        f"https://user:{SECRET}@h.example/x.png",
        f"https://{SECRET}@h.example",
        f"https%3A%2F%2Fuser%3A{SECRET}%40h.example",
        f"/x/Bearer {SECRET}",
        f"/x/bearer%20{SECRET}",
        f"/x/Basic%20{SECRET}=",
        f"/client_secret%3D{SECRET}",
    ],
)
def test_an_address_hides_who_signs_in(text: str) -> None:
    assert SECRET not in without_secrets(text)
    assert SECRET not in query_without_secrets(f"url={text}")


@pytest.mark.parametrize(
    "text",
    [
        "a bearer assembly of basic structures",
        '{"lang": "en", "token_type": "Bearer", "author": "A. B.", "total": 3}',
        "https://h.example/x.png?lang=en",
        "mail@h.example",
    ],
)
def test_innocent_texts_stay(text: str) -> None:
    assert without_secrets(text) == body_without_secrets(text) == text


@pytest.mark.parametrize(
    "word", ["task-lifetime8h", "A desk-mountable task-scheduler", "risk-free", "C8C1EC5B3B068562CEFA779B7CC9C7F5-1-D"]
)
def test_innocent_words_and_ids_stay(word: str) -> None:
    assert without_secrets(word) == word


def test_forgetting_all_calls_forgets_those_of_nobody_too(caller: Caller) -> None:
    own = Caller(create_app(Settings()), "c")
    own.send("GET", "/nowhere")
    assert own.send("GET", "/_emulator/requests").json()["requests"]
    own.send("DELETE", "/_emulator/requests")
    assert own.send("GET", "/_emulator/requests").json()["requests"] == []


def test_a_fault_of_the_control_api_is_told_in_json(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("planted")

    monkeypatch.setattr(Accounts, "ids", broken)

    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=caller.app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url=BASE_URL) as client:
            return await client.get("/_emulator/accounts")

    answer = asyncio.run(ask())
    assert answer.status_code == 500
    assert answer.json() == {"error": "a fault of the emulator: RuntimeError; its log has the traceback"}


@pytest.mark.parametrize("setting", ["nowhere", "pyproject.toml"])
def test_a_folder_of_fixtures_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv("PATSNAP_EMULATOR_FIXTURES", setting)
    with pytest.raises(ValueError, match="fixtures"):
        Settings()


def test_a_status_that_no_page_lists_is_refused(tmp_path: Path) -> None:
    text = (loader.SHIPPED / "errors.yaml").read_text("utf-8").replace("http: 404", "http: 418")
    (tmp_path / "errors.yaml").write_text(text, "utf-8")
    with pytest.raises(SpecFault, match="418 is listed by no page"):
        loader.load(tmp_path)


def test_a_multipart_body_may_have_an_epilogue(caller: Caller) -> None:
    out = io.BytesIO()
    Image.new("L", (60, 40), "white").save(out, "PNG")
    head = b'--B\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n'
    body = head + out.getvalue() + b"\r\n--B--\r\nepilogue"
    headers = {"Content-Type": "multipart/form-data; boundary=B"}
    assert code(caller.call("POST", "/image-search/image-upload", headers=headers, content=body)) == 0


def test_our_host_is_ours_however_it_is_written(caller: Caller) -> None:
    found = data(caller.call("GET", "/image-search/search-id", {"url": "http://a/1.png", "limit": "1"}))
    url = httpx2.URL(found["patent_messages"][0]["url"])
    shouted = str(url).replace(url.host, url.host.upper()).split("?")[0]
    assert code(caller.call("GET", "/image-search/search-id", {"url": shouted})) == 68300004


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("service.yaml", "  fields: {at_most: 1000", "  felds: {at_most: 1000", "bounds/fields"),
        ("service.yaml", "client_secret: demo-secret", "client_secret: wrong-secret", "credentials/demo"),
        ("service.yaml", "demo: {client_id: demo-client, ", "demo: {", "credentials/demo/client_id"),
        ("errors.yaml", "old: Quota exceeds the limit!", 'old: ""', "texts/old"),
        ("errors.yaml", "failure_keys: [status, error_code, error_msg]", "failure_keys: [status]", "failure_keys"),
        (
            "decisions.yaml",
            "value: {likeness: 70, class: 20, main_field: 10}",
            "value: {likeness: 70}",
            "rerank_weights",
        ),
        ("texts/comparison.yaml", "agrees with {title}", "agrees with {titel}", "en/High/similar"),
        ("texts/evaluation.yaml", "  kind: Pre-patent evaluation report", "  kinde: x", "en/kind"),
        (
            "corpus/known_pictures.yaml",
            "{product: phone",
            "{product: phon",
            "common_demo",
        ),
        ("corpus/patent.yaml", "type: object", "type: objekt", "no schema"),
        (
            "components.yaml",
            "minimum: 1, maximum: 100, default: 10",
            "minimum: one, maximum: 100, default: 10",
            "minimum",
        ),
        ("components.yaml", "maximum: 100, default: 10", "maximum: 100, default: ten", "default"),
        ("operations/patents/P043.yaml", "/basic-patent-data/", "/_emulator/", "emulator's own"),
        ("operations/patents/P043.yaml", "tags: [patents]", "tags: []", "paths"),
        ("operations/patents/P043.yaml", "name: lang,", "name: patent_id,", "stands twice"),
    ],
)
def test_a_fault_that_a_client_would_have_met_stops_the_start(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    text = (loader.SHIPPED / file).read_text("utf-8")
    assert old in text
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises((SpecFault, CorpusFault)) as caught:
        create_app(Settings(fixtures=tmp_path))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("secret", ["sk-8c1a88b79113a4fd0b6e", "godrgKeuFioNesrF2LjrgvffruIGYQM5"])
@pytest.mark.parametrize("before", range(8160, 8193, 4))
def test_a_secret_that_the_journal_cuts_is_hidden_too(caller: Caller, secret: str, before: int) -> None:
    text = ('{"text":"' + "x " * 5000)[:before]
    caller.call("POST", SUBMIT, headers={"Content-Type": "application/json"}, content=f'{text} {secret}"}}')
    assert secret[:12] not in caller.journal()[-1]["request"]


@pytest.mark.parametrize("links", ["documented", "signed"])
def test_a_report_and_its_link_end_together_within_a_second(caller: Caller, links: str) -> None:
    caller.token()
    caller.steer("PUT", "", {"link_lifetime": links})
    caller.advance("460ms")
    request = {"text": "a text", "tech_maturity_index": 1, "report_name": "n"}
    job = data(caller.call("POST", "/patent-valuation-data/pre_patent-evaluation-create", json=request))
    caller.advance("6s")
    caller.advance("167h59m59s")
    for step, good in (("1ms", True), ("538ms", True), ("1ms", False)):
        caller.advance(step)
        answer = caller.call("GET", "/patent-valuation-data/pre_patent-evaluation-export", job)
        assert (code(answer) == 0) is good
        if good:
            assert caller.send("GET", data(answer)["report_url"]).status_code == 200


def test_limits_of_all_that_are_set_again_count_from_nothing() -> None:
    """Also the requests of a second that does not end, because the clock stands still."""
    caller = Caller(create_app(Settings(freeze=True)), "a-client")
    asked = {"apikey": f"sk-{'k' * 16}"}
    for _ in range(2):
        assert caller.send("PUT", "/_emulator/limits", json={"qps": 1}).status_code == 200
        assert [code(caller.send("GET", P043, params=asked)) for _ in range(2)] == [68300004, 67200001]
