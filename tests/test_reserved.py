"""Words inside values that ask for trouble: where they are seen, what they do to a call, and who tells of them."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from contract_tests.account import Account
from contract_tests.client import Answer
from contract_tests.documents import SERVICE, least
from emulator.behaviours import reserved
from emulator.spec.models import Service
from tests.inside import Inside, journal
from tests.test_cli import run

TASKLESS = {"P009-search-id": "url", "P009-search": "url", "P060": "url", "P060-beta": "url", "P061": "urls"}
MAKERS = {"AI39-1-creation": "urls", "AI39-1-submit": "url", "AI67-1": "url", "R003-create": "text"}


@pytest.fixture
def account(app: Any) -> Account:
    return Inside(app).open()


def send(account: Account, operation: str, text: str, name: str | None = None) -> Answer:
    """A call that is sound but for a text in its value."""
    name = name or {**TASKLESS, **MAKERS}[operation]
    values = {**least(SERVICE.operations[operation]), name: [text] if name == "urls" else text}
    return account.send(operation, values)


def address(word: str) -> str:
    return f"https://pictures.example/{word}.png"


def words_in(text: Any, operation: str = "P060", name: str = "url") -> tuple[str, ...]:
    return reserved.asked(SERVICE, SERVICE.operations[operation], {name: text}).words


# --- Where they are seen ------------------------------------------------------------------------------------

SEEN = [
    # a value, and the words in it
    ("https://pictures.example/emulator:fail.png", ("emulator:fail",)),
    ("https://pictures.example/a.png?note=emulator:slow&b=1", ("emulator:slow",)),
    ("https://pictures.example/emulator%3Astuck.png", ("emulator:stuck",)),
    ("https://pictures.example/emulator%3astuck", ("emulator:stuck",)),
    ("https://emulator:8080/a.png?note=emulator%3Afail", ("emulator:fail",)),
    ("https://emulator:8080/emulator:slow/emulator:fail", ("emulator:slow", "emulator:fail")),
    ("emulator:slow emulator:slow", ("emulator:slow",)),
    ("一种手机emulator:fail的外观设计", ("emulator:fail",)),
    ("emulator:error=68300006", ("emulator:error=68300006",)),
    ("https://pictures.example/emulator:error=68300006.png", ("emulator:error=68300006",)),
    ("emulator:error=68300006_small", ("emulator:error=68300006",)),
    # no words
    ("https://emulator:8080/a.png", ()),
    ("https://emulator/fail.png", ()),
    ("https://emulator:8080/emulator/fail", ()),
    ("emulator: fail", ()),
    ("emulator:failure", ()),
    ("emulator:fail-over", ()),
    ("emulator:slowly", ()),
    ("Emulator:Fail", ()),
    ("myemulator:fail", ()),
    ("emulator:nothing", ()),
    ("emulator", ()),
    ("", ()),
]


@pytest.mark.parametrize(("text", "words"), SEEN)
def test_a_word_is_seen_for_what_it_is(text: str, words: tuple[str, ...]) -> None:
    assert words_in(text) == words
    assert words_in(text, "R003-create", "text") == words
    assert words_in(["https://pictures.example/a.png", text], "P061", "urls") == words


@pytest.mark.parametrize("value", [None, 5, True, [], [None, 3], {"url": "emulator:fail"}, [["emulator:fail"]]])
def test_what_is_no_text_holds_no_word(value: Any) -> None:
    assert words_in(value) == ()


def test_only_the_named_parameters_are_looked_at(account: Account) -> None:
    answer = account.call("P043", patent_number="emulator:fail,CN101595528B", lang="en")
    assert (answer.code, journal(account)[-1]["trouble"]) == (0, [])


def test_each_of_several_addresses_is_looked_at(account: Account) -> None:
    urls = [address("plain"), address("emulator:fail")]
    assert account.send("P061", {**least(SERVICE.operations["P061"]), "urls": urls}).code == 68300005


# --- What they do without a task ----------------------------------------------------------------------------


@pytest.mark.parametrize("operation", TASKLESS)
def test_without_a_task_fail_is_a_failed_search(account: Account, waits: list[float], operation: str) -> None:
    answer = send(account, operation, address("emulator:fail"))
    assert (answer.code, answer.cost, waits) == (68300005, 0, [])
    assert answer.reason == "asked for by emulator:fail"
    told = journal(account)[-1]
    assert (told["trouble"], told["error_code"], told["cost"]) == (["emulator:fail"], 68300005, 0)


@pytest.mark.parametrize("operation", TASKLESS)
def test_without_a_task_slow_takes_as_long_as_the_page_says(
    account: Account, waits: list[float], operation: str
) -> None:
    answer = send(account, operation, address("emulator:slow"))
    assert (answer.code, waits) == (0, [5.0])
    assert journal(account)[-1]["trouble"] == ["emulator:slow"]


@pytest.mark.parametrize("operation", TASKLESS)
def test_without_a_task_stuck_is_busy_and_nothing_is_done(account: Account, waits: list[float], operation: str) -> None:
    answer = send(account, operation, address("emulator:stuck"))
    nearest = SERVICE.errors.tables[SERVICE.operations[operation].error_table].nearest  # an older page has no 67200100
    assert (answer.code, answer.cost, waits) == (nearest.get(67200100, 67200100), 0, [10.0])
    assert answer.header("x-emulator-fault") is None
    assert answer.reason.startswith("the answer would take 10.001s, and 10s is the most")
    told = journal(account)[-1]
    assert (told["trouble"], told["cause"], told["cost"]) == (["emulator:stuck"], "busy", 0)


def test_what_fails_is_not_stuck_but_may_be_slow(account: Account, waits: list[float]) -> None:
    for words in ("emulator:stuck/emulator:fail", "emulator:slow/emulator:fail"):
        assert send(account, "P060", address(words)).code == 68300005
        told = journal(account)[-1]
        assert (told["reason"], told["trouble"]) == ("asked for by emulator:fail", words.split("/"))
    assert waits == [5.0]


@pytest.mark.parametrize("operation", [*TASKLESS, *MAKERS])
@pytest.mark.parametrize("code", [68300006, 67200203, 67200002])
def test_an_error_comes_by_its_literal_code_and_makes_nothing(account: Account, operation: str, code: int) -> None:
    before = len(account.steer("GET", "tasks").json()["tasks"])
    answer = send(account, operation, address(f"emulator:slow/emulator:error={code}"))
    assert (answer.code, answer.reason) == (code, f"asked for by emulator:error={code}")
    assert len(account.steer("GET", "tasks").json()["tasks"]) == before


@pytest.mark.parametrize("code", ["", "0", "99", "abc", "68300999", "9" * 5000, "²"])
def test_a_code_nobody_knows_is_a_mistake_of_the_test(account: Account, code: str) -> None:
    answer = send(account, "R003-create", f"A text. emulator:error={code} and more")
    assert answer.status == 400
    assert answer.json()["error"].startswith("emulator:error: ")
    assert "is no code of the service; `patsnap-emulator spec errors` lists them" in answer.json()["error"]
    told = journal(account)[-1]
    assert (told["status"], told["error_code"], told["cost"], told["fault"]) == (400, None, 0, False)
    assert all(len(word) <= 60 for word in told["trouble"])


# --- What they do to tasks ----------------------------------------------------------------------------------

PLANNED = [
    ("emulator:fail", {"duration": "6s", "outcome": "fail"}),
    ("emulator:slow", {"duration": "60s", "outcome": "success"}),
    ("emulator:stuck", {"hold": True, "outcome": "success"}),
    ("emulator:slow/emulator:fail", {"duration": "60s", "outcome": "fail"}),
    ("emulator:fail/emulator:stuck", {"hold": True, "outcome": "fail"}),
]


@pytest.mark.parametrize(("words", "plan"), PLANNED)
@pytest.mark.parametrize("operation", MAKERS)
def test_a_word_plans_the_task_it_is_sent_with(
    account: Account, waits: list[float], operation: str, words: str, plan: dict[str, Any]
) -> None:
    for text in (address(words), address(quote(words))):
        answer = send(account, operation, text)
        (task_id,) = answer.data.values()
        assert account.steer("GET", f"tasks/{task_id}").json()["plan"] == plan
        assert (answer.cost, waits, journal(account)[-1]["trouble"]) == (1, [], words.split("/"))


def test_a_report_s_name_is_looked_at_as_well(account: Account) -> None:
    answer = send(account, "R003-create", "emulator:fail", "report_name")
    account.advance("6s")
    assert account.send("R003-export", answer.data).data == {"report_status": "FAIL"}


def test_slow_is_ten_times_as_long_as_usual(service: Service) -> None:
    assert service.reserved.slow_task == 10 * service.values.task_duration
    assert service.reserved.slow_nights == 10


# --- After all other checks ---------------------------------------------------------------------------------


def test_whatever_else_is_wrong_comes_first(account: Account) -> None:
    values = {**least(SERVICE.operations["P060"]), "url": address("emulator:error=67200203")}
    assert account.send("P060", {**values, "limit": 0}).code == 68300004
    account.configure(permissions=["P043"])
    assert account.send("P060", values).code == 67200004
    account.configure(permissions=None, balance=0)
    assert account.send("P060", values).code == 67200005
    account.configure(balance=1)
    assert account.send("P060", values).code == 67200203


# --- Who tells of them --------------------------------------------------------------------------------------


def test_every_word_of_the_documents_is_understood(service: Service) -> None:
    for one in service.reserved.words:
        assert words_in(one.word) == (one.word,)
    names = {parameter.name for operation in service.operations.values() for parameter in operation.parameters}
    assert set(service.reserved.parameters) <= names


def test_spec_errors_tells_the_words_and_what_they_do(service: Service) -> None:
    text = run("spec", "errors").stdout
    assert "url, urls, text, report_name" in text
    for one in service.reserved.words:
        assert f"    {one.word:<24} {one.does}\n" in text


def test_spec_errors_as_json_has_them_with_each_code(service: Service) -> None:
    told = json.loads(run("spec", "errors", "--json").stdout)
    for code, entry in told.items():
        assert [one["does"] for one in entry["reserved"]] == [one.does for one in service.reserved.words]
        words = [one["word"] for one in entry["reserved"]]
        assert words == ["emulator:fail", "emulator:slow", "emulator:stuck", f"emulator:error={code}"]
