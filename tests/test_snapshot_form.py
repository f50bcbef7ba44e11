"""A snapshot that does not fit is refused, naming the field or what differs, and changes nothing."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from emulator import clock
from emulator.spec import loader
from tests.conftest import NOW, Caller
from tests.life import PATENT
from tests.test_decided import P043
from tests.test_snapshots import control, server


def changed(saved: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A snapshot with something else at a place; with `...` nothing is left there."""
    result = deepcopy(saved)
    holder: Any = result
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    for step in steps:
        holder = holder[step]
    if value is ...:
        del holder[last]
    else:
        holder[last] = value
    return result


MISFITS = [
    ("format", 2, "the snapshot has format 2; this emulator reads format 1"),
    ("seed", 7, "the snapshot is of a server with seed 7; this one has seed 1"),
    ("corpus", "0" * 64, "the snapshot is of a server with other patents: its corpus is '0000"),
    ("account", "b", "the snapshot is of the account 'b', not of the account 'caller"),
    ("account", None, "the snapshot is of all, not of the account 'caller"),
]
SPACE, TASK = "contents/0", ["k", {}]
MALFORMED = [
    ("format", ..., "format"),
    ("format", "1", "format"),
    ("format", True, "format"),
    ("program", ..., "program"),
    ("account", ..., "account"),
    ("account", "", "account"),
    ("seed", "1", "seed"),
    ("clock", [], "clock"),
    ("clock/now", 7, "clock.now: an instant is written as a text"),
    ("clock/now", "soon", "clock.now: 'soon' is not an instant"),
    ("clock/frozen", "yes", "clock.frozen"),
    ("clock/rate", 0, "clock.rate"),
    ("clock/zone", "UTC", "clock.zone is not understood"),
    ("contets", [], "contets is not understood; did you mean contents?"),
    ("contents", {}, "contents"),
    ("contents", [], "contents: the space of the account 'caller"),
    ("contents/0/space", "b", "contents: the space of the account 'caller"),
    ("contents/0/records", [], "contents.0.records"),
    ("contents/0/logs", ..., "contents.0.logs"),
    ("contents/0/records/tasks", {}, "contents.0.records.tasks"),
    ("contents/0/records/tasks", [["k", 7]], "contents.0.records.tasks.0.1"),
    ("contents/0/records/tasks", [TASK, TASK], "contents.0.records.tasks: 'k' occurs twice"),
    ("contents/0/records/tasks", [["k", {"n": 2**70}]], "contents.0.records.tasks.0.1: cannot be kept"),
    ("contents/0/records/tasks", [["k", {"s": "\ud800"}]], "contents.0.records.tasks.0.1: cannot be kept"),
    ("contents/0/records/tasks", [["\ud800", {}]], "contents.0.records.tasks.0.0"),
    ("contents/0/records", {"\ud800": []}, "contents.0.records."),
    ("contents/0/records/account", ..., "contents: the table 'account' of the account 'caller"),
    ("contents/0/records/account", [], "contents: the table 'account' of the account 'caller"),
    ("contents/0/records/account/0/1", {}, "contents: the table 'account' of the account 'caller"),
    ("contents/0/records/account/0/1/settings", {"wier": "live"}, "contents: the table 'account'"),
    ("contents/0/records/account/0/1/configured", {"secret": 7}, "contents: the table 'account'"),
    ("contents/0/blobs", {"images": [["k", 7]]}, "contents.0.blobs.images.0.1: bytes are written as"),
    ("contents/0/blobs", {"images": [["k", "?"]]}, "contents.0.blobs.images.0.1: is no base64"),
    ("contents/0/logs/requests/lost", -1, "contents.0.logs.requests.lost"),
    ("contents/0/logs/requests/entries", [[2, {}], [2, {}]], "contents.0.logs.requests.entries: the places"),
    ("contents/0/logs/requests/entries", [["1", {}]], "contents.0.logs.requests.entries.0.0"),
]


@pytest.mark.parametrize(("path", "value", "told"), MISFITS + MALFORMED)
def test_what_does_not_fit_is_told_and_changes_nothing(caller: Caller, path: str, value: Any, told: str) -> None:
    caller.call("GET", P043, PATENT)
    saved = caller.steer("GET", "/snapshot")
    before = caller.steer("GET", "/snapshot")
    content = json.dumps(changed(saved, path, value))
    answer = caller.send("PUT", f"/_emulator/accounts/{caller.client_id}/snapshot", content=content)
    assert answer.status_code == (409 if (path, value, told) in MISFITS else 400)
    assert answer.json()["error"].startswith(told)
    assert caller.steer("GET", "/snapshot") == before


@pytest.mark.parametrize("name", ["/kept", "sk-a", "..", "a/b", "demo-client"])
def test_a_snapshot_of_all_holds_spaces_of_accounts_alone_and_each_once(name: str) -> None:
    caller = Caller(server(), "a")
    saved = control(caller, "GET", "/snapshot")
    saved["contents"].append({"space": name, "records": {}, "blobs": {}, "logs": {}})
    answer = caller.send("PUT", "/_emulator/snapshot", json=saved)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(f"contents: {name!r} ")
    for path, told in (("", "of the account 'a', not of all"), ("/accounts/b", "of the account 'a', not of the ac")):
        caller.token()
        answer = caller.send("PUT", f"/_emulator{path}/snapshot", json=caller.steer("GET", "/snapshot"))
        assert (answer.status_code, told in answer.json()["error"]) == (409, True)


def test_a_snapshot_of_nobody_is_not_found(caller: Caller) -> None:
    assert caller.send("GET", "/_emulator/accounts/nobody/snapshot").status_code == 404


def test_other_patents_are_another_corpus(tmp_path: Path) -> None:
    lines = loader.locate("corpus/patents.jsonl", (loader.SHIPPED,)).read_bytes().splitlines()
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/patents.jsonl").write_bytes(b"\n".join(lines[:-1]))
    saved = control(Caller(server(fixtures=tmp_path), "a"), "GET", "/snapshot")
    answer = Caller(server(), "a").send("PUT", "/_emulator/snapshot", json=saved)
    assert answer.status_code == 409
    assert "other patents" in answer.json()["error"]
    assert clock.instant(saved["clock"]["now"]) == NOW


def test_a_name_that_is_no_text_is_told_all_the_same(caller: Caller) -> None:
    answer = caller.send("PUT", "/_emulator/snapshot", content=b'{"\\ud800": 1, "\\ud800": 2}')
    assert (answer.status_code, answer.json()["error"]) == (400, "\\ud800 occurs twice")
