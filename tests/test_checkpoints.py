"""Checkpoints: snapshots that the server keeps by name, through resets and restores, one account's apart from all's."""

from typing import Any

import pytest

from emulator.behaviours import checkpoints
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.checkpoints import Checkpoints
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.snapshots import Misfit, Snapshots
from emulator.behaviours.world import KEPT, SHARED, World
from tests.conftest import NOW, Caller
from tests.life import PATENT, life_of
from tests.test_decided import P043, code
from tests.test_snapshots import control, server

NAME = "/checkpoints/before"


@pytest.mark.parametrize("whole", [False, True])
def test_from_a_checkpoint_things_go_on_as_they_did(whole: bool) -> None:
    caller = Caller(server(), "a")
    steer = (lambda *order: control(caller, *order)) if whole else caller.steer
    caller.token()
    assert steer("POST", NAME)["name"] == "before"
    first = life_of(caller)
    for _ in range(2):
        told = steer("POST", NAME + "/restore")
        assert told == {"checkpoint": "before", "restored": "all" if whole else "a", "now": "2026-01-01T00:00:00.000Z"}
        assert life_of(caller) == first


def test_a_checkpoint_is_listed_replaced_and_forgotten(caller: Caller) -> None:
    caller.token()
    path = f"/_emulator/accounts/{caller.client_id}{NAME}"
    made = caller.send("POST", path)
    assert made.status_code == 201
    caller.advance("1h")
    caller.call("GET", P043, PATENT)
    again = caller.send("POST", path)
    assert again.status_code == 200
    caller.steer("POST", "/checkpoints/Other-1.2_3")
    first, second = caller.steer("GET", "/checkpoints")["checkpoints"]
    assert first == again.json() != made.json()
    assert first == {
        "account": caller.client_id,
        "name": "before",
        "now": "2026-01-01T01:00:00.000Z",
        "size": len(caller.send("GET", f"/_emulator/accounts/{caller.client_id}/snapshot").content),
    }
    assert second["name"] == "Other-1.2_3"
    assert caller.steer("DELETE", NAME) == {"dropped": "before"}
    assert caller.steer("GET", "/checkpoints")["checkpoints"] == [second]
    assert caller.send("POST", path + "/restore").status_code == 404


def test_those_of_accounts_and_of_all_are_apart_and_all_are_told_together() -> None:
    one, two = (Caller(server(), name) for name in ("one", "two"))
    two.app = one.app
    for caller in (one, two):
        caller.token()
        caller.steer("POST", NAME)
    control(one, "POST", NAME)
    told = control(one, "GET", "/checkpoints")["checkpoints"]
    assert [(kept["account"], kept["name"]) for kept in told] == [
        ("one", "before"),
        ("two", "before"),
        (None, "before"),
    ]
    assert [kept["account"] for kept in two.steer("GET", "/checkpoints")["checkpoints"]] == ["two"]
    one.steer("DELETE", NAME)
    assert [kept["account"] for kept in control(one, "GET", "/checkpoints")["checkpoints"]] == ["two", None]


def test_checkpoints_stay_whatever_is_reset_restored_or_deleted() -> None:
    caller = Caller(server(), "a")
    caller.token()
    empty = control(caller, "GET", "/snapshot")
    caller.steer("POST", NAME)
    control(caller, "POST", NAME)
    kept = control(caller, "GET", "/checkpoints")
    for method, page, body in _UPHEAVALS:
        caller.token()
        answer = caller.send(method, f"/_emulator{page}", json=empty if page.endswith("snapshot") else body)
        assert answer.status_code == 200, answer.text
        assert control(caller, "GET", "/checkpoints") == kept
    control(caller, "POST", "/reset")
    assert caller.steer("GET", "/checkpoints") == {"checkpoints": kept["checkpoints"][:1]}
    caller.steer("POST", NAME + "/restore")
    assert code(caller.call("GET", P043, PATENT)) == 0


_UPHEAVALS: list[tuple[str, str, Any]] = [
    ("POST", "/reset", {}),
    ("POST", "/reset", {"only": ["state", "settings"]}),
    ("POST", "/accounts/a/reset", {}),
    ("POST", "/accounts/a/reset", {"only": ["state", "settings"]}),
    ("PUT", "/snapshot", None),
    ("POST", NAME + "/restore", None),
    ("POST", f"/accounts/a{NAME}/restore", None),
    ("DELETE", "/accounts/a", None),
]


def test_a_snapshot_holds_no_checkpoints() -> None:
    caller = Caller(server(), "a")
    caller.token()
    before = control(caller, "GET", "/snapshot")
    caller.steer("POST", NAME)
    control(caller, "POST", NAME)
    assert control(caller, "GET", "/snapshot") == before


@pytest.mark.parametrize("name", ["a b", "a" * 65, "ü", "a+b", "a%0A", "a,b"])
@pytest.mark.parametrize(("method", "more"), [("POST", ""), ("POST", "/restore"), ("DELETE", "")])
def test_a_name_that_none_may_have_is_refused(caller: Caller, name: str, method: str, more: str) -> None:
    caller.token()
    answer = caller.send(method, f"/_emulator/accounts/{caller.client_id}/checkpoints/{name}{more}")
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("name: a checkpoint's name is 1 to 64 letters, digits, '.', '_' and '-'")


@pytest.mark.parametrize(
    ("method", "page"),
    [
        ("POST", "/accounts/nobody/checkpoints/a"),
        ("GET", "/accounts/nobody/checkpoints"),
        ("POST", "/accounts/nobody/checkpoints/a/restore"),
        ("POST", "/checkpoints/none/restore"),
        ("DELETE", "/checkpoints/none"),
    ],
)
def test_what_is_not_there_is_not_found(caller: Caller, method: str, page: str) -> None:
    assert caller.send(method, f"/_emulator{page}").status_code == 404


def test_a_checkpoint_that_another_server_kept_in_the_same_store_is_refused(world: World, accounts: Accounts) -> None:
    clocks = Clocks(world.store, NOW, True)
    kept, later = (Checkpoints(world, Snapshots(world, accounts, clocks, seed, "1.0")) for seed in (1, 2))
    assert kept.save(SHARED, "before") is True
    with pytest.raises(Misfit, match="seed 1; this one has seed 2"):
        later.restore(SHARED, "before")
    kept.restore(SHARED, "before")
    world.store.put_bytes(KEPT, checkpoints.TABLE, "/before", b'{"format": 9}')
    with pytest.raises(Misfit, match="format 9; this emulator reads format 1"):
        kept.restore(SHARED, "before")
