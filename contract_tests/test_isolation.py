"""Two accounts never see each other: not their ids, links, clocks, settings or calls, and not by how refusals sound.

What an account is answered depends on its seed and its own calls alone, byte for byte, whatever others do in between.
"""

from collections.abc import Callable

import pytest

from contract_tests.account import Account
from contract_tests.client import Answer, Target
from contract_tests.documents import INVALID, SERVICE, least, picture
from contract_tests.flows import KINDS, Kind
from contract_tests.process import FROZEN, serving

pytestmark = pytest.mark.emulator_only
_UNKNOWN = {
    "dashed": "00000000-0000-4000-8000-000000000000",
    "hex": "0" * 32,
    "search": "0" * 32 + "-1-D",
    "number": "1" + "0" * 18,
}


def _look_the_same(foreign: Answer, unknown: Answer) -> None:
    """Everything but the correlation, which names the one call it belongs to."""
    assert (foreign.status, foreign.body, foreign.reason) == (unknown.status, unknown.body, unknown.reason)
    assert foreign.code == INVALID
    named = [[name for name, _ in answer.headers] for answer in (foreign, unknown)]
    assert named[0] == named[1]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_foreign_task_looks_unknown(account: Account, other: Account, kind: Kind) -> None:
    task_id = kind.create(account)
    creates = SERVICE.operations[kind.maker].creates
    assert creates is not None
    _look_the_same(kind.ask(other, task_id), kind.ask(other, _UNKNOWN[creates.form]))
    assert kind.ask(account, task_id).code == 0


def test_a_foreign_search_looks_unknown(account: Account, other: Account) -> None:
    search_id = account.send("P009-search-id", least(SERVICE.operations["P009-search-id"])).data["search_id"]
    foreign = other.call("P009-results", search_id=search_id)
    _look_the_same(foreign, other.call("P009-results", search_id=_UNKNOWN["search"]))
    assert account.call("P009-results", search_id=search_id).code == 0


@pytest.mark.parametrize("use", ["P060", "P009-search-id", "AI39-1-submit"])
def test_a_foreign_picture_looks_unknown(account: Account, other: Account, use: str) -> None:
    url = account.call("P010", image=picture()).data["url"]
    name = url.split("?")[0].rpartition("/")[2]
    request = least(SERVICE.operations[use])
    foreign = other.send(use, {**request, "url": url})
    _look_the_same(foreign, other.send(use, {**request, "url": url.replace(name, "0" * 32 + ".png")}))
    assert account.send(use, {**request, "url": url}).code == 0


def test_an_expired_id_never_sounds_foreign_to_others(account: Account, other: Account) -> None:
    task_id = KINDS[0].create(account)
    account.order(task_id, "expired")
    _look_the_same(KINDS[0].ask(other, task_id), KINDS[0].ask(other, _UNKNOWN["dashed"]))


def test_clocks_are_apart(account: Account, other: Account) -> None:
    mine, theirs = (KINDS[0].create(one) for one in (account, other))
    account.advance("7h59m59s")
    assert KINDS[0].state(account, mine) == "success"
    assert KINDS[0].state(other, theirs) == "running"
    account.advance("1s")
    assert KINDS[0].state(account, mine) == "unknown"
    assert KINDS[0].state(other, theirs) == "running"


def test_settings_are_apart(account: Account, other: Account) -> None:
    account.configure(wire="live", language="cn", permissions=[], strict=True)
    answer = other.call("P043", patent_number="CN101595528B", colour="red")
    assert answer.code == 0
    assert answer.header("x-openapi-amount") == "1"


def test_journals_tasks_and_tokens_are_apart(account: Account, other: Account) -> None:
    KINDS[0].create(account)
    account.steer("DELETE", "tokens")
    assert KINDS[0].state(other, "none") == "unknown"
    calls = other.steer("GET", "requests").json()["requests"]
    assert {entry["account"] for entry in calls} == {other.client_id}
    assert [entry["operation"] for entry in calls] == ["token", "AI39-2-query"]
    made = [one.creates.documented for one in SERVICE.operations.values() if one.creates]
    documented = {task_id for ids in made for task_id in ids}
    assert {task["id"] for task in other.steer("GET", "tasks").json()["tasks"]} <= documented


def _life_of(account: Account, between: Callable[[], None] = lambda: None) -> list[tuple[int, object, bytes]]:
    """The answers to a round of calls, from the first token on; `between` happens between any two of them."""
    answers: list[Answer] = []

    def keep(answer: Answer) -> Answer:
        between()
        answers.append(answer)
        return answer

    keep(account.target.token_call(account.client_id, account.secret))
    url = keep(account.call("P010", image=picture())).data["url"]
    found = keep(account.call("P060", url=url, patent_type="D", model=1)).data
    search_id = keep(account.call("P009-search-id", url=url)).data["search_id"]
    keep(account.call("P009-results", search_id=search_id, limit=100))
    creation = {**least(SERVICE.operations["AI39-1-creation"]), "patent_messages": found["patent_messages"]}
    made = {"infringement": keep(account.send("AI39-1-creation", creation)).data["task_id"]}
    made |= {kind.name: kind.create(account) for kind in KINDS[1:]}
    account.advance("6s")
    told = {kind.name: keep(kind.ask(account, made[kind.name])) for kind in KINDS}
    keep(account.target.fetch(told["evaluation"].data["report_url"]))
    keep(account.call("P043", patent_number="CN101595528B,US11205304B2", lang="jp"))
    keep(account.call("P043"))
    return [(one.status, one.headers, one.body) for one in answers]


def test_the_same_calls_are_answered_the_same_whatever_others_do(account: Account, other: Account) -> None:
    mine = Account(account.target, f"{account.client_id}-again", "its secret")

    def begin() -> None:
        mine.configure(secret="its secret", seed=7)
        mine.steer("POST", "clock", {"freeze": True})
        mine.set_clock("2100-01-01T00:00:00Z")

    def interfere() -> None:
        other.advance("11m")
        KINDS[0].create(other)
        other.call("P043")

    begin()
    first = _life_of(mine)
    assert mine.steer("DELETE").status == 200
    begin()
    assert _life_of(mine, interfere) == first


def test_two_servers_of_one_seed_answer_the_same(is_emulator: bool) -> None:
    lives = []
    for seed in ("1", "1", "2"):
        with serving(*FROZEN, "--seed", seed, "--public-url", "http://files.example") as url:
            target = Target(url)
            lives.append(_life_of(Account(target, "same-client", "same secret")))
            target.close()
    assert lives[0] == lives[1]
    assert lives[0] != lives[2]


def test_another_seed_makes_other_ids(account: Account, other: Account) -> None:
    account.configure(seed=7)
    assert KINDS[0].create(account) != KINDS[0].create(other)
