"""The corpus: what ships is what the command makes, the documented examples are in it, and every rule can fire."""

import json
import subprocess
import sys
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from contract_tests.patents import BY_NUMBER, PATENTS
from emulator.generator import check, generate
from emulator.generator.families import apportion, replacement_order
from emulator.generator.numbers import check_digit, fits
from emulator.generator.records import whole
from emulator.generator.vocabulary import SHIPPED, load

Record = dict[str, Any]
FILE = SHIPPED / "patents.jsonl"
CODES = {1, 2, 3, 8, 11, 13, 14, 15, 16, 21, 22, 23, 24, 30, 222, 223, 224, 225}
EXAMPLE = "718ead9c-4f3c-4674-8f5a-24e126827269"
EXAMPLE_ABSTRACT = (
    "Non- volatile memory devices (100, 610) logically organized to have erase blocks of at least two different sizes "
    "provide for concurrent erasure of multiple physical blocks (340) of memory cells (208, 308), while providing for "
    "individual selection of those physical blocks (340) for read and program operations, hi this manner, data "
    "expected to require frequent updating can be stored in locations corresponding to first erase blocks having a "
    "first size while data expected to require relatively infrequent updating can be stored in locations "
    "corresponding to second erase blocks larger than the first erase blocks."
)


@pytest.fixture(scope="module")
def shipped() -> list[Record]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def by_number(shipped: list[Record]) -> dict[str, Record]:
    return {record["pn"]: record for record in shipped}


def test_shipped_file_is_what_the_command_makes(tmp_path: Path, shipped: list[Record]) -> None:
    command = [sys.executable, "-m", "emulator.generator", "--patents", str(len(shipped)), "--seed", "1"]
    subprocess.run([*command, "--out", str(tmp_path)], check=True, capture_output=True)
    assert (tmp_path / "patents.jsonl").read_bytes() == FILE.read_bytes()


def test_shipped_corpus_has_no_fault(shipped: list[Record]) -> None:
    assert check(shipped) == []


@pytest.mark.parametrize("seed", [2, 77])
def test_other_seeds_are_faultless_too(seed: int) -> None:
    records = generate(150, seed)
    assert len(records) == 150
    assert check(records) == []


def test_same_seed_gives_same_records_and_another_seed_others() -> None:
    assert generate(60, 4) == generate(60, 4)
    assert generate(60, 4) != generate(60, 5)


def test_fewer_patents_than_examples_are_refused() -> None:
    with pytest.raises(ValueError, match="documented examples"):
        generate(3, 1)


def test_file_is_small_and_designs_are_the_majority(shipped: list[Record]) -> None:
    kinds = Counter(record["patent_type"] for record in shipped)
    assert FILE.stat().st_size < 1_500_000
    assert len(shipped) >= 320
    assert kinds["D"] >= 220
    assert min(kinds["U"], kinds["A"]) >= 45


def test_every_published_status_code_occurs(shipped: list[Record]) -> None:
    assert {code for record in shipped for code in record["legal_status"]} == CODES


@pytest.mark.parametrize(("countries", "least"), [({"CN"}, 11), ({"US"}, 11), ({"CN", "US"}, 31)])
def test_search_for_two_classes_fills_more_than_a_page(shipped: list[Record], countries: set[str], least: int) -> None:
    hits = [r for r in shipped if r["authority"] in countries and {"14-01", "14-02"} & set(r["loc"])]
    assert len(hits) >= least


@pytest.mark.parametrize("name", ["华为", "HUAWEI"])
def test_documented_assignee_is_found_in_both_scripts(shipped: list[Record], name: str) -> None:
    assert sum(name in record["original_assignee"] for record in shipped) >= 5


def test_missing_abstracts_come_with_and_without_relatives_that_have_one() -> None:
    missing = [record for record in PATENTS if record["abstract"] is None]
    families = {record["family_id"] for record in PATENTS if record["abstract"]}
    replaceable = [record for record in missing if record["family_id"] in families]
    assert len(missing) >= 12
    assert 0 < len(replaceable) < len(missing)


def test_example_of_the_abstract_page_comes_out_literally() -> None:
    asked = next(record for record in PATENTS if record["patent_id"] == EXAMPLE)
    relatives = [r for r in PATENTS if r["family_id"] == asked["family_id"] and r["abstract"]]
    first = replacement_order(relatives)[0]
    assert (asked["pn"], asked["title"]["en"]) == ("US11205304B2", "Memory device architectures and operation")
    assert asked["abstract"] is None
    assert (first["pn"], first["abstract"]["en"]) == ("CN103106923A", EXAMPLE_ABSTRACT)
    assert "CN101595528B" in {record["pn"] for record in relatives}


def test_example_of_the_infringement_page_is_there(by_number: dict[str, Record]) -> None:
    record = by_number["EU0065350760001S"]
    assert record["patent_id"] == "6e433449-143b-41d9-9abf-6c6519b07779"
    assert (record["apno"], record["apdt"], record["pbdt"]) == ("EU006535076", 20190528, 20190528)
    assert record["title"]["original"] == "Mobile phones"
    assert "|".join(record["inventors"]) == "ELSHAFIE, AHMED|YANG, WEI|HOSSEINI, SEYEDKIANOUSH"
    assert record["original_assignee"] == "HUAWEI TECHNOLOGIES CO., LTD."
    assert record["img_id"] == "HDA0001130916580000011"
    assert "14-03" in record["loc"]


@pytest.mark.parametrize(
    ("number", "identifier", "title"),
    [
        ("HK04110995S", "002853ca-7b58-4b11-8142-7525a466491e", "智能手表"),
        ("JP1747893S", "09115a22-cf5a-41e1-8e77-11a8fbb3a5b6", "人形"),
        ("USD1055174S1", "3fad2c19-8d3d-4f72-b5ae-f2de96787bc0", "Inflatable Santa"),
        ("EU0040356240003S", "f1bc4b3c-8a7f-45a4-b0cb-56014c548719", "Floats"),
    ],
)
def test_documented_designs_are_there(number: str, identifier: str, title: str) -> None:
    assert BY_NUMBER[number]["patent_id"] == identifier
    assert BY_NUMBER[number]["title"]["original"] == title


def test_documented_identifiers_exist(shipped: list[Record], by_number: dict[str, Record]) -> None:
    wanted = {"1a47a70d-6b54-4709-a72a-ed552781fcac", "7353c607-0594-4592-b99e-aea9f517de17"}
    assert wanted <= {record["patent_id"] for record in shipped}
    assert {"CN101595528B", "JP1999068462A"} <= set(by_number)


def test_every_documented_record_says_how_we_know_it() -> None:
    for entry in load().documented["records"]:
        evidence = entry["evidence"]
        assert evidence["grade"] == "documented"
        assert evidence["source"] in {"seed-000", "seed-001", "seed-002", "seed-003", "seed-004", "operations"}
        assert set(evidence["fields"]) <= {*entry["record"], "title", "abstract", "loc"}


def test_known_pictures_show_the_documented_designs(by_number: dict[str, Record]) -> None:
    known = load().known_pictures
    watch = known["https://img2.baidu.com/it/u=3901385603,500927275&fm=253&fmt=auto&app=138&f=JPEG?w=680&h=434"]
    phone = next(shown for url, shown in known.items() if "004744217_0009_0002" in url)
    for shown, number in ((watch, "HK04110995S"), (phone, "EU0065350760001S")):
        picture = by_number[number]["picture"]
        assert (shown["product"], shown["variation"]) == (picture["product"], picture["variation"])


def test_chinese_check_digit() -> None:
    assert [check_digit(twelve) for twelve in ("200810000001", "200830000000", "201030000070")] == ["0", "7", "X"]
    assert fits("CN", "D", "CN305123456S", "CN201930123456.7")
    assert not fits("CN", "D", "CN305123456U", "CN201930123456.7")


def test_apportionment_is_exact() -> None:
    assert apportion(7, {"a": 2, "b": 1}) == {"a": 5, "b": 2}
    assert sum(apportion(359, {"a": 70, "b": 15, "c": 15}).values()) == 359


def broken(record: Record, **changes: Any) -> Record:
    return whole({**deepcopy(record), **changes})


BREAKS: list[tuple[str, str, dict[str, Any]]] = [
    ("EU0065350760001S", "patent_id", {"patent_id": "6E433449"}),
    ("EU0065350760001S", "pn", {"apno": "EU6535076"}),
    ("USD1055174S1", "kind", {"kind": "S2"}),
    ("CN101595528B", "apno", {"apno": "CN200880003311.7"}),
    ("JP1747893S", "apno", {"apno": "JP2019023456"}),
    ("JP1747893S", "pbdt", {"pbdt": 20220101}),
    ("JP1747893S", "apdt", {"apdt": 20220230}),
    ("JP1747893S", "isd", {"isd": 20200101}),
    ("JP1747893S", "isd", {"isd": None}),
    ("EU0065350760001S", "simple_legal_status", {"simple_legal_status": [0]}),
    ("EU0065350760001S", "legal_status", {"legal_status": [7]}),
    ("EU0065350760001S", "legal_status", {"legal_status": [222], "simple_legal_status": [221]}),
    ("EU0065350760001S", "legal_status", {"legal_status": [13], "simple_legal_status": [0]}),
    ("EU0065350760001S", "loc", {"loc": ["14-3"]}),
    ("EU0065350760001S", "ipc", {"ipc": ["G11C16/02"]}),
    ("EU0065350760001S", "title", {"title": {"original": "Mobile phones"}}),
    ("EU0065350760001S", "abstract", {"abstract": {"en": "A phone."}}),
    ("EU0065350760001S", "claims", {"claims": ""}),
    ("EU0065350760001S", "picture", {"picture": None}),
    (
        "EU0065350760001S",
        "picture.hash",
        {"picture": {"product": "phone", "variation": 1, "views": 7, "hash": "0" * 64}},
    ),
]


@pytest.mark.parametrize(("number", "field", "changes"), BREAKS)
def test_each_rule_fires(by_number: dict[str, Record], number: str, field: str, changes: dict[str, Any]) -> None:
    faults = check([broken(by_number[number], **changes)])
    assert field in {fault.field for fault in faults}
    assert all(fault.record == number and fault.reason for fault in faults)


def test_missing_keys_are_a_fault(by_number: dict[str, Record]) -> None:
    record = deepcopy(by_number["JP1747893S"])
    del record["loc"]
    assert [fault.field for fault in check([record])] == ["loc"]


def test_doubles_are_a_fault(by_number: dict[str, Record]) -> None:
    record = by_number["JP1747893S"]
    assert {fault.field for fault in check([record, record])} == {"patent_id", "pn", "apno", "img_id"}


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", {"original": "x", "cn": "x", "en": "x", "jp": "x"}), ("abstract", {"cn": "x", "en": "x", "jp": "x"})],
)
def test_disagreement_within_a_family_is_a_fault(by_number: dict[str, Record], field: str, value: Any) -> None:
    faults = check([by_number["CN101595528B"], broken(by_number["CN103106923A"], **{field: value})])
    assert [fault.field for fault in faults] == [field]


def test_late_priority_is_a_fault(shipped: list[Record]) -> None:
    sizes = Counter(record["family_id"] for record in shipped if record["patent_type"] == "D")
    family = next(identifier for identifier, size in sizes.items() if size > 1)
    members = sorted((r for r in shipped if r["family_id"] == family), key=lambda record: record["apdt"])
    late = broken(members[-1], apdt=members[0]["apdt"] + 10000)
    assert "apdt" in {fault.field for fault in check([*members[:-1], late])}
