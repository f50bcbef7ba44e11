"""Patents that users bring: seen everywhere by who brought them, by nobody else, and refused as the file's are."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from contract_tests.patents import PATENTS
from emulator import Settings, create_app, fixtures
from emulator.behaviours import own_patents
from emulator.behaviours.own_patents import OwnPatents
from emulator.behaviours.world import World
from emulator.store.memory import MemoryStore
from tests.conftest import Caller
from tests.house import modules
from tests.test_decided import CREATION, P043, QUERY, SINGLE, clearance, data

SHIPPED = PATENTS
MINE: dict[str, Any] = {"pn": "CN900000001S", "title": "Own kettle", "picture": "kettle", "loc": ["07-01"]}
ELSEWHERE = "https://pictures.example.com/kettle.png"


def bring(caller: Caller, *records: dict[str, Any]) -> list[dict[str, Any]]:
    caller.token()
    return list(caller.steer("PUT", "/patents", {"patents": list(records)})["patents"])


def numbers(caller: Caller, **values: Any) -> list[str]:
    """What P060 finds for a picture elsewhere."""
    request = {"url": ELSEWHERE, "patent_type": "D", "model": 1, "limit": 100, **values}
    return [one["patent_pn"] for one in data(caller.call("POST", SINGLE, json=request))["patent_messages"]]


# --- seen everywhere -------------------------------------------------------------------------------------


def test_an_own_patent_is_answered_by_number_and_by_id(caller: Caller) -> None:
    (mine,) = bring(caller, {**MINE, "abstract": {"en": "It boils."}})
    for asked in ({"patent_number": MINE["pn"].lower()}, {"patent_id": mine["patent_id"].upper()}):
        (item,) = data(caller.call("GET", P043, {**asked, "lang": "jp"}))
        assert item == {
            "pn": MINE["pn"],
            "title": "Own kettle",
            "abstract": "It boils.",
            "patent_id": mine["patent_id"],
        }


def test_an_own_patent_stands_in_for_a_relative_that_ships(caller: Caller) -> None:
    alone = next(
        one
        for one in SHIPPED
        if one["abstract"] is None and [other["family_id"] for other in SHIPPED].count(one["family_id"]) == 1
    )
    bring(caller, {"pn": "CN1A", "title": "t", "abstract": "a relative's", "family_id": alone["family_id"]})
    (item,) = data(caller.call("GET", P043, {"patent_number": alone["pn"], "replace_by_related": 1}))
    assert (item["abstract"], item["pn_related"]) == ("a relative's", "CN1A")


def test_searches_find_an_own_patent_by_text_class_and_likeness(caller: Caller) -> None:
    (mine,) = bring(caller, {**MINE, "description": "whistles in D minor"})
    assert numbers(caller, main_field='"whistles in D minor"') == [MINE["pn"]]
    assert MINE["pn"] in numbers(caller, loc="07-01")
    picture = caller.steer("GET", "/patents")["patents"][0]["picture"]
    assert picture == mine["picture"]
    (found,) = data(
        caller.call("POST", SINGLE, json={"url": ELSEWHERE, "patent_type": "D", "model": 1, "main_field": MINE["pn"]})
    )["patent_messages"]
    again = numbers(caller, url=found["url"], limit=1)
    assert again == [MINE["pn"]]  # its own picture is most like it
    assert caller.send("GET", found["url"]).content.startswith(b"\x89PNG")


def test_reports_know_an_own_patent(caller: Caller) -> None:
    (mine,) = bring(caller, {**MINE, "simple_legal_status": [0], "description": "zyxwv unheard vocabulary"})
    (found,) = data(
        caller.call("POST", SINGLE, json={"url": ELSEWHERE, "patent_type": "D", "model": 1, "main_field": MINE["pn"]})
    )["patent_messages"]
    message = {name: found[name] for name in ("patent_id", "patent_pn", "title", "url")}
    request = {"urls": [found["url"]], "patent_messages": [message], "report_lang": "en"}
    task = data(caller.call("POST", CREATION, json=request))["task_id"]
    caller.steer("PATCH", f"/tasks/{task}", {"state": "success"})
    (compared,) = data(caller.call("POST", QUERY, json={"task_id": task}))["comparisons"]
    assert (compared["score"], compared["status"], compared["country"]) == (1.0, 2, "CN")
    report = clearance(caller, country=["CN"], lang="en", loc_items=["07"], url=found["url"])
    assert report["patent_messages"]["patent_messages"][0]["patent_id"] == mine["patent_id"]


def test_a_new_patent_does_not_change_what_other_pictures_show(caller: Caller) -> None:
    before = numbers(caller)
    bring(caller, MINE)
    assert [number for number in numbers(caller, limit=100) if number != MINE["pn"]][:90] == before[:90]


def test_forgotten_patents_are_gone_and_so_are_their_pictures(caller: Caller) -> None:
    bring(caller, MINE)
    (found,) = data(
        caller.call("POST", SINGLE, json={"url": ELSEWHERE, "patent_type": "D", "model": 1, "main_field": MINE["pn"]})
    )["patent_messages"]
    assert caller.steer("DELETE", "/patents") == {"forgotten": 1}
    assert caller.steer("GET", "/patents") == {"patents": []}
    assert caller.send("GET", found["url"]).status_code == 404
    assert data(caller.call("GET", P043, {"patent_number": MINE["pn"]})) == []


# --- whose they are --------------------------------------------------------------------------------------


def test_nobody_else_sees_an_own_patent(caller: Caller, new_caller: Callable[[], Caller]) -> None:
    other = new_caller()
    other.token()
    bring(caller, MINE)
    assert other.steer("GET", "/patents") == {"patents": []}
    assert data(other.call("GET", P043, {"patent_number": MINE["pn"]})) == []
    assert numbers(other, main_field=MINE["pn"]) == []


def test_two_accounts_may_have_different_patents_of_one_number(
    caller: Caller, new_caller: Callable[[], Caller]
) -> None:
    other = new_caller()
    bring(caller, MINE)
    bring(other, {**MINE, "title": "Another kettle"})
    titles = [data(one.call("GET", P043, {"patent_number": MINE["pn"]}))[0]["title"] for one in (caller, other)]
    assert titles == ["Own kettle", "Another kettle"]


def test_an_account_sees_those_for_all_below_its_own(caller: Caller, new_caller: Callable[[], Caller]) -> None:
    other = new_caller()
    shared = [{"pn": "CN910000001S", "title": "for all"}, {"pn": "CN910000002S", "title": "for all"}]
    try:
        assert caller.send("PUT", "/_emulator/patents", json={"patents": shared}).status_code == 200
        bring(caller, {"pn": "CN910000002S", "title": "mine"})
        asked = {"patent_number": "CN910000001S,CN910000002S"}
        told = [[item["title"] for item in data(one.call("GET", P043, asked))] for one in (caller, other)]
        assert told == [["for all", "mine"], ["for all", "for all"]]
        assert [one["title"]["en"] for one in caller.steer("GET", "/patents")["patents"]] == ["mine"]
        assert len(caller.send("GET", "/_emulator/patents").json()["patents"]) == 2
    finally:
        assert caller.send("DELETE", "/_emulator/patents").json() == {"forgotten": 2}
    assert data(other.call("GET", P043, {"patent_number": "CN910000001S"})) == []


def test_a_store_carries_them(shipped: World) -> None:
    """Whoever copies the records of a store copies the patents."""
    own, first, second = shipped.own_patents, MemoryStore(), MemoryStore()
    own.keep(first, "a", own.judged([MINE]))
    for key, record in first.scan("a", own_patents.TABLE):
        second.put("a", own_patents.TABLE, key, record)
    assert own.corpus(second, "a").by_number(MINE["pn"])


# --- what it costs ---------------------------------------------------------------------------------------


class CountingStore(MemoryStore):
    """A memory that tells which keys were read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def get(self, space: str, table: str, key: str) -> Any:
        self.read.append(key)
        return super().get(space, table, key)


def test_a_look_reads_marks_alone_and_merges_once(shipped: World) -> None:
    own, store = shipped.own_patents, CountingStore()
    assert own.corpus(store, "", "a") is own.corpus(store, "", "b")
    assert store.read == ["mark"] * 4
    own.keep(store, "a", own.judged([{**MINE, "claims": "of this test"}]))
    merged = own.corpus(store, "", "a")
    store.read.clear()
    assert own.corpus(store, "", "a") is merged
    assert store.read == ["mark"] * 2
    own.keep(store, "b", own.judged([{**MINE, "claims": "of this test"}]))
    assert own.corpus(store, "", "b") is merged  # the same contents
    own.keep(store, "a", own.judged([{**MINE, "claims": "changed"}]))
    assert own.corpus(store, "", "a") is not merged


def test_merged_corpora_are_not_kept_for_ever(shipped: World) -> None:
    own, store = shipped.own_patents, MemoryStore()
    for number in range(2 * own_patents._CACHED):
        own.keep(store, "a", own.judged([{"pn": f"CN{number}", "title": "t"}]))
        assert own.corpus(store, "a").by_number(f"CN{number}")
    assert len(own._merged) == own_patents._CACHED


def test_large_merged_corpora_are_kept_in_lesser_numbers(shipped: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_patents, "_CACHED_PATENTS", 10)
    there, store = shipped.own_patents, MemoryStore()
    own = OwnPatents(shipped.corpus, there._form, there.grammar, there._consistency)
    for count in (3, 4, 6, 50):
        own.keep(store, "a", own.judged([{"pn": f"CN{count}{number}", "title": "t"} for number in range(count)]))
        own.corpus(store, "a")
        assert sum(held for _, held in own._merged.values()) <= 10 or len(own._merged) == 1
    assert own.corpus(store, "a").by_number("CN5049")


def test_the_index_of_shipped_patents_is_made_once_for_all(shipped: World) -> None:
    merged = shipped.corpus.overlaid([shipped.corpus.patents[0]])
    below, own = merged.layers
    assert below.index is shipped.corpus.index
    assert len(own.index.patents) == 1


def test_a_world_without_the_published_patents_opens_accounts(tmp_path: Any) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/patents.jsonl").write_text("")
    app = create_app(Settings(fixtures=tmp_path))
    assert Caller(app, "somebody").token()


def test_what_is_laid_over_laid_patents_is_laid_over_all(shipped: World) -> None:
    first, second = shipped.corpus.patents[:2]
    mine, yours = replace(first, pn="CN1A", patent_id="mine"), replace(second, pn="CN2A", patent_id="yours")
    merged = shipped.corpus.overlaid([mine]).overlaid([yours, replace(mine, apdt=20200101)])
    assert merged.by_number("CN2A") is yours
    assert [merged.by_number(one.pn) for one in (first, second)] == [first, second]
    assert (own := merged.by_number("CN1A")) is not None
    assert own.apdt == 20200101
    assert len(merged) == len(merged.patents) == len(shipped.corpus) + 2


def test_own_pictures_seed_others_where_none_ship(tmp_path: Any) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/patents.jsonl").write_text("")
    world = fixtures.read(tmp_path, MemoryStore()).world
    world.own_patents.keep(world.store, "a", world.own_patents.judged([MINE]))
    assert world.corpus_of("a").shown[0].product == "kettle"
    assert world.corpus.shown == ()


def test_behaviours_ask_for_the_corpus_of_the_account() -> None:
    """Whoever reads the shipped corpus alone would miss what users brought."""
    behaviours = [module for module in modules() if module.unit == "behaviours"]
    assert [module.name for module in behaviours if re.search(r"world\.corpus\b(?!\.fingerprint)", module.source)] == []
