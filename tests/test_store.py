"""What every store must do, in one suite over all of them. A new one is added to `STORES` and nowhere else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from emulator.store.base import Record, Store
from emulator.store.memory import MemoryStore

STORES: dict[str, Callable[[], Store]] = {"memory": MemoryStore}
KEYS = ["plain", "", "with/slash", "手机", "a\x00b", " ", "." * 300]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> Store:
    return STORES[request.param]()


@pytest.mark.parametrize("key", KEYS)
def test_a_record_is_found_where_it_was_put_and_nowhere_else(store: Store, key: str) -> None:
    assert store.get("s", "t", key) is None
    store.put("s", "t", key, {"n": 1})
    assert store.get("s", "t", key) == {"n": 1}
    assert store.get("s", "u", key) is None
    assert store.get("r", "t", key) is None
    assert store.get("s", "t", key + "x") is None


@pytest.mark.parametrize(
    "record", [{}, {"a": None}, {"a": [1, 2.5, "x", True, {"b": []}]}, {"手机": "手机"}, {"n": 2**53}]
)
def test_a_record_comes_back_as_it_was(store: Store, record: dict[str, Any]) -> None:
    store.put("s", "t", "k", record)
    assert store.get("s", "t", "k") == record


def test_putting_again_replaces_the_whole_record(store: Store) -> None:
    store.put("s", "t", "k", {"a": 1, "b": 2})
    store.put("s", "t", "k", {"c": 3})
    assert store.get("s", "t", "k") == {"c": 3}


def test_nobody_changes_a_record_by_holding_on_to_it(store: Store) -> None:
    given: dict[str, Any] = {"list": [1]}
    store.put("s", "t", "k", given)
    given["list"].append(2)
    taken: Any = store.get("s", "t", "k")
    taken["list"].append(3)
    (_, scanned), *_ = store.scan("s", "t")
    scanned["list"].append(4)
    assert store.get("s", "t", "k") == {"list": [1]}


def test_what_cannot_be_kept_changes_nothing(store: Store) -> None:
    store.put("s", "t", "k", {"n": 1})
    with pytest.raises(TypeError):
        store.put("s", "t", "k", {"n": object()})
    assert store.get("s", "t", "k") == {"n": 1}


def test_a_change_sees_the_record_and_gives_the_new_one(store: Store) -> None:
    def one_more(record: Record | None) -> Record:
        return {"n": record["n"] + 1 if record else 1}

    assert store.change("s", "t", "k", one_more) == {"n": 1}
    assert store.change("s", "t", "k", one_more) == {"n": 2}
    assert store.get("s", "t", "k") == {"n": 2}


def test_a_change_that_raises_changes_nothing(store: Store) -> None:
    store.put("s", "t", "k", {"n": 1})

    def fail(record: Record | None) -> Record:
        raise LookupError("no")

    for key in ("k", "new"):
        with pytest.raises(LookupError):
            store.change("s", "t", key, fail)
    assert store.get("s", "t", "k") == {"n": 1}
    assert store.get("s", "t", "new") is None


def test_changes_from_many_threads_lose_nothing(store: Store) -> None:
    def one_more(record: Record | None) -> Record:
        return {"n": (record["n"] if record else 0) + 1}

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.change("s", "t", "k", one_more), range(2000)))
    assert store.get("s", "t", "k") == {"n": 2000}


def test_dropping_says_whether_there_was_one(store: Store) -> None:
    store.put("s", "t", "k", {})
    assert store.drop("s", "t", "k") is True
    assert store.drop("s", "t", "k") is False
    assert store.get("s", "t", "k") is None
    assert store.drop("nobody", "t", "k") is False


def test_a_scan_keeps_the_order_in_which_keys_first_came(store: Store) -> None:
    for key in ("b", "a", "c"):
        store.put("s", "t", key, {"k": key})
    store.put("s", "t", "b", {"k": "again"})
    assert list(store.scan("s", "t")) == [("b", {"k": "again"}), ("a", {"k": "a"}), ("c", {"k": "c"})]
    assert list(store.scan("s", "nothing")) == []


def test_a_scan_stands_still_while_the_table_changes(store: Store) -> None:
    for number in range(3):
        store.put("s", "t", str(number), {})
    seen = 0
    for key, _ in store.scan("s", "t"):
        store.put("s", "t", key + "x", {})
        store.drop("s", "t", key)
        seen += 1
    assert seen == 3


def test_bytes_live_beside_records_of_the_same_key(store: Store) -> None:
    store.put_bytes("s", "t", "k", b"\x00\xff")
    assert store.get("s", "t", "k") is None
    assert store.get_bytes("s", "t", "k") == b"\x00\xff"
    assert store.get_bytes("s", "t", "other") is None
    store.put("s", "t", "k", {})
    assert store.get_bytes("s", "t", "k") == b"\x00\xff"


def test_a_log_keeps_the_last_and_counts_the_lost(store: Store) -> None:
    for number in range(7):
        store.append("s", "log", {"n": number}, keep=3)
    assert [record["n"] for _, record in store.read_log("log", "s")] == [4, 5, 6]
    assert (store.dropped("log", "s"), store.dropped("log", "r"), store.dropped("other", "s")) == (4, 0, 0)


def test_a_log_of_all_is_in_the_order_of_adding(store: Store) -> None:
    for number in range(6):
        store.append("ab"[number % 2], "log", {"n": number}, keep=10)
    assert [(space, record["n"]) for space, record in store.read_log("log")] == [(("ab"[n % 2]), n) for n in range(6)]


def test_what_was_added_since_is_read_alone(store: Store) -> None:
    assert (store.appended("log", "s"), store.appended("log")) == (0, 0)
    store.append("s", "log", {"n": 0}, keep=2)
    seen = store.appended("log", "s")
    assert (store.appended("log"), store.appended("log", "r"), store.appended("other")) == (seen, 0, 0)
    assert list(store.read_log("log", "s", seen)) == []
    store.append("r", "log", {"n": 1}, keep=2)
    assert store.appended("log", "s") == seen < store.appended("log")
    for number in (2, 3, 4):
        store.append("s", "log", {"n": number}, keep=2)
    assert [record["n"] for _, record in store.read_log("log", "s", seen)] == [3, 4]
    assert [record["n"] for _, record in store.read_log("log", after=seen)] == [1, 3, 4]


def test_what_is_added_after_clearing_counts_as_later(store: Store) -> None:
    for _ in range(3):
        store.append("s", "log", {}, keep=9)
    seen = store.appended("log")
    store.clear("s")
    assert store.appended("log", "s") == 0
    store.append("s", "log", {"n": 1}, keep=9)
    assert store.appended("log", "s") > seen
    assert list(store.read_log("log", after=seen)) == [("s", {"n": 1})]


def test_clearing_a_space_leaves_the_others(store: Store) -> None:
    for space in ("s", "r"):
        store.put(space, "t", "k", {})
        store.put_bytes(space, "t", "k", b"x")
        for _ in range(3):
            store.append(space, "log", {}, keep=1)
    store.clear("s")
    assert (store.get("s", "t", "k"), store.get_bytes("s", "t", "k"), list(store.read_log("log", "s"))) == (
        None,
        None,
        [],
    )
    assert store.dropped("log", "s") == 0
    assert (store.get("r", "t", "k"), store.get_bytes("r", "t", "k"), store.dropped("log", "r")) == ({}, b"x", 2)
    assert store.spaces() == ["r"]


def test_clearing_some_tables_leaves_the_others(store: Store) -> None:
    store.put("s", "t", "k", {})
    store.put("s", "u", "k", {})
    for _ in range(2):
        store.append("s", "log", {}, keep=1)
    store.clear("s", frozenset({"log", "t"}))
    assert (store.get("s", "t", "k"), store.get("s", "u", "k")) == (None, {})
    assert (list(store.read_log("log", "s")), store.dropped("log", "s")) == ([], 0)
    store.clear("nobody")


def test_spaces_are_those_that_hold_anything_in_their_first_order(store: Store) -> None:
    assert store.spaces() == []
    store.put("b", "t", "k", {})
    store.put("a", "t", "k", {})
    store.put("b", "u", "k", {})
    assert store.spaces() == ["b", "a"]


def test_the_order_of_spaces_does_not_depend_on_what_they_hold(store: Store) -> None:
    store.append("log only", "log", {}, keep=1)
    store.put_bytes("bytes only", "t", "k", b"")
    store.put("records", "t", "k", {})
    assert store.spaces() == ["log only", "bytes only", "records"]


def test_a_space_whose_last_record_is_dropped_holds_nothing(store: Store) -> None:
    store.put("s", "t", "k", {})
    store.drop("s", "t", "k")
    assert store.spaces() == []
