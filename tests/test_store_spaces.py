"""Whole spaces of every store: taken out, put back here or elsewhere, and nothing else disturbed."""

from collections.abc import Callable
from typing import Any

import pytest

from emulator.store.base import Contents, Log, Store
from tests.test_store import KEYS, STORES


@pytest.fixture(params=STORES)
def new_store(request: pytest.FixtureRequest) -> Callable[[], Store]:
    return STORES[request.param]


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    return new_store()


@pytest.fixture
def another(new_store: Callable[[], Store]) -> Store:
    """An empty one of the same kind."""
    return new_store()


def fill(store: Store) -> None:
    """Two spaces with records, bytes and logs that have lost something, their entries in turns."""
    for key in ("b", "a", *KEYS):
        store.put("s", "t", key, {"of": key, "deep": [{"n": 2.5}]})
    store.put("r", "t", "k", {})
    store.put_bytes("s", "t", "k", b"\x00\xff")
    for number in range(8):
        store.append("rs"[number % 2], "log", {"n": number}, keep=3)


def kept(store: Store) -> Any:
    """All that anybody can see of a store."""
    spaces = store.spaces()
    return (
        [(space, list(store.scan(space, "t")), store.get_bytes(space, "t", "k")) for space in spaces],
        list(store.read_log("log")),
        [store.dropped("log", space) for space in spaces],
        store.export(spaces),
    )


def test_the_tables_of_a_space_are_those_that_hold_anything(store: Store) -> None:
    fill(store)
    store.put("s", "gone", "k", {})
    store.drop("s", "gone", "k")
    store.put_bytes("s", "blobs", "k", b"")
    assert sorted(store.tables("s")) == ["blobs", "log", "t"]
    assert store.tables("nobody") == []


def test_an_export_holds_everything_of_its_spaces_and_nothing_of_others(store: Store) -> None:
    fill(store)
    held = store.export(["r", "nobody"])
    assert held["nobody"] == Contents()
    assert (held["r"].records, held["r"].blobs) == ({"t": {"k": {}}}, {})
    assert (held["r"].logs["log"].lost, [entry["n"] for _, entry in held["r"].logs["log"].entries]) == (1, [2, 4, 6])
    assert list(store.export(["s"])["s"].records["t"])[:2] == ["b", "a"]


def test_an_export_tells_nothing_of_logs_that_are_not_in_it(store: Store, another: Store) -> None:
    for number in range(3):
        store.append("s", "log", {"n": number}, keep=3)
        another.append("s", "log", {"n": number}, keep=3)
        another.append("others", "log", {}, keep=3)
    assert store.export(["s"]) == another.export(["s"])


def test_nobody_changes_what_is_kept_by_holding_on_to_an_export(store: Store) -> None:
    store.put("s", "t", "k", {"list": [1]})
    held: Any = store.export(["s"])
    held["s"].records["t"]["k"]["list"].append(2)
    store.replace(held)
    held["s"].records["t"]["k"]["list"].append(3)
    assert store.get("s", "t", "k") == {"list": [1, 2]}


def test_what_was_exported_stands_elsewhere_as_it_stood(store: Store, another: Store) -> None:
    fill(store)
    another.replace(store.export(store.spaces()))
    assert kept(another) == kept(store)


def test_a_replaced_space_holds_what_it_held_and_nothing_since(store: Store) -> None:
    fill(store)
    before, held = kept(store), store.export(["s", "r"])
    store.put("s", "t", "b", {"changed": True})
    store.put("s", "new", "k", {})
    store.drop("s", "t", "a")
    store.put_bytes("s", "t", "k", b"other")
    store.append("s", "log", {"n": 99}, keep=3)
    store.append("r", "new log", {}, keep=3)
    store.clear("r", frozenset({"t"}))
    store.replace({space: held[space] for space in ("s", "r")})
    assert kept(store) == before


def test_replacing_one_space_leaves_the_others(store: Store) -> None:
    fill(store)
    held = store.export(["s"])
    others = store.export(["r"])
    store.clear("s")
    store.append("r", "log", {"n": 8}, keep=4)
    store.replace(held)
    assert store.export(["s"]) == held
    in_order = [(space, record["n"]) for space, record in store.read_log("log")]
    assert [n for space, n in in_order if space == "s"] == [3, 5, 7]
    assert [n for space, n in in_order if space == "r"] == [2, 4, 6, 8]
    assert store.export(["r"])["r"].records == others["r"].records


def test_what_is_appended_after_a_replacement_comes_last(store: Store) -> None:
    store.replace({"s": Contents(logs={"log": Log([(500, {"n": 1}), (900, {"n": 2})], 4)})})
    store.append("r", "log", {"n": 3}, keep=2)
    store.append("s", "log", {"n": 4}, keep=2)
    assert [record["n"] for _, record in store.read_log("log")] == [2, 3, 4]
    assert store.dropped("log", "s") == 5


def test_replaced_spaces_stand_last_in_the_order_given_and_empty_ones_not_at_all(store: Store) -> None:
    for space in ("a", "b", "c", "d"):
        store.put(space, "t", "k", {})
    held = store.export(["c", "a"])
    store.replace({**held, "b": Contents()})
    assert store.spaces() == ["d", "c", "a"]
    store.put("b", "t", "k", {})
    assert store.spaces() == ["d", "c", "a", "b"]


def test_a_replacement_of_which_something_cannot_be_kept_changes_nothing(store: Store) -> None:
    fill(store)
    before = kept(store)
    for broken in (
        Contents({"t": {"k": {"n": object()}}}),
        Contents(logs={"log": Log([(1, {"n": object()})])}),
    ):
        with pytest.raises(TypeError):
            store.replace({"r": Contents(), "s": broken})
    assert kept(store) == before
