"""Snapshots: back to where things stood, here or on another server, byte for byte, clocks and all."""

import json
from typing import Any

import pytest

from contract_tests.documents import picture
from emulator.app import create_app
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.snapshot_form import SnapshotBody, digest_of, written
from emulator.behaviours.snapshots import Snapshots
from emulator.behaviours.world import SHARED, World
from emulator.settings import Settings
from tests.conftest import NOW, Caller
from tests.life import PATENT, UPLOAD, life_of
from tests.test_decided import P043, code, data

SECRET = "a very secret word"


def server(**settings: Any) -> Any:
    return create_app(Settings(**{"now": NOW, "freeze": True, **settings}))


def control(caller: Caller, method: str, page: str, content: Any = None) -> Any:
    """A page for all; the answer's JSON."""
    answer = caller.send(method, f"/_emulator{page}", json=content)
    assert answer.status_code < 300, answer.text
    return answer.json()


def configured(app: Any, client_id: str = "a") -> tuple[Caller, str]:
    """A caller with settings of its own and a life behind it, and its `sk-` key."""
    caller = Caller(app, client_id, SECRET)
    key = caller.steer("PUT", "", {"secret": SECRET, "seed": 9, "search_id_lifetime": "5m"})["api_key"]
    life_of(caller)
    return caller, key


# --- Back to where things stood ---------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [False, True])
def test_after_a_restore_the_same_calls_are_answered_with_the_same_bytes(whole: bool) -> None:
    caller, _ = configured(server())
    steer = (lambda *order: control(caller, *order)) if whole else caller.steer
    saved = steer("GET", "/snapshot")
    first = life_of(caller)
    caller.advance("1h")
    caller.steer("PUT", "", {"secret": "another", "language": "cn"})
    steer("PUT", "/snapshot", saved)
    assert life_of(caller) == first
    steer("PUT", "/snapshot", saved)
    assert steer("GET", "/snapshot") == saved


def test_what_was_restored_on_another_server_goes_on_there_as_here() -> None:
    here, key = configured(server(public_url="http://files.example"))
    url = data(here.call("POST", UPLOAD, files={"image": ("a.png", picture(), "image/png")}))["url"]
    saved = here.steer("GET", "/snapshot")
    there = Caller(server(public_url="http://files.example"), "a", SECRET)
    there.steer("PUT", "/snapshot", saved)
    there._token = here._token
    assert there.send("GET", url.removeprefix("http://files.example")).content == picture()
    here.send("GET", url.removeprefix("http://files.example"))
    assert life_of(there) == life_of(here)
    by_key = {"Authorization": f"Bearer {key}"}
    assert code(there.send("GET", P043, params=PATENT, headers=by_key)) == 0
    other = there.send("GET", P043, params={**PATENT, "apikey": "demo-client"}, headers=_bearer(here))
    assert code(other) == 67200003  # somebody's token, not that of a stranger to all


def _bearer(caller: Caller) -> dict[str, str]:
    return {"Authorization": f"Bearer {caller._token}"}


def test_a_whole_server_moves_with_its_strangers_and_the_order_of_its_journal() -> None:
    here, _ = configured(server())
    other, _ = configured(here.app, "b")
    for one in (other, here, other):
        one.call("GET", P043, PATENT)
        one.send("GET", "/nowhere")
    control(here, "POST", "/clock", {"advance": "2h"})
    saved = control(here, "GET", "/snapshot")
    there = Caller(server(), "a", SECRET)
    control(there, "PUT", "/snapshot", saved)
    for page in ("/requests", "/accounts", "/tasks", "/tokens", "/accounts/a/clock", "/snapshot"):
        assert control(there, "GET", page) == control(here, "GET", page)
    there._token = here._token
    there.call("GET", P043, PATENT)
    assert control(there, "GET", "/requests")["requests"][-1]["account"] == "a"


def test_who_came_after_the_snapshot_of_all_is_gone_and_who_went_is_back() -> None:
    early, late = (Caller(server(), name) for name in ("early", "late"))
    late.app = early.app
    early.token()
    saved = control(early, "GET", "/snapshot")
    late.token()
    early.steer("DELETE", "")
    control(early, "PUT", "/snapshot", saved)
    assert [one["id"] for one in control(early, "GET", "/accounts")["accounts"]] == ["demo-client", "early"]


def test_a_deleted_account_comes_back(caller: Caller) -> None:
    caller.call("GET", P043, PATENT)
    saved = caller.steer("GET", "/snapshot")
    caller.steer("DELETE", "")
    answer = caller.steer("PUT", "/snapshot", saved)
    assert answer == {"restored": caller.client_id, "now": "2026-01-01T00:00:00.000Z"}
    assert code(caller.call("GET", P043, PATENT)) == 0
    assert len(caller.journal()) == 3


def test_an_account_that_a_key_opened_comes_back_on_another_server() -> None:
    here = Caller(server(), "")
    by_key = {"Authorization": "Bearer sk-first0call0of0a0key"}
    here.send("GET", P043, params=PATENT, headers=by_key)
    here.client_id = control(here, "GET", "/accounts")["accounts"][-1]["id"]
    there = Caller(server(), here.client_id)
    there.steer("PUT", "/snapshot", here.steer("GET", "/snapshot"))
    first, second = (one.send("GET", P043, params=PATENT, headers=by_key) for one in (here, there))
    assert (first.content, first.headers) == (second.content, second.headers)


def test_others_notice_no_restore() -> None:
    quiet, loud = (Caller(server(), "mine") for _ in range(2))
    other, _ = configured(loud.app, "other")
    saved = other.steer("GET", "/snapshot")

    def interfere() -> None:
        other.token()
        other.advance("1h")
        other.steer("PUT", "/snapshot", saved)

    assert life_of(loud, interfere) == life_of(quiet)


def test_a_snapshot_tells_no_secret() -> None:
    caller, key = configured(server())
    for text in (json.dumps(caller.steer("GET", "/snapshot")), json.dumps(control(caller, "GET", "/snapshot"))):
        for secret in (SECRET, key, key[3:], caller._token, "demo-secret"):
            assert secret is not None
            assert secret not in text


def test_a_snapshot_may_be_longer_than_other_bodies_and_as_deep_as_can_be_kept(world: World, caller: Caller) -> None:
    caller.call("POST", UPLOAD, files={"image": ("a.png", picture(2_000_000), "image/png")})
    saved = caller.steer("GET", "/snapshot")
    deep: Any = 1
    for _ in range(252):
        deep = {"in": deep}
    saved["contents"][0]["records"]["deep"] = [["k", deep]]
    saved["digest"] = digest_of(saved["contents"])
    caller.steer("PUT", "/snapshot", saved)
    assert caller.steer("GET", "/snapshot")["contents"][0]["records"]["deep"] == [["k", deep]]


# --- Clocks -----------------------------------------------------------------------------------------------


class Bench:
    """An empty world over a machine's time that stands still until it is moved."""

    def __init__(self, world: World, accounts: Accounts) -> None:
        self.real = 5_000_000
        self.clocks = Clocks(world.store, NOW, False, lambda: self.real)
        self.snapshots = Snapshots(world, accounts, self.clocks, 1, "1.0")
        accounts.configure("a", {}, NOW)


@pytest.fixture
def bench(world: World, accounts: Accounts) -> Bench:
    return Bench(world, accounts)


@pytest.mark.parametrize(("frozen", "later"), [(False, 3000), (True, 0)])
def test_the_clock_of_all_stands_again_where_it_stood(bench: Bench, frozen: bool, later: int) -> None:
    bench.clocks.run_at(3.0)
    bench.clocks.advance("a", 77)
    bench.clocks.freeze(SHARED, frozen)
    bench.real += 1000
    now = bench.clocks.now()
    saved = bench.snapshots.take(SHARED)
    bench.real += 9_000_000
    bench.clocks.run_at(1.0)
    bench.clocks.freeze(SHARED, not frozen)
    bench.clocks.advance("a", 77)
    bench.snapshots.restore(saved, SHARED)
    assert (bench.clocks.now(), bench.clocks.now("a")) == (now, now + 77)
    bench.real += 1000
    assert (bench.clocks.now(), bench.clocks.now("a")) == (now + later, now + later + 77)


@pytest.mark.parametrize(("pinned", "later"), [(False, 500), (True, 0)])
def test_the_clock_of_an_account_stands_again_where_it_stood(bench: Bench, pinned: bool, later: int) -> None:
    bench.clocks.advance("a", 77)
    bench.clocks.freeze("a", pinned)
    saved = bench.snapshots.take("a")
    bench.real += 9_000_000
    bench.clocks.advance(SHARED, 60_000)
    bench.clocks.freeze("a", not pinned)
    shared = bench.clocks.now()
    bench.snapshots.restore(saved, "a")
    assert (bench.clocks.now("a"), bench.clocks.now()) == (NOW + 77, shared)
    bench.real += 500
    assert bench.clocks.now("a") == NOW + 77 + later


def test_a_snapshot_is_read_as_it_was_written(bench: Bench) -> None:
    for account in (SHARED, "a"):
        saved = bench.snapshots.take(account)
        assert SnapshotBody.model_validate_json(written(saved)).snapshot() == saved
