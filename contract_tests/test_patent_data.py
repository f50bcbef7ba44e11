"""P041 and P014 tell legal status and families of up to a hundred patents by the rules of P043.

The corpus file says what must come out.
"""

from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.documents import INVALID
from contract_tests.patents import BY_ID, BY_NUMBER, PATENTS, Record

pytestmark = pytest.mark.emulator_only
BOTH = pytest.mark.parametrize("operation", ["P041", "P014"])
_WORDS = {0: "失效", 1: "有效", 2: "审中", 220: "PCT指定期满", 221: "PCT指定期内", 999: "未确认"}


def _ids(patents: Any, name: str = "patent_id") -> str:
    return ",".join(one[name] for one in patents)


def _family_of(patent: Record) -> list[Record]:
    """Its simple family, in the order of publication."""
    family = [one for one in PATENTS if one["family_id"] == patent["family_id"]]
    return sorted(family, key=lambda one: (one["pbdt"], one["pn"]))


def _told(member: Record, sequence: int) -> dict[str, Any]:
    number = member["pn"][len(member["authority"]) : len(member["pn"]) - len(member["kind"])]
    return {"kind": member["kind"], "country": member["authority"], "sequence": sequence, "doc_number": number}


# --- What both have in common -----------------------------------------------------------------------------


@BOTH
def test_a_hundred_come_in_the_order_asked_and_no_more(account: Account, operation: str) -> None:
    asked = PATENTS[::-1][:100]
    for values in ({"patent_id": _ids(asked)}, {"patent_number": _ids(asked, "pn")}):
        answer = account.send(operation, values)
        assert [(one["pn"], one["patent_id"]) for one in answer.data] == [
            (one["pn"], one["patent_id"]) for one in asked
        ]
        assert answer.cost == 1
    assert account.call(operation, patent_id=_ids(PATENTS[:101])).code == INVALID


@BOTH
def test_patent_id_wins_and_one_must_be_given(account: Account, operation: str) -> None:
    (item,) = account.call(operation, patent_id=PATENTS[0]["patent_id"], patent_number=PATENTS[1]["pn"]).data
    assert item["pn"] == PATENTS[0]["pn"]
    assert account.call(operation).code == INVALID


@BOTH
def test_doubles_come_once_and_unknown_ones_not_at_all(account: Account, operation: str) -> None:
    one, two = (patent["pn"] for patent in PATENTS[:2])
    assert [item["pn"] for item in account.call(operation, patent_number=f"{one},XX1,{two},{one.lower()}").data] == [
        one,
        two,
    ]
    answer = account.call(operation, patent_number="XX1,XX2")
    assert (answer.data, answer.cost) == ([], 0)


# --- Legal status -----------------------------------------------------------------------------------------


def test_every_legal_status_is_told_in_words(account: Account) -> None:
    seen = set()
    for start in range(0, len(PATENTS), 100):
        for item in account.call("P041", patent_id=_ids(PATENTS[start : start + 100])).data:
            codes = BY_ID[item["patent_id"]]["simple_legal_status"]
            assert list(item) == ["pn", "patent_id", "simple_legal_status"]
            assert item["simple_legal_status"] == [_WORDS[code] for code in codes]
            seen |= set(codes)
    assert seen == set(_WORDS)


def test_the_words_are_chinese_in_every_language(account: Account) -> None:
    for language in ("en", "cn"):
        account.configure(language=language)
        (item,) = account.call("P041", patent_number="US11205304B2").data
        assert item["simple_legal_status"] == ["有效"]


def test_several_statuses_are_several_words(account: Account) -> None:
    own = {"pn": "CN900000001S", "title": "Kettle", "simple_legal_status": [1, 999], "legal_status": [3]}
    assert account.steer("PUT", "patents", {"patents": [own]}).status == 200
    (item,) = account.call("P041", patent_number=own["pn"]).data
    assert item["simple_legal_status"] == ["有效", "未确认"]


def test_an_own_patent_has_a_status_that_there_is(account: Account) -> None:
    own = {"pn": "CN900000001S", "title": "Kettle", "simple_legal_status": [7], "legal_status": [3]}
    answer = account.steer("PUT", "patents", {"patents": [own]})
    assert answer.status == 400
    assert b"simple_legal_status" in answer.body


# --- Families ---------------------------------------------------------------------------------------------


def test_every_patent_has_its_simple_family_and_is_a_member_of_it(account: Account) -> None:
    sizes = set()
    for start in range(0, len(PATENTS), 100):
        for item in account.call("P014", patent_id=_ids(PATENTS[start : start + 100])).data:
            patent = BY_ID[item["patent_id"]]
            members = [_told(one, sequence) for sequence, one in enumerate(_family_of(patent), 1)]
            family = item["patent_family"]
            assert family["simple_family"] == members
            assert family["simple_family_id"] == patent["family_id"]
            assert all(_key(one) in map(_key, family["inpadoc_family"]) for one in members)
            sizes.add(len(members))
    assert {1, 2, 3} <= sizes


def _key(member: dict[str, Any]) -> tuple[str, ...]:
    return member["country"], member["doc_number"], member["kind"]


def test_the_family_of_the_example_has_the_printed_numbers(account: Account) -> None:
    (item,) = account.call("P014", patent_number="US11205304B2").data
    family = item["patent_family"]
    assert item["patent_id"] == "718ead9c-4f3c-4674-8f5a-24e126827269"
    assert family["simple_family_id"] == 331537782
    assert family["inpadoc_family_id"] == family["patsnap_family_id"] == 459115956
    printed = {"kind": "A1", "country": "US", "doc_number": "20130033085"}
    assert any(printed.items() <= member.items() for member in family["simple_family"])


def test_wide_families_agree_wherever_they_are_asked_for(account: Account) -> None:
    members_of: dict[int, Any] = {}
    for start in range(0, len(PATENTS), 100):
        for item in account.call("P014", patent_id=_ids(PATENTS[start : start + 100])).data:
            family = item["patent_family"]
            assert family["inpadoc_family"] == family["patsnap_family"]
            assert family["inpadoc_family_id"] == family["patsnap_family_id"] < 1 << 31
            known = members_of.setdefault(family["inpadoc_family_id"], family["inpadoc_family"])
            assert known == family["inpadoc_family"]
    assert sum(map(len, members_of.values())) == len(PATENTS)


def test_publications_of_one_application_join_their_families(account: Account) -> None:
    """Two families of two, and a patent whose application is that of one of each."""
    own: list[dict[str, Any]] = [
        {"pn": f"CN90000000{number}A", "apno": apno, "title": "t", "family_id": family, "pbdt": 20200101 + number}
        for number, (apno, family) in enumerate(
            [("CN1", 10), ("CN2", 10), ("CN2", 7), ("CN3", 7), ("CN3", 12), ("CN4", 13)]
        )
    ]
    assert account.steer("PUT", "patents", {"patents": own}).status == 200
    numbers = [one["pn"] for one in own]
    items = account.call("P014", patent_number=",".join(numbers)).data
    for item in items[:5]:
        wide = item["patent_family"]["inpadoc_family"]
        assert ["CN" + one["doc_number"] + "A" for one in wide] == numbers[:5]
        assert [one["sequence"] for one in wide] == [1, 2, 3, 4, 5]
        assert item["patent_family"]["inpadoc_family_id"] == 7 + 127578174
    assert [len(item["patent_family"]["simple_family"]) for item in items] == [2, 2, 2, 2, 1, 1]
    assert len(items[5]["patent_family"]["inpadoc_family"]) == 1


def test_family_ids_stay_whole_numbers_of_32_bits(account: Account) -> None:
    most = (1 << 31) - 1
    own = {"pn": "CN900000001A", "title": "t", "family_id": most}
    assert account.steer("PUT", "patents", {"patents": [own]}).status == 200
    (item,) = account.call("P014", patent_number=own["pn"]).data
    assert item["patent_family"]["simple_family_id"] == most
    assert 0 < item["patent_family"]["inpadoc_family_id"] <= most
    for wrong in (0, most + 1):
        assert account.steer("PUT", "patents", {"patents": [{**own, "family_id": wrong}]}).status == 400


def test_a_known_number_stands_in_the_file_once() -> None:
    """What this module rests on."""
    assert len(BY_NUMBER) == len(BY_ID) == len(PATENTS)
