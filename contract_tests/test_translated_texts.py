"""P044 and P045 translate claims and descriptions by the rules of P043, and tell no titles.

The corpus file says what must come out; patents whose texts are missing are brought along.
"""

import pytest

from contract_tests.account import Account
from contract_tests.documents import INVALID
from contract_tests.patents import BY_NUMBER, PATENTS, Record
from contract_tests.published_facts import BUSINESS_ERRORS_CN, PLATFORM_ERRORS_CN

pytestmark = pytest.mark.emulator_only
FIELDS = {  # in the order of the pages
    "P044": ("pn", "claims", "patent_id", "pn_related"),
    "P045": ("pn", "patent_id", "pn_related", "description"),
}
TEXTS = {"P044": "claims", "P045": "description"}
BOTH = pytest.mark.parametrize("operation", TEXTS)
LANGUAGES = pytest.mark.parametrize("lang", ["cn", "en", "jp"])
TOLD = [one for one in PATENTS if one["claims"] and one["description"]]
RELATIVE = BY_NUMBER["CN103106923A"]
BARE = {"pn": "US99999999B2", "title": "Bare", "patent_id": "bare", "family_id": RELATIVE["family_id"]}
ALONE = {"pn": "US99999998B2", "title": "Alone", "patent_id": "alone"}


def _ids(patents: list[Record], name: str = "patent_id") -> str:
    return ",".join(one[name] for one in patents)


def _told(operation: str, patent: Record, lang: str) -> dict[str, str]:
    text = TEXTS[operation]
    return {"pn": patent["pn"], "patent_id": patent["patent_id"], text: patent[text][lang]}


def _bring(account: Account, *own: Record) -> None:
    assert account.steer("PUT", "patents", {"patents": list(own)}).status == 200


@BOTH
@LANGUAGES
def test_every_patent_of_the_file_is_told_in_every_language(account: Account, operation: str, lang: str) -> None:
    assert len(TOLD) > 100
    for start in range(0, len(TOLD), 100):
        batch = TOLD[start : start + 100]
        answer = account.call(operation, patent_id=_ids(batch), lang=lang)
        assert answer.data == [_told(operation, one, lang) for one in batch]
        assert answer.cost == len(batch)


@BOTH
def test_a_text_is_told_in_the_language_asked_and_english_by_default(account: Account, operation: str) -> None:
    patent = RELATIVE["pn"]
    told = {
        lang: account.call(operation, patent_number=patent, lang=lang).data[0][TEXTS[operation]]
        for lang in ("cn", "en", "jp")
    }
    assert len(set(told.values())) == 3
    assert told["en"].isascii()
    assert "存储" in told["cn"]
    assert "メモリ" in told["jp"]
    assert account.call(operation, patent_number=patent).data[0][TEXTS[operation]] == told["en"]


@BOTH
def test_an_item_has_the_fields_of_its_page_in_their_order(account: Account, operation: str) -> None:
    _bring(account, BARE)
    (item,) = account.call(operation, patent_id=BARE["patent_id"], replace_by_related=1).data
    assert tuple(item) == FIELDS[operation]


@BOTH
@pytest.mark.parametrize("name", ["patent_id", "patent_number"])
def test_a_hundred_and_one_are_refused(account: Account, operation: str, name: str) -> None:
    key = "pn" if name == "patent_number" else name
    assert account.send(operation, {name: _ids(TOLD[:100], key)}).cost == 100
    answer = account.send(operation, {name: _ids(TOLD[:101], key)})
    assert (answer.code, answer.cost) == (INVALID, 0)


@BOTH
def test_doubles_and_unknown_ids_are_neither_told_nor_billed_again(account: Account, operation: str) -> None:
    one, two = TOLD[:2]
    answer = account.call(operation, patent_number=f"{one['pn']},XX1,{two['pn']},{one['pn'].lower()}")
    assert [item["pn"] for item in answer.data] == [one["pn"], two["pn"]]
    assert answer.cost == 2
    answer = account.call(operation, patent_number="XX1,XX2")
    assert (answer.data, answer.cost) == ([], 0)


@BOTH
def test_patent_id_wins_one_must_be_given_and_lang_is_one_of_three(account: Account, operation: str) -> None:
    one, two = TOLD[:2]
    (item,) = account.call(operation, patent_id=one["patent_id"], patent_number=two["pn"]).data
    assert item["pn"] == one["pn"]
    assert account.call(operation, lang="en").code == INVALID
    assert account.call(operation, patent_id=one["patent_id"], lang="de").code == INVALID


@BOTH
@pytest.mark.parametrize("more", [{}, {"replace_by_related": 0}])
def test_a_missing_text_is_left_out_and_not_billed(account: Account, operation: str, more: dict[str, int]) -> None:
    _bring(account, BARE)
    answer = account.send(operation, {"patent_id": f"bare,{RELATIVE['patent_id']}", **more})
    assert answer.data == [{"pn": BARE["pn"], "patent_id": "bare"}, _told(operation, RELATIVE, "en")]
    assert answer.cost == 1


@BOTH
@LANGUAGES
def test_a_missing_text_is_replaced_from_the_family_and_billed(account: Account, operation: str, lang: str) -> None:
    _bring(account, BARE, ALONE)
    answer = account.call(operation, patent_id="bare,alone", lang=lang, replace_by_related=1)
    replaced, alone = answer.data
    family = {one["pn"]: one for one in PATENTS if one["family_id"] == RELATIVE["family_id"]}
    assert replaced[TEXTS[operation]] == family[replaced["pn_related"]][TEXTS[operation]][lang]
    assert alone == {"pn": ALONE["pn"], "patent_id": "alone"}
    assert answer.cost == 1


@BOTH
def test_an_own_text_is_never_replaced(account: Account, operation: str) -> None:
    answer = account.call(operation, patent_id=RELATIVE["patent_id"], replace_by_related=1)
    assert answer.data == [_told(operation, RELATIVE, "en")]


@BOTH
def test_refusals_have_the_codes_and_texts_of_the_chinese_page(account: Account, operation: str) -> None:
    account.configure(language="cn")
    for code, text in {**BUSINESS_ERRORS_CN, **PLATFORM_ERRORS_CN}.items():
        answer = account.send(operation, {}, headers={"X-Emulator-Error": str(code)})
        assert (answer.code, answer.json()["error_msg"]) == (code, text)
    stranger = account.target.call(operation, {"patent_id": "x"}, apikey=account.client_id)
    assert (stranger.status, stranger.code) == (401, 67200003)  # the page does not list 67200008
