"""An account is begun again in part, saved and restored, and kept as a checkpoint; what does not fit is refused."""

import json
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.client import Answer
from contract_tests.documents import picture
from contract_tests.flows import KINDS

pytestmark = pytest.mark.emulator_only
_WORDS = ("state", "usage", "clock", "seed", "faults", "plans", "patents", "stubs", "journal", "settings")


def _life_of(account: Account) -> list[tuple[int, object, bytes]]:
    """The answers to some calls, each depending on those before."""
    fresh = Account(account.target, account.client_id, account.secret)
    answers: list[Answer] = [account.target.token_call(account.client_id, account.secret)]
    answers.append(fresh.call("P010", image=picture()))
    answers.append(fresh.target.fetch(answers[-1].data["url"]))
    answers.append(fresh.call("P009-search-id", url=answers[1].data["url"]))
    made = [(kind, kind.create(fresh)) for kind in KINDS]
    fresh.advance("6s")
    answers += [kind.ask(fresh, task_id) for kind, task_id in made]
    link = next(one.data["report_url"] for one in answers[4:] if "report_url" in one.data)
    answers.append(fresh.target.fetch(link))
    return [(one.status, one.headers, one.body) for one in answers]


def _steered(account: Account, method: str, part: str, body: Any = None) -> Any:
    answer = account.steer(method, part, body)
    assert answer.status in (200, 201), answer.body
    return answer.json()


def test_only_what_is_named_begins_again(account: Account) -> None:
    task_id = KINDS[0].create(account)
    account.advance("1h")
    assert _steered(account, "POST", "reset", {"only": ["journal", "clock"]})["reset"] == account.client_id
    assert account.steer("GET", "requests").json() == {"requests": [], "dropped": 0}
    assert account.steer("GET", "clock").json()["offset_s"] == 0
    assert KINDS[0].state(account, task_id) == "running"
    _steered(account, "POST", "reset", {"only": ["state"]})
    assert KINDS[0].state(Account(account.target, account.client_id, account.secret), task_id) == "unknown"


def test_the_documented_ids_exist_again_after_a_reset_of_state(account: Account) -> None:
    before = account.steer("GET", "tasks").json()
    _steered(account, "DELETE", "tokens")
    for kind in KINDS:
        kind.create(Account(account.target, account.client_id, account.secret))
    assert account.steer("GET", "tasks").json() != before
    _steered(account, "POST", "reset", {"only": ["state"]})
    assert account.steer("GET", "tasks").json() == before


def test_every_word_is_known_and_the_account_stays(account: Account) -> None:
    for words in (*([word] for word in _WORDS), list(_WORDS)):
        assert _steered(account, "POST", "reset", {"only": words}) == {"reset": account.client_id, "only": words}
        assert account.steer("GET").status == 200


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"only": []}, "only"),
        ({"only": "state"}, "only"),
        ({"only": None}, "only"),
        ({"only": ["stat"]}, "only: 'stat' is nothing that can be reset; did you mean state?"),
        ({"onyl": ["state"]}, "onyl is not understood; did you mean only?"),
    ],
)
def test_a_reset_that_is_not_understood_resets_nothing(account: Account, body: dict[str, Any], named: str) -> None:
    task_id = KINDS[0].create(account)
    answer = account.steer("POST", "reset", body)
    assert answer.status == 400
    assert answer.json()["error"].startswith(named)
    assert KINDS[0].state(account, task_id) == "running"


def test_a_restored_account_answers_the_same_calls_with_the_same_bytes(account: Account) -> None:
    saved = _steered(account, "GET", "snapshot")
    first = _life_of(account)
    assert _steered(account, "PUT", "snapshot", saved)["now"] == saved["clock"]["now"]
    assert _life_of(account) == first


def test_a_restored_account_is_where_it_was_in_time(account: Account) -> None:
    task_id = KINDS[0].create(account)
    saved = _steered(account, "GET", "snapshot")
    token = account.token
    account.advance("9h")
    assert KINDS[0].state(account, task_id) == "unknown"
    _steered(account, "PUT", "snapshot", saved)
    assert account.steer("GET", "clock").json()["now"] == saved["clock"]["now"]
    assert KINDS[0].state(Account(account.target, account.client_id, "", token), task_id) == "running"


def test_a_deleted_account_is_restored_with_its_secret_and_key(account: Account) -> None:
    key = account.configure(secret=account.secret, language="cn").json()["api_key"]
    saved = _steered(account, "GET", "snapshot")
    account.steer("DELETE")
    _steered(account, "PUT", "snapshot", saved)
    assert account.steer("GET").json()["language"] == "cn"
    assert account.call("P043", patent_number="CN101595528B").code == 0
    assert Account(account.target, "", "", key).call("P043", patent_number="CN101595528B").code == 0


def test_a_snapshot_tells_no_secret(account: Account) -> None:
    key = account.configure(secret=account.secret).json()["api_key"]
    text = json.dumps([_steered(account, "GET", "snapshot"), account.target.steer("GET", "snapshot").json()])
    for secret in (account.secret, account.token, key, key[3:]):
        assert secret not in text


def test_a_snapshot_of_another_is_refused(account: Account, other: Account) -> None:
    before = account.steer("GET", "requests").json()
    saved = _steered(other, "GET", "snapshot")
    answer = account.steer("PUT", "snapshot", saved)
    assert answer.status == 409
    assert f"of the account {other.client_id!r}, not of the account {account.client_id!r}" in answer.json()["error"]
    for field, value in (("format", 99), ("seed", -5), ("corpus", "none")):
        answer = other.steer("PUT", "snapshot", {**saved, field: value})
        assert answer.status == 409
        assert field in answer.json()["error"]
    assert account.steer("GET", "requests").json() == before


def test_a_snapshot_that_is_none_is_refused_by_field(account: Account) -> None:
    saved = _steered(account, "GET", "snapshot")
    for body, named in (({}, "format"), ({**saved, "contents": 7}, "contents"), ({**saved, "clok": 1}, "clok")):
        answer = account.steer("PUT", "snapshot", body)
        assert answer.status == 400
        assert answer.json()["error"].startswith(named)
    assert account.steer("GET", "snapshot").json()["contents"] == saved["contents"]


def test_others_notice_no_reset_and_no_restore(account: Account, other: Account) -> None:
    saved, theirs = (_steered(one, "GET", "snapshot") for one in (account, other))
    first = _life_of(account)
    _steered(account, "PUT", "snapshot", saved)
    _life_of(other)
    for order in (("POST", "reset", {"only": ["state"]}), ("PUT", "snapshot", theirs), ("POST", "reset", {})):
        _steered(other, *order)
        assert _life_of(account) == first
        _steered(account, "PUT", "snapshot", saved)


def test_a_checkpoint_is_kept_gone_back_to_and_forgotten(account: Account) -> None:
    part = "checkpoints/before-all.this_1"
    assert account.steer("POST", part).status == 201
    first = _life_of(account)
    account.steer("POST", "reset")
    (kept,) = _steered(account, "GET", "checkpoints")["checkpoints"]
    assert (kept["account"], kept["name"]) == (account.client_id, "before-all.this_1")
    assert kept["size"] > 0
    assert _steered(account, "POST", part + "/restore")["now"] == kept["now"]
    assert _life_of(account) == first
    assert kept in account.target.steer("GET", "checkpoints").json()["checkpoints"]
    assert account.steer("DELETE", part).status == 200
    assert account.steer("GET", "checkpoints").json() == {"checkpoints": []}
    assert [account.steer(*order).status for order in (("DELETE", part), ("POST", part + "/restore"))] == [404, 404]


def test_a_checkpoint_s_name_is_plain(account: Account) -> None:
    for name in ("a b", "a" * 65, "ü", "a:b"):
        answer = account.steer("POST", f"checkpoints/{name}")
        assert answer.status == 400
        assert answer.json()["error"].startswith("name: ")
