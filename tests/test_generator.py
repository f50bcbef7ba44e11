"""The corpus: what ships is what the command makes, the documented examples are in it, and every rule can fire."""

import json
import subprocess
import sys
from collections import Counter
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest

from contract_tests.patents import BY_NUMBER, PATENTS
from emulator.behaviours import drawings
from emulator.generator import calendar, check, generate, people, subjects
from emulator.generator.families import apportion, replacement_order
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
    command = [sys.executable, "-m", "emulator", "fixtures", "generate", "--patents", str(len(shipped)), "--seed", "1"]
    subprocess.run([*command, "--out", str(tmp_path)], check=True, capture_output=True)
    assert (tmp_path / "corpus" / "patents.jsonl").read_bytes() == FILE.read_bytes()


def test_shipped_corpus_has_no_fault(shipped: list[Record]) -> None:
    assert check(shipped) == []


@pytest.mark.parametrize("seed", [2, 77])
def test_other_seeds_are_faultless_too(seed: int) -> None:
    records = list(generate(150, seed))
    assert len(records) == 150
    assert check(records) == []


def test_same_seed_gives_same_records_and_another_seed_others() -> None:
    assert list(generate(60, 4)) == list(generate(60, 4))
    assert list(generate(60, 4)) != list(generate(60, 5))


def test_fewer_patents_than_examples_are_refused() -> None:
    with pytest.raises(ValueError, match="documented examples"):
        generate(3, 1)


def test_file_is_small_and_designs_are_the_majority(shipped: list[Record]) -> None:
    kinds = Counter(record["patent_type"] for record in shipped)
    assert FILE.stat().st_size < 1_500_000
    assert len(shipped) == 1500
    assert kinds["D"] >= 1000
    assert min(kinds["U"], kinds["A"]) >= 200


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
    numbers = load().numbers
    twelves = ("CN200810000001.", "CN200830000000.", "CN201030000070.")
    assert [numbers.check_digit("cn", twelve) for twelve in twelves] == ["0", "7", "X"]


def test_apportionment_is_exact() -> None:
    assert apportion(7, {"a": 2, "b": 1}) == {"a": 5, "b": 2}
    assert sum(apportion(359, {"a": 70, "b": 15, "c": 15}).values()) == 359


def broken(record: Record, **changes: Any) -> Record:
    return whole({**deepcopy(record), **changes})


SUBJECT = {"of": "phone", "name": 0, "features": [], "conclusion": 0, "language": "en"}
BREAKS: list[tuple[str, str, dict[str, Any]]] = [
    ("EU0065350760001S", "patent_id", {"patent_id": "6E433449"}),
    ("EU0065350760001S", "apno", {"apno": "EU6535076"}),
    ("EU0065350760001S", "authority", {"authority": "XX"}),
    ("EU0065350760001S", "apdt", {"apdt": 20260105, "pbdt": 20260105, "isd": 20260105}),
    ("CN103106923A", "isd", {"isd": 20130515}),
    ("CN103106923A", "simple_legal_status", {"legal_status": [], "simple_legal_status": [0]}),
    ("EU0065350760001S", "loc", {"loc": []}),
    ("EU0065350760001S", "legal_status", {"legal_status": [99]}),
    ("USD1055174S1", "legal_status", {"legal_status": [15], "simple_legal_status": [0]}),
    ("CN103106923A", "legal_status", {"legal_status": [2], "simple_legal_status": [2]}),
    ("EU0065350760001S", "inventors", {"inventors": []}),
    (
        "EU0065350760001S",
        "picture/product",
        {"picture": {"product": "cup", "variation": 1, "views": 7, "hash": "0" * 64}},
    ),
    ("EU0065350760001S", "loc", {"loc": ["32-01"]}),
    ("EU0065350760001S", "subject/of", {"subject": {**SUBJECT, "of": "antenna"}}),
    ("EU0065350760001S", "subject/name", {"subject": {**SUBJECT, "name": 9}}),
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
    ("EU0065350760001S", "loc/0", {"loc": ["14-3"]}),
    ("EU0065350760001S", "ipc", {"ipc": ["G11C16/02"]}),
    ("EU0065350760001S", "title", {"title": {"original": "Mobile phones"}}),
    ("EU0065350760001S", "abstract", {"abstract": {"en": "A phone."}}),
    ("EU0065350760001S", "claims", {"claims": ""}),
    ("EU0065350760001S", "picture", {"picture": None}),
    (
        "EU0065350760001S",
        "picture/hash",
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
    faults = check([record, record])
    assert {fault.field for fault in faults} == {"patent_id", "pn", "apno", "img_id"}
    assert {fault.line for fault in faults} == {2}


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


def made(shipped: list[Record], **facts: Any) -> Record:
    """A generated record with these facts."""
    numbers = load().documented_numbers
    return next(r for r in shipped if r["pn"] not in numbers and all(r[name] == value for name, value in facts.items()))


def test_a_day_on_which_an_office_does_not_publish_is_a_fault(shipped: list[Record]) -> None:
    record = made(shipped, authority="US", kind="S1")
    (fault,) = check([broken(record, pbdt=calendar.later(record["pbdt"], 1))])
    assert (fault.field, fault.reason.endswith("a Wednesday")) == ("pbdt", True)


def test_a_right_in_force_after_its_term_is_a_fault(shipped: list[Record]) -> None:
    old = next(r for r in shipped if r["authority"] == "CN" and r["patent_type"] == "D" and r["apdt"] < 20120101)
    (fault,) = check([broken(old, legal_status=[3], simple_legal_status=[1])])
    assert (fault.field, fault.reason) == ("legal_status", "3, but its term is over")


def test_kinds_change_with_time(shipped: list[Record]) -> None:
    record = made(shipped, authority="CN", kind="S")
    faults = check([broken(record, kind="D", pn="CN300712345D")])
    assert [fault.reason for fault in faults] == ["CN published no D after 20100406"]
    kinds = {(r["authority"], r["kind"]) for r in shipped}
    assert {("CN", "D"), ("CN", "S"), ("US", "B2"), ("EP", "B1"), ("KR", "Y1"), ("DE", "U1"), ("WO", "S")} <= kinds


def test_a_feature_the_picture_does_not_show_is_a_fault(shipped: list[Record]) -> None:
    record = made(shipped, patent_type="D", authority="JP")
    source = load().words.source(record["subject"]["of"])
    shown = subjects.shown_by(record["picture"])
    hidden = next(number for number, one in enumerate(source.features) if not subjects.fits(one, shown))
    (fault,) = check([broken(record, subject={**record["subject"], "features": [hidden]})])
    assert fault.reason.endswith("which the picture does not show")


def test_every_trait_that_a_feature_asks_for_is_drawn() -> None:
    vocabulary = load()
    for key, product in vocabulary.products.items():
        drawn = [drawings.traits(product["drawing"], variation) for variation in range(400)]
        for feature in vocabulary.words.source(key).features:
            assert any(subjects.fits(feature, shown) for shown in drawn), (key, feature)


def test_families_grow_on_the_29th_of_february() -> None:
    numbers, random = load().numbers, Random(1)
    form = numbers.form("EP", "A", "granted", 20230104, random)
    assert numbers.publication(form, "EP20169012", 20200229, 20230104, random).endswith("B1")


def test_members_of_families_have_the_same_people_in_their_scripts(shipped: list[Record]) -> None:
    families: dict[int, list[Record]] = {}
    for record in shipped:
        families.setdefault(record["family_id"], []).append(record)
    several = [members for members in families.values() if len(members) > 1]
    assert len(several) > 100
    by_script: dict[tuple[int, str], set[tuple[str, ...]]] = {}
    for members in several[1:]:
        for member in members:
            by_script.setdefault((member["family_id"], people.script(member["authority"])), set()).add(
                tuple(member["inventors"])
            )
    assert all(len(names) == 1 for (family, _), names in by_script.items() if family != 331537782)


def test_titles_in_korea_are_korean(shipped: list[Record]) -> None:
    korean = [BY_NUMBER[r["pn"]]["title"]["original"] for r in shipped if r["authority"] == "KR"]
    assert len(korean) > 50
    assert all(any("가" <= sign <= "힣" for sign in title) for title in korean)


def test_texts_of_one_product_do_not_repeat(shipped: list[Record]) -> None:
    heads = {record["family_id"]: record["pn"] for record in shipped}
    texts = [BY_NUMBER[number]["description"]["en"] for number in heads.values() if BY_NUMBER[number]["description"]]
    assert len(set(texts)) > 0.9 * len(texts)


# --- the command -----------------------------------------------------------------------------------------


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "emulator", "fixtures", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def laid_over(folder: Path, *records: Record | str) -> str:
    (folder / "corpus").mkdir()
    lines = (one if isinstance(one, str) else json.dumps(one) for one in records)
    (folder / "corpus" / "patents.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(folder)


def test_check_of_what_ships_finds_nothing() -> None:
    told = run("check")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.endswith("patents.jsonl: nothing wrong\n")


def test_check_tells_every_finding_with_file_line_and_reason(tmp_path: Path, shipped: list[Record]) -> None:
    good, wrong = shipped[0], broken(shipped[1], pbdt=20030101, loc=["33-01"])
    told = run("check", "--fixtures", laid_over(tmp_path, good, wrong, "{", {"pn": "CN1S"}))
    assert told.returncode == 1
    lines = [line.partition("patents.jsonl: ")[2] for line in told.stderr.splitlines()]
    assert lines[0].startswith("line 2: HK04110995S: pbdt: published on 20030101, before it was applied for on 2004")
    assert lines[1] == "line 2: HK04110995S: loc/0: '33-01' is not a class of this kind, such as 14-03"
    assert any(line.startswith("line 3: is not JSON") for line in lines)
    assert any(line.startswith("line 4: CN1S: ") and line.endswith("is missing") for line in lines)


def test_invented_numbers_may_be_let_pass(tmp_path: Path, shipped: list[Record]) -> None:
    folder = laid_over(tmp_path, broken(shipped[1], pn="CN900000001S", authority="CN"))
    assert run("check", "--fixtures", folder).returncode == 1
    assert run("check", "--fixtures", folder, "--invented").returncode == 0


@pytest.mark.parametrize("arguments", [("--patents", "3"), ("--patents", "0"), ("--patents", "many")])
def test_what_cannot_be_made_is_wrong_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    told = run("generate", *arguments, "--out", str(tmp_path))
    assert told.returncode == 2
    assert "Error: " in told.stderr


def test_yearly_application_numbers_grow_with_the_date(shipped: list[Record]) -> None:
    registers: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for record in made_up(shipped):
        if "running" in (load().numbers.of(record["authority"], record["patent_type"]) or {})["apno"]:
            year = str(record["apdt"])[:4]
            office = record["apno"].partition(year)[0] if record["authority"] == "WO" else record["authority"]
            series = record["apno"][:4] if record["authority"] == "US" else year
            digits = "".join(filter(str.isdigit, record["apno"].rpartition("/")[2].partition(".")[0]))
            register = (office, record["patent_type"], series)
            registers.setdefault(register, []).append((record["apdt"], int(digits)))
    late = [
        (register, first, second)
        for register, filed in registers.items()
        for first in filed
        for second in filed
        if calendar.between(first[0], second[0]) > 45 and first[1] >= second[1]
    ]
    assert len(registers) > 100
    assert not late


def test_inventions_are_published_when_their_family_is_eighteen_months_old(shipped: list[Record]) -> None:
    first: dict[int, int] = {}
    inventions = [record for record in made_up(shipped) if record["patent_type"] == "A"]
    for record in inventions:
        first[record["family_id"]] = min(record["apdt"], first.get(record["family_id"], record["apdt"]))
    for authority, kind in (("WO", "A1"), ("US", "A1"), ("EP", "A1"), ("JP", "A")):
        ages = [
            calendar.between(first[record["family_id"]], record["pbdt"]) / 30.44
            for record in inventions
            if (record["authority"], record["kind"]) == (authority, kind)
        ]
        assert min(ages) > 17.5, authority
        assert max(ages) < 19.2, authority


def test_taiwan_prints_traditional_signs(shipped: list[Record]) -> None:
    simplified = set("万业东产优会传伟体关华单厂双发号国图圣声头学宁实宾对导尔岛帅带广庆应张强当录征态恒惯")
    for record in shipped:
        if record["authority"] == "TW":
            printed = [BY_NUMBER[record["pn"]]["title"]["original"], record["original_assignee"], *record["inventors"]]
            assert not simplified & set("".join(printed)), printed


def made_up(records: list[Record]) -> list[Record]:
    """All but what the published pages show."""
    published = {entry["record"]["pn"] for entry in load().documented["records"]}
    return [record for record in records if record["pn"] not in published]
