"""A file of accounts closes the list: who may call then, what is wrong in such a file, and what nobody prints."""

import json
from pathlib import Path
from typing import Any

import pytest

from emulator.app import create_app
from emulator.behaviours.accounts import own_key
from emulator.server.control import account_list
from emulator.settings import Settings
from emulator.spec.faults import SpecFault
from emulator.spec.models import Service
from tests.conftest import NOW, Caller
from tests.test_cli import refused, run
from tests.test_cli_serve import ended, rest, serving

P043, EXPORT = "/basic-patent-data/abstract-data-translated", "/patent-valuation-data/pre_patent-evaluation-export"
FORM = {"grant_type": "client_credentials"}
YAML = """
- id: first
  secret: a secret of the first
  language: cn
  prices: {P043: 3}
  balance: 12
  plan: {R003-create: hold, all: {polls: 2, outcome: fail}}
- {id: second, wire: live, qps: 5, daily_limit: null, valid_until: "2027-01-01T00:00:00Z"}
"""
LIST = [
    {
        "id": "first",
        "secret": "a secret of the first",
        "language": "cn",
        "prices": {"P043": 3},
        "balance": 12,
        "plan": {"R003-create": "hold", "all": {"polls": 2, "outcome": "fail"}},
    },
    {"id": "second", "wire": "live", "qps": 5, "daily_limit": None, "valid_until": "2027-01-01T00:00:00Z"},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "accounts.yaml"
    file.write_text(YAML)
    return file


@pytest.fixture
def first(file: Path) -> Caller:
    """The first account of an emulator whose list is closed."""
    return Caller(create_app(Settings(now=NOW, freeze=True, accounts=file)), "first", "a secret of the first")


def code(answer: Any) -> int:
    return int(answer.json().get("error_code", 0))


def token_call(caller: Caller, client_id: str, secret: str) -> Any:
    return caller.send("POST", "/oauth/token", auth=(client_id, secret), data=FORM)


# --- What may stand in the file ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [json.dumps(LIST), json.dumps(LIST, indent="\t"), YAML], ids=["json", "json-with-tabs", "yaml"]
)
@pytest.mark.parametrize("name", ["accounts.json", "accounts.yaml", "accounts"])
def test_json_and_yaml_say_the_same(text: str, name: str, tmp_path: Path, service: Service) -> None:
    (tmp_path / name).write_text(text)
    listed = account_list.read(tmp_path / name, service)
    assert [one.id for one in listed] == ["first", "second"]
    assert listed[0].settings["plan"]["R003-create"] == {"how": {"duration": None, "polls": None}}
    assert listed[0].settings["prices"] == {"P043": 3}
    assert listed[1].settings["valid_until"] == 1_798_761_600_000
    assert listed[1].settings["daily_limit"] is None
    assert "seed" not in listed[1].settings


@pytest.mark.parametrize("secret", ["秘密", "\U0001f511", 'a "quoted" word', "a\\b/c"])
def test_any_character_may_stand_in_a_secret(secret: str, tmp_path: Path, service: Service) -> None:
    for number, text in enumerate([json.dumps([{"id": "a", "secret": secret}]), f"- {{id: a, secret: '{secret}'}}"]):
        file = tmp_path / f"{number}.json"
        file.write_text(text, encoding="utf-8")
        assert account_list.read(file, service)[0].settings == {"secret": secret}


WRONG: dict[str, tuple[str, str]] = {
    "nothing": ("", "whole file: a list of accounts is expected"),
    "an-empty-list": ("[]", "whole file: a list of accounts is expected"),
    "one-account": ("id: a", "whole file: a list of accounts is expected"),
    "a-word": ("accounts", "whole file: a list of accounts is expected"),
    "a-list-of-words": ("[a, b]", "account 1: an object with an id is expected"),
    "an-empty-entry": ("- id: a\n-", "account 2: an object with an id is expected"),
    "no-id": ("- id: a\n- {secret: b}", "account 2/id: an account's id is"),
    "an-id-that-is-a-number": ("- id: 7", "account 1/id: an account's id is"),
    "an-id-of-a-key": ("- id: key-0123", "account 1/id: an account's id is"),
    "an-id-with-a-slash": ("- id: a/b", "account 1/id: an account's id is"),
    "an-id-twice": ("- id: a\n- id: b\n- id: a", "account 3/id: 'a' occurs twice"),
    "a-typo": ("- id: a\n- {id: b, languge: cn}", "account 2: languge is not understood; did you mean language?"),
    "a-key-that-is-a-number": ("- {id: a, 1: 2}", "account 1: 1 is not understood"),
    "a-wrong-value": ("- {id: a, wire: soap}", "account 1: wire: "),
    "a-wrong-kind": ("- {id: a, secret: 12345678}", "account 1: secret: Input should be a valid string"),
    "a-reserved-secret": ("- {id: a, secret: wrong-secret}", "account 1: secret: 'wrong-secret' is reserved"),
    "no-operation": ("- {id: a, prices: {P0433: 1}}", "account 1: prices: 'P0433' is no operation; did you mean P043?"),
    "less-than-nothing": ("- {id: a, daily_limit: -1}", "account 1: daily_limit: "),
    "a-wrong-plan": ("- {id: a, plan: {durtion: 3s}}", "account 1: plan: 'durtion' is no operation that makes tasks"),
    "no-yaml": ("- id: a\n  b: [", "line 3: "),
    "no-json": ('[{"id": "a"},\n {"id": "b",, }]', "line 2: "),
    "a-key-twice": ('[{"id": "a",\n "id": "b"}]', "line 1: a key occurs twice in ['id']"),
    "two-documents": ("- id: a\n---\n- id: b", "line 2: "),
    "half-a-character": ('[{"id": "\\ud83d"}]', "account 1/id: an account's id is"),
    "very-deep": ("[" * 5000, "whole file: nests deeper than "),
    "very-large": ('[{"id": "a", "qps": ' + "9" * 5000 + "}]", "whole file: "),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_refused_with_its_place(case: str, tmp_path: Path, service: Service) -> None:
    text, told = WRONG[case]
    file = tmp_path / "accounts.yaml"
    file.write_text(text)
    with pytest.raises(SpecFault) as caught:
        account_list.read(file, service)
    assert f"accounts.yaml: {told}" in str(caught.value)
    assert "12345678" not in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path, service: Service) -> None:
    (tmp_path / "accounts").write_bytes(b"- id: \xff")
    with pytest.raises(SpecFault, match="whole file"):
        account_list.read(tmp_path / "accounts", service)


# --- Who may call -----------------------------------------------------------------------------------------


def test_listed_accounts_are_there_with_their_settings(first: Caller) -> None:
    ids = [one["id"] for one in first.send("GET", "/_emulator/accounts").json()["accounts"]]
    assert ids == ["first", "second"]
    told = first.steer("GET", "")
    assert (told["balance"], told["prices"], told["language"]) == (12, {"P043": 3}, "cn")
    assert told["plan"] == {"R003-create": {"hold": True}, "all": {"polls": 2, "outcome": "fail"}}
    answer = first.call("GET", P043, {"patent_number": "CN101595528B"})
    assert (code(answer), answer.headers["x-openapi-amount"]) == (0, "3")


def test_the_list_is_closed_to_other_clients_and_keys(first: Caller) -> None:
    answer = token_call(first, "stranger", "secret")
    assert (code(answer), answer.headers["X-Emulator-Reason"]) == (
        67200003,
        "no account has this client id, and the list of accounts is closed",
    )
    assert code(token_call(first, "demo-client", "demo-secret")) == 67200003
    assert code(token_call(first, "first", "another secret")) == 67200003
    unknown = {"Authorization": "Bearer sk-" + "a1B2" * 12}
    answer = first.send("GET", EXPORT, params={"job_id": "x"}, headers=unknown)
    assert code(answer) == 67200009
    assert "the list of accounts is closed" in answer.headers["X-Emulator-Reason"]
    assert len(first.send("GET", "/_emulator/accounts").json()["accounts"]) == 2


def test_an_unknown_key_is_named_otherwise_on_the_live_wire(file: Path) -> None:
    caller = Caller(create_app(Settings(now=NOW, freeze=True, accounts=file, wire="live")), "first")
    unknown = {"Authorization": "Bearer sk-" + "a1B2" * 12}
    assert code(caller.send("GET", EXPORT, params={"job_id": "x"}, headers=unknown)) == 67200202


def test_a_listed_account_has_a_key_of_its_own_and_takes_the_first_secret_if_it_has_none(first: Caller) -> None:
    for account, seed in (("first", 1), ("second", 1)):
        bearer = {"Authorization": f"Bearer {own_key(seed, account, 48)}"}
        answer = first.send("GET", P043, params={"patent_number": "CN101595528B"}, headers=bearer)
        assert code(answer) == 0
    assert token_call(first, "second", "its first").json()["data"]["token"]
    assert code(token_call(first, "second", "its second")) == 67200003


def test_an_account_may_still_be_added_by_hand(first: Caller) -> None:
    made = first.send("PUT", "/_emulator/accounts/third", json={"secret": "a third"})
    assert made.status_code == 201
    third = Caller(first.app, "third", "a third")
    assert code(third.call("GET", P043, {"patent_number": "CN101595528B"})) == 0


@pytest.mark.parametrize("whose", ["", "/accounts/first"])
def test_a_reset_brings_a_listed_account_back_to_its_listed_form(first: Caller, whose: str) -> None:
    first.call("GET", P043, {"patent_number": "CN101595528B"})
    first.steer("PUT", "", {"language": "en", "balance": 1, "prices": {}, "plan": None, "secret": "a new one"})
    assert first.send("POST", f"/_emulator{whose}/reset", json={}).status_code == 200
    told = first.steer("GET", "")
    assert (told["balance"], told["prices"], told["language"]) == (12, {"P043": 3}, "cn")
    assert told["plan"] is not None
    assert first.steer("GET", "/usage")["credits"] == 0
    assert token_call(first, "first", "a secret of the first").json()["data"]["token"]
    assert code(token_call(first, "first", "a new one")) == 67200003


# --- What is printed --------------------------------------------------------------------------------------


def test_serve_names_the_accounts_and_prints_no_secret(file: Path, tmp_path: Path) -> None:
    with serving(tmp_path, "--port", 0, "--accounts", file) as (process, url):
        told = rest(process)
    assert "accounts       first, second; the list is closed" in told
    assert own_key(1, "first", 48) in told
    assert "a secret of the first" not in told
    assert "demo" not in told
    assert url


def test_serve_names_the_first_five(tmp_path: Path) -> None:
    (tmp_path / "many").write_text(json.dumps([{"id": f"account-{number}"} for number in range(8)]))
    with serving(tmp_path, "--port", 0, "--accounts", "many") as (process, _):
        assert "account-3, account-4 and 3 more; the list is closed" in rest(process)


@pytest.mark.parametrize("how", ["flag", "environment", "file"])
def test_a_wrong_list_ends_serve_with_3_in_one_line(how: str, tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("- {id: a, secret: s3cr3t-w0rd, languge: cn}")
    if how == "file":
        (tmp_path / "patsnap-emulator.toml").write_text('accounts = "wrong"\n')
    more = {"PATSNAP_EMULATOR_ACCOUNTS": "wrong"} if how == "environment" else {}
    status, complaints = ended(tmp_path, "--port", 0, *(["--accounts", "wrong"] if how == "flag" else []), **more)
    assert (status, complaints) == (
        3,
        "patsnap-emulator: wrong: account 1: languge is not understood; did you mean language?\n",
    )


def test_env_prints_the_first_account(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATSNAP_EMULATOR_ACCOUNTS", str(file))
    assert run("env").stdout.splitlines()[1:] == [
        "export PATSNAP_CLIENT_ID=first",
        "export PATSNAP_CLIENT_SECRET='a secret of the first'",
        f"export PATSNAP_API_KEY={own_key(1, 'first', 48)}",
    ]
    file.write_text("- {id: second, seed: 9}\n" + YAML.replace("second", "third"))
    assert run("env").stdout.splitlines()[1:] == [
        "export PATSNAP_CLIENT_ID=second",
        f"export PATSNAP_API_KEY={own_key(9, 'second', 48)}",
    ]


def test_env_with_a_wrong_list_ends_with_3(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATSNAP_EMULATOR_ACCOUNTS", str(file))
    file.write_text("- id: 7\n")
    assert "accounts.yaml: account 1/id" in refused(run("env"), 3)
