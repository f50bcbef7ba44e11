"""Beginning again, wholly or in what some words name: what goes, what stays, and that nobody else notices."""

from typing import Any

import pytest

from contract_tests.documents import SERVICE, least
from emulator.app import create_app
from emulator.behaviours import faults, meter, plans
from emulator.behaviours.accounts import KEYS, Accounts
from emulator.behaviours.accounts import TABLE as ACCOUNT
from emulator.behaviours.clocks import TABLE as CLOCK
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.meter import CHARGES, SETTLED
from emulator.behaviours.quota import PLATFORM, WINDOW
from emulator.behaviours.resets import TABLES, Resets, Word
from emulator.behaviours.tasks import FAILING
from emulator.behaviours.world import COUNTERS, KEPT, SHARED, World
from emulator.server import journal
from emulator.settings import Settings
from tests.conftest import NOW, Caller
from tests.life import PATENT, life_of
from tests.test_decided import CREATION, P043, QUERY, code, data

EXAMPLE = {"task_id": "80d440b7-80a5-4233-a75f-ab72b0885c88"}
OTHERS = ("tasks", FAILING, "tokens", "a table of somebody's")  # tables that no word claims


@pytest.fixture
def resets(world: World, accounts: Accounts) -> Resets:
    return Resets(world, accounts, Clocks(world.store, NOW, True))


def filled(world: World, accounts: Accounts) -> None:
    """Two accounts with something in every table that there is or may be, and the same in the shared space."""
    for space in ("one", "two", SHARED, KEPT):
        for table in (*OTHERS, *(name for names in TABLES.values() for name in names)):
            world.store.put(space, table, "k", {"offset": 5} if table == CLOCK and space else {"units": 0})
        world.store.append(space, "charges", {}, keep=5)
        world.store.append(space, journal.LOG, {}, keep=5)
    for account_id in ("one", "two"):
        accounts.configure(account_id, {"secret": "s"}, NOW)


def missing(world: World, before: list[str], space: str) -> set[str]:
    return set(before) - set(world.store.tables(space))


def test_every_table_has_one_word_and_its_name_is_that_of_its_owner() -> None:
    names = [table for tables in TABLES.values() for table in tables]
    assert len(names) == len(set(names))
    assert set(Word) - set(TABLES) == {Word.STATE}
    assert {ACCOUNT, KEYS, PLATFORM} == TABLES[Word.SETTINGS]
    assert {meter.TABLE, SETTLED, CHARGES, WINDOW} == TABLES[Word.USAGE]
    assert {faults.TABLE, faults.NUMBERS} == TABLES[Word.FAULTS]
    assert {plans.TABLE} == TABLES[Word.PLANS]
    assert TABLES[Word.JOURNAL] == {journal.LOG}
    assert TABLES[Word.CLOCK] == {CLOCK}
    assert TABLES[Word.SEED] == {COUNTERS}


@pytest.mark.parametrize("word", Word)
@pytest.mark.parametrize("all_of_them", [False, True])
def test_a_word_forgets_its_tables_and_no_other(
    world: World, accounts: Accounts, resets: Resets, word: Word, all_of_them: bool
) -> None:
    filled(world, accounts)
    before = {space: world.store.tables(space) for space in world.store.spaces()}
    goes = {Word.STATE: set(OTHERS), Word.SETTINGS: {PLATFORM}}.get(word, set(TABLES.get(word, ())))
    if all_of_them:
        resets.of_all([word])
    else:
        resets.of_account("one", [word])
    told = {space: missing(world, tables, space) for space, tables in before.items()}
    assert told["one"] == goes
    assert told["two"] == (goes if all_of_them else set())
    assert told[SHARED] == (goes - {CLOCK} if all_of_them else set())
    assert told[KEPT] == set()


def test_a_reset_of_all_leaves_only_what_outlives_resets(world: World, accounts: Accounts, resets: Resets) -> None:
    filled(world, accounts)
    world.store.put("nobody's", "t", "k", {})
    kept = world.store.tables(KEPT)
    resets.of_all()
    assert world.store.tables(KEPT) == kept
    assert world.store.spaces() == [SHARED, "one", "two", KEPT]
    assert sorted(world.store.tables(SHARED)) == ["clock", "keys"]
    assert world.store.tables("one") == ["account"]


# --- Over HTTP --------------------------------------------------------------------------------------------


def test_with_state_the_documented_ids_exist_again(caller: Caller) -> None:
    made = data(caller.call("POST", CREATION, json=least(SERVICE.operations["AI39-1-creation"])))
    caller.send(
        "PATCH", f"{_control(caller)}/tasks/{EXAMPLE['task_id']}?operation=AI39-1-creation", json={"state": "expired"}
    )
    assert code(caller.call("POST", QUERY, json=EXAMPLE)) == 68300004
    assert caller.steer("POST", "/reset", {"only": ["state"]}) == {"reset": caller.client_id, "only": ["state"]}
    assert code(caller.call("POST", QUERY, json=EXAMPLE)) == 67200009  # tokens are state
    caller._token = None
    assert code(caller.call("POST", QUERY, json=made)) == 68300004
    assert data(caller.call("POST", QUERY, json=EXAMPLE))["task_status"] == 2


def _control(caller: Caller) -> str:
    return f"/_emulator/accounts/{caller.client_id}"


def test_without_state_everything_made_stays(caller: Caller) -> None:
    caller.call("GET", P043, PATENT)
    caller.advance("1h")
    caller.call("GET", P043, PATENT)
    others = [word for word in Word if word is not Word.STATE]
    tasks = caller.steer("GET", "/tasks")["tasks"]
    caller.steer("POST", "/reset", {"only": others})
    assert caller.journal() == []
    assert caller.steer("GET", "/clock")["offset_s"] == 0
    assert caller.steer("GET", "/tasks")["tasks"] == tasks
    assert code(caller.call("GET", P043, PATENT)) == 0


def test_with_seed_chance_repeats_itself(caller: Caller) -> None:
    first = caller.token()
    assert caller.token() != first
    caller.steer("POST", "/reset", {"only": ["seed"]})
    assert caller.token() == first


def test_with_settings_a_configured_account_returns_to_its_form_secret_and_all(caller: Caller) -> None:
    caller.steer("PUT", "", {"secret": caller.secret, "wire": "live"})
    caller.steer("PUT", "", {"secret": "another", "wire": "documented", "strict": True})
    assert code(caller.token_call()) == 67200003
    caller.steer("POST", "/reset", {"only": ["settings"]})
    told = caller.steer("GET", "")
    assert (told["wire"], told["strict"]) == ("live", False)
    assert "token" in caller.token_call().json()["data"]


def test_with_settings_an_account_that_opened_itself_keeps_its_secret(caller: Caller) -> None:
    caller.token()
    caller.steer("POST", "/reset", {"only": [*Word]})
    caller.secret = "another"
    assert code(caller.token_call()) == 67200003


def test_all_words_together_are_a_reset_of_a_configured_account(caller: Caller) -> None:
    caller.steer("PUT", "", {"secret": caller.secret, "search_id_lifetime": "5m"})
    lives, snapshots = [], []
    for body in (None, {"only": [*Word]}, {}):
        lives.append(life_of(caller))
        caller.steer("PUT", "", {"language": "cn", "search_id_lifetime": "6m"})
        caller.steer("POST", "/reset", body)
        snapshots.append(caller.steer("GET", "/snapshot"))
    assert lives[0] == lives[1] == lives[2]
    for snapshot in snapshots:
        (space,) = snapshot["contents"]
        space["records"] = {table: sorted(kept, key=str) for table, kept in sorted(space["records"].items())}
    assert snapshots[0] == snapshots[1] == snapshots[2]


def test_with_clock_all_clocks_rewind_and_nothing_else() -> None:
    caller = Caller(create_app(Settings(now=NOW, freeze=True)), "a")
    caller.call("GET", P043, PATENT)
    caller.advance("1h")
    caller.send("POST", "/_emulator/clock", json={"advance": "2h"})
    caller.send("POST", "/_emulator/clock", json={"freeze": False})
    assert caller.send("POST", "/_emulator/reset", json={"only": ["clock"]}).json() == {
        "reset": "all",
        "only": ["clock"],
    }
    for page in ("/_emulator/clock", "/_emulator/accounts/a/clock"):
        told = caller.send("GET", page).json()
        assert (told["now"], told["mode"]) == ("2026-01-01T00:00:00.000Z", "frozen")
    assert len(caller.journal()) == 2


def test_with_state_of_all_no_token_was_ever_issued() -> None:
    caller = Caller(create_app(Settings(now=NOW, freeze=True)), "a")
    caller.call("GET", P043, PATENT)
    caller.send("POST", "/_emulator/reset", json={"only": ["state"]})
    headers = {"Authorization": f"Bearer {caller._token}"}
    assert code(caller.send("GET", P043, headers=headers)) == code(
        caller.send("GET", P043, headers={"Authorization": "Bearer never-issued"})
    )
    assert data(Caller(caller.app, "demo-client", "demo-secret").call("POST", QUERY, json=EXAMPLE))


@pytest.mark.parametrize(
    ("only", "told"),
    [
        ([], "only: a list of words is expected"),
        ("journal", "only: a list of words is expected"),
        (None, "only: a list of words is expected"),
        ({"journal": True}, "only: a list of words is expected"),
        (["state", "jurnal"], "only: 'jurnal' is nothing that can be reset; did you mean journal?"),
        (["token"], "only: 'token' is nothing that can be reset; known are state, usage, clock"),
        ([7], "only: 7 is nothing that can be reset"),
        ([["state"]], "only: ['state'] is nothing that can be reset"),
    ],
)
def test_what_is_no_list_of_words_is_refused_and_resets_nothing(caller: Caller, only: Any, told: str) -> None:
    caller.token()
    before = caller.steer("GET", "/snapshot")
    for page in (_control(caller), "/_emulator"):
        answer = caller.send("POST", f"{page}/reset", json={"only": only})
        assert answer.status_code == 400
        assert answer.json()["error"].startswith(told)
    assert caller.steer("GET", "/snapshot") == before


@pytest.mark.parametrize("body", [{}, {"only": ["state"]}, {"only": [*Word]}])
def test_others_notice_no_reset(body: dict[str, Any]) -> None:
    quiet, loud = (Caller(create_app(Settings(now=NOW, freeze=True)), "mine") for _ in range(2))
    other = Caller(loud.app, "other")

    def interfere() -> None:
        other.token()
        other.steer("POST", "/reset", body)

    assert life_of(loud, interfere) == life_of(quiet)
