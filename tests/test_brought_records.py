"""Records of patents that users bring: what may be left out, what then stands there, and what is refused how."""

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from emulator.behaviours.drawings import PRODUCTS
from emulator.behaviours.world import World
from emulator.corpus.form import Names, PatentForm, RecordFault
from emulator.expressions.fields import TEXTS
from emulator.spec import loader, yaml
from tests.conftest import Caller
from tests.test_own_patents import MINE, SHIPPED, bring


def refusal(caller: Caller, *records: Any) -> str:
    caller.token()
    path = f"/_emulator/accounts/{caller.client_id}/patents"
    answer = caller.send("PUT", path, json={"patents": list(records)})
    assert answer.status_code == 400, answer.text
    return str(answer.json()["error"])


def without(record: Mapping[str, Any], *fields: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in fields}


# --- what may be left out --------------------------------------------------------------------------------


def test_only_number_and_title_are_needed(shipped: World) -> None:
    (record,) = shipped.own_patents.judged([{"pn": "US1234567B2", "title": "A thing"}])
    assert without(record, "patent_id", "family_id") == {
        "pn": "US1234567B2",
        "authority": "US",
        "kind": "B2",
        "patent_type": "A",
        "apno": "US1234567B2",
        "apdt": 20200101,
        "pbdt": 20200101,
        "isd": None,
        "title": {"original": "A thing", "cn": "A thing", "en": "A thing", "jp": "A thing"},
        "abstract": None,
        "claims": None,
        "description": None,
        "loc": [],
        "ipc": [],
        "original_assignee": "",
        "current_assignee": "",
        "inventors": [],
        "legal_status": [3],
        "simple_legal_status": [1],
        "img_id": "US1234567B2",
        "picture": None,
    }
    assert shipped.own_patents.judged([record]) == [record]


@pytest.mark.parametrize(
    ("given", "worked_out"),
    [
        ({"pn": "CN1S"}, {"patent_type": "D", "isd": 20200101}),
        ({"pn": "CN1U"}, {"patent_type": "U", "kind": "U"}),
        ({"pn": "CN1", "picture": "car"}, {"patent_type": "D", "kind": ""}),
        ({"pn": "CN1A", "picture": "car"}, {"patent_type": "A", "kind": "A"}),
        ({"pn": "CN1", "apdt": 20110203}, {"pbdt": 20110203, "isd": None}),
        ({"pn": "CN1S", "pbdt": 20110203}, {"apdt": 20110203, "isd": 20110203}),
        ({"pn": "CN1", "current_assignee": "X"}, {"original_assignee": "X"}),
        ({"pn": "CN1", "simple_legal_status": [0]}, {"legal_status": [], "simple_legal_status": [0]}),
        ({"pn": "CN1", "title": {"jp": "J", "en": "E"}}, {"title": {"original": "E", "cn": "E", "en": "E", "jp": "J"}}),
        ({"pn": "CN1", "abstract": "a"}, {"abstract": {"cn": "a", "en": "a", "jp": "a"}}),
    ],
)
def test_what_is_left_out_is_worked_out(shipped: World, given: dict[str, Any], worked_out: dict[str, Any]) -> None:
    (record,) = shipped.own_patents.judged([{"title": "t", **given}])
    assert {name: record[name] for name in worked_out} == worked_out


def test_the_hash_of_a_shipped_patent_is_worked_out_as_it_ships(shipped: World) -> None:
    for record in [one for one in SHIPPED if one["picture"]][:20]:
        picture = without(record["picture"], "hash")
        (made,) = shipped.own_patents.judged([{"pn": "XX1", "title": "t", "picture": picture}])
        assert made["picture"] == record["picture"]


def test_two_numbers_show_two_variations(shipped: World) -> None:
    first, second = shipped.own_patents.judged([{"pn": f"CN{n}S", "title": "t", "picture": "cup"} for n in (1, 2)])
    assert first["picture"]["variation"] != second["picture"]["variation"]
    assert first["picture"]["hash"] != second["picture"]["hash"]


def test_every_product_can_be_brought(shipped: World) -> None:
    records = [{"pn": f"CN{n}S", "title": name, "picture": name} for n, name in enumerate(PRODUCTS)]
    assert len({record["picture"]["hash"] for record in shipped.own_patents.judged(records)}) == len(PRODUCTS)


# --- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"pn": None}, "patents.1.pn: is missing"),
        ({"pn": 7}, "patents.1.pn: a text is expected"),
        ({"pn": "CN1,CN2"}, "patents.1.pn: "),
        ({"pn": "1234"}, "patents.1.authority: is missing"),
        ({"title": None}, "patents.1.title: is missing"),
        ({"title": {}}, "patents.1.title.original: is missing"),
        ({"title": {"en": ""}}, "patents.1.title."),
        ({"titel": "t"}, "patents.1.titel: is not understood; did you mean title?"),
        ({"apdt": 5}, "patents.1.apdt: 5 is less than"),
        ({"apdt": 20200101.0}, "patents.1.apdt: 20200101.0 is written with a point"),
        ({"pbdt": 20200101.0}, "patents.1.pbdt: 20200101.0 is written with a point"),
        ({"pbdt": 5}, "patents.1.pbdt: 5 is less than"),
        ({"current_assignee": 5}, "patents.1.current_assignee: "),
        ({"patent_type": "X"}, "patents.1.patent_type: "),
        ({"patent_id": "a/b"}, "patents.1.patent_id: "),
        ({"loc": ["7-1"]}, "patents.1.loc.0: "),
        ({"legal_status": [16]}, "patents.1.simple_legal_status: is missing"),
        (
            {"legal_status": [3, 16], "simple_legal_status": [1]},
            "patents.1.simple_legal_status: 1 does not go with the legal status 3, 16, which comes to 0, 1",
        ),
        ({"apdt": 20210229}, "patents.1.apdt: 20210229 is no day of the calendar"),
        ({"apdt": 20210228, "pbdt": 20210227}, "patents.1.pbdt: published on 20210227, before it was applied for"),
        ({"apdt": 20210228, "isd": 20210227}, "patents.1.isd: issued on 20210227, before it was applied for"),
        ({"loc": ["33-01"]}, "patents.1.loc.0: '33-01' is not a class of this kind, such as 14-03"),
        ({"ipc": ["H04M1/02"]}, "patents.1.ipc: a design has Locarno classes only"),
        ({"pn": "CN9A", "kind": "A", "loc": ["14-03"]}, "patents.1.loc: only designs have Locarno classes"),
        ({"pn": "CN9A", "kind": "A", "ipc": ["14-03"]}, "patents.1.ipc.0: '14-03' is not a class of this kind"),
        (
            {"picture": {"product": "car", "variation": 3, "hash": "0" * 64}},
            "patents.1.picture.hash: is not the hash of the picture of car 3",
        ),
        ({"picture": "kettl"}, "patents.1.picture.product: nobody can draw 'kettl'; did you mean kettle?"),
        ({"picture": {"variation": 3}}, "patents.1.picture.product: is missing"),
        ({"picture": {"product": "car", "variation": "3"}}, "patents.1.picture.variation: a whole number"),
        ({"picture": {"product": "car", "views": 0}}, "patents.1.picture.views: "),
        ({"picture": {"product": "car", "colour": "red"}}, "patents.1.picture.colour: is not understood"),
        ({"picture": {"product": "car", "hash": "0"}}, "patents.1.picture.hash: "),
        ({"picture": 7}, "patents.1.picture: "),
        ({"pn": MINE["pn"].lower()}, "patents.1.pn: 'cn900000001s' is that of another patent already"),
        ({"pn": SHIPPED[0]["pn"]}, "patents.1.pn: "),
        ({"patent_id": SHIPPED[0]["patent_id"].upper()}, "patents.1.patent_id: "),
    ],
    ids=str,
)
def test_a_wrong_record_is_named_and_changes_nothing(caller: Caller, wrong: dict[str, Any], told: str) -> None:
    before = bring(caller, {"pn": "CN5S", "title": "before"})
    sentence = refusal(caller, MINE, {"pn": "CN900000002S", "title": "wrong", **wrong})
    assert sentence.startswith(told)
    assert "(the record with pn " in sentence
    assert caller.steer("GET", "/patents")["patents"] == before


@pytest.mark.parametrize("record", ["CN1", 7, None, []])
def test_what_is_no_record_is_refused(caller: Caller, record: Any) -> None:
    assert refusal(caller, record).startswith("patents.0: ")


@pytest.mark.parametrize("number", ["NaN", "1e400", "1" + "0" * 30, "[" * 300 + "]" * 300, '"\\ud800"'])
def test_what_no_store_can_keep_is_refused(caller: Caller, number: str) -> None:
    caller.token()
    text = f'{{"patents": [{{"pn": "CN1", "title": "t", "apdt": {number}}}]}}'
    answer = caller.send("PUT", f"/_emulator/accounts/{caller.client_id}/patents", content=text)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("patents.0: cannot be kept")


def test_an_account_that_nobody_knows_has_no_patents(caller: Caller) -> None:
    for method in ("GET", "PUT", "DELETE"):
        body = b'{"patents": []}' if method == "PUT" else None
        assert caller.send(method, "/_emulator/accounts/nobody-knows/patents", content=body).status_code == 404


def test_the_file_is_strict_about_what_may_be_left_out_here() -> None:
    form = PatentForm(yaml.read(loader.SHIPPED / "corpus/patent.yaml"), PRODUCTS)
    form.check(copy.deepcopy(SHIPPED[0]))
    for name in set(SHIPPED[0]) - {*TEXTS, "subject"}:
        with pytest.raises(RecordFault, match=f"^{name}: is missing$"):
            form.check(without(SHIPPED[0], name))
    with pytest.raises(RecordFault, match=r"^abstract: is missing$"):
        form.check(without(SHIPPED[0], "abstract", "subject"))
    with pytest.raises(RecordFault, match=r"^pn: .* another patent"):
        Names([("other", SHIPPED[0]["pn"])]).take(SHIPPED[0])
