"""P043 translates titles and abstracts into three languages, up to a hundred patents at once, and bills each item once.

The corpus file says what must come out. The example of the page comes literally.
"""

import pytest

from contract_tests.account import Account
from contract_tests.documents import INVALID
from contract_tests.patents import PATENTS, Record
from contract_tests.published_facts import PAGES

pytestmark = pytest.mark.emulator_only
WITH_TEXT = [one for one in PATENTS if one["abstract"]]
WITHOUT_TEXT = [one for one in PATENTS if not one["abstract"]]
LANGUAGES = pytest.mark.parametrize("lang", ["cn", "en", "jp"])


def _relatives(patent: Record) -> list[Record]:
    return [one for one in WITH_TEXT if one["family_id"] == patent["family_id"]]


def _ids(patents: list[Record], name: str = "patent_id") -> str:
    return ",".join(one[name] for one in patents)


def _told(patent: Record, lang: str) -> dict[str, str]:
    return {
        "pn": patent["pn"],
        "title": patent["title"][lang],
        "abstract": patent["abstract"][lang],
        "patent_id": patent["patent_id"],
    }


@LANGUAGES
@pytest.mark.parametrize("name", ["patent_id", "patent_number"])
def test_a_hundred_come_in_the_order_asked(account: Account, lang: str, name: str) -> None:
    asked = WITH_TEXT[::-1][:100]
    values = {name: _ids(asked, "pn" if name == "patent_number" else name), "lang": lang}
    answer = account.send("P043", values)
    assert answer.data == [_told(one, lang) for one in asked]
    assert answer.cost == 100


def test_every_patent_of_the_file_is_known_in_every_language(account: Account) -> None:
    for start in range(0, len(PATENTS), 100):
        batch = list(PATENTS[start : start + 100])
        for lang in ("cn", "en", "jp"):
            answered = account.call("P043", patent_id=_ids(batch), lang=lang).data
            assert [one["title"] for one in answered] == [one["title"][lang] for one in batch]


def test_without_lang_the_language_is_english(account: Account) -> None:
    assert account.call("P043", patent_id=_ids(WITH_TEXT[:2])).data == [_told(one, "en") for one in WITH_TEXT[:2]]


@pytest.mark.parametrize("lang", ["de", "EN", "zh", "ja", "en,cn"])
def test_another_language_is_refused(account: Account, lang: str) -> None:
    assert account.call("P043", patent_id=_ids(WITH_TEXT[:1]), lang=lang).code == INVALID


@pytest.mark.parametrize("name", ["patent_id", "patent_number"])
def test_a_hundred_and_one_are_refused(account: Account, name: str) -> None:
    key = "pn" if name == "patent_number" else name
    assert account.send("P043", {name: _ids(WITH_TEXT[:100], key)}).code == 0
    answer = account.send("P043", {name: _ids(WITH_TEXT[:101], key)})
    assert answer.code == INVALID
    assert name in answer.reason
    assert answer.cost == 0


def test_doubles_count_towards_the_hundred_and_are_billed_once(account: Account) -> None:
    one, two = WITH_TEXT[:2]
    answer = account.call("P043", patent_id=_ids([one, two, one, one]))
    assert answer.data == [_told(one, "en"), _told(two, "en")]
    assert answer.cost == 2
    assert account.call("P043", patent_id=_ids([one] * 100)).cost == 1
    assert account.call("P043", patent_id=_ids([one] * 101)).code == INVALID


def test_a_double_in_another_case_is_the_same_patent(account: Account) -> None:
    one = WITH_TEXT[0]
    answer = account.call("P043", patent_id=f"{one['patent_id']},{one['patent_id'].upper()}")
    assert (answer.data, answer.cost) == ([_told(one, "en")], 1)


def test_unknown_ids_are_left_out_and_not_billed(account: Account) -> None:
    known = WITH_TEXT[3:6]
    numbers = ["XX0000000A", known[0]["pn"], "手机", known[1]["pn"], "'", known[2]["pn"]]
    answer = account.call("P043", patent_number=",".join(numbers))
    assert answer.data == [_told(one, "en") for one in known]
    assert answer.cost == 3


def test_none_known_is_an_empty_free_success(account: Account) -> None:
    answer = account.call("P043", patent_number="XX0000000A,XX0000001A")
    assert (answer.data, answer.cost) == ([], 0)


def test_patent_id_wins_over_patent_number(account: Account) -> None:
    one, two = WITH_TEXT[:2]
    assert account.call("P043", patent_id=one["patent_id"], patent_number=two["pn"]).data == [_told(one, "en")]
    assert account.call("P043", patent_id="unknown", patent_number=two["pn"]).data == []


def test_neither_id_is_refused(account: Account) -> None:
    assert account.call("P043", lang="en").code == INVALID
    assert account.call("P043", patent_id=" , ,", patent_number="").code == INVALID


@LANGUAGES
def test_a_missing_abstract_is_left_out_and_not_billed(account: Account, lang: str) -> None:
    asked = WITHOUT_TEXT[:20]
    for more in ({}, {"replace_by_related": 0}):
        answer = account.call("P043", patent_id=_ids(asked), lang=lang, **more)
        expected = [{"pn": one["pn"], "title": one["title"][lang], "patent_id": one["patent_id"]} for one in asked]
        assert (answer.data, answer.cost) == (expected, 0)


@LANGUAGES
def test_a_missing_abstract_is_replaced_from_the_family(account: Account, lang: str) -> None:
    asked = WITHOUT_TEXT[:100]
    answer = account.call("P043", patent_id=_ids(asked), lang=lang, replace_by_related=1)
    replaced = 0
    for patent, item in zip(asked, answer.data, strict=True):
        family = {one["pn"]: one for one in _relatives(patent)}
        assert item["title"] == patent["title"][lang]
        assert ("abstract" in item) is ("pn_related" in item) is bool(family)
        if family:
            replaced += 1
            assert item["abstract"] == family[item["pn_related"]]["abstract"][lang]
    assert answer.cost == replaced > 0


def test_a_patents_own_abstract_is_never_replaced(account: Account) -> None:
    asked = [one for one in WITH_TEXT if len(_relatives(one)) > 1][:10]
    assert asked
    answer = account.call("P043", patent_id=_ids(asked), replace_by_related=1)
    assert answer.data == [_told(one, "en") for one in asked]


def test_the_example_of_the_page_comes_literally(account: Account) -> None:
    printed = PAGES["P043"].success_example
    patent_id = printed["data"][0]["patent_id"]
    answer = account.call("P043", patent_id=patent_id, lang="en", replace_by_related=1)
    assert answer.json() == printed
    assert list(answer.data[0]) == list(printed["data"][0])
    assert answer.cost == 1
