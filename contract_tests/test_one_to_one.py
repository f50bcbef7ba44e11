"""AI67: a picture is compared with one patent, whatever an image search has returned."""

from typing import Any

import pytest

from contract_tests import patents
from contract_tests.account import Account
from contract_tests.client import Answer
from contract_tests.documents import INVALID, SERVICE, checker, least, picture
from contract_tests.flows import RUNS_S, seconds

pytestmark = pytest.mark.needs_clock
KNOWN = least(SERVICE.operations["AI67-1"])["patent_number"]


def _created(account: Account, **values: Any) -> Answer:
    return account.send("AI67-1", {**least(SERVICE.operations["AI67-1"]), **values})


def _compared(account: Account, **values: Any) -> Any:
    task_id = _created(account, **values).data["task_id"]
    account.advance(seconds(RUNS_S))
    answer = account.call("AI67-2", task_id=task_id)
    assert checker("AI67-2").check(answer.json()) == ()
    return answer.data


def _of_type(wanted: str) -> list[str]:
    return [one["pn"] for one in patents.BY_NUMBER.values() if one["patent_type"] == wanted]


def test_one_patent_is_compared_and_the_rest_follows_from_it(account: Account) -> None:
    url = account.call("P010", image=picture()).data["url"]
    data = _compared(account, url=url, report_lang="en")
    (one,) = data["comparisons"]
    assert (one["patent_pn"], data["user_image"], data["country"]) == (KNOWN, url, [one["country"]])
    assert data["loc"] == patents.BY_NUMBER[KNOWN]["loc"]
    assert one["title"] == patents.BY_NUMBER[KNOWN]["title"]["en"]
    risk = one["risk_level"] if one["status"] != 2 else "Low"
    assert data["suspected_infringement_count"] == int(risk == "High")
    assert data["high_risk_country"] == ([one["country"]] if risk == "High" else [])
    assert data["middle_risk_country"] == ([one["country"]] if risk == "Medium" else [])
    assert account.target.fetch(one["patent_image_url"]).header("content-type") == "image/png"


def test_the_score_is_that_of_the_search(account: Account) -> None:
    url = account.call("P010", image=picture()).data["url"]
    hits = account.call("P060", url=url, patent_type="D", model=2, limit=3).data["patent_messages"]
    for hit in hits:
        (one,) = _compared(account, url=url, patent_number=hit["patent_pn"])["comparisons"]
        assert one["score"] == hit["score"]


def test_the_picture_of_the_patent_itself_is_a_high_risk(account: Account) -> None:
    hit = account.send("P060", least(SERVICE.operations["P060"])).data["patent_messages"][0]
    (one,) = _compared(account, url=hit["url"], patent_number=hit["patent_pn"])["comparisons"]
    assert (one["score"], one["risk_level"]) == (1.0, "High")


def test_designs_and_utility_models_can_be_compared(account: Account) -> None:
    for number in (_of_type("D")[0], _of_type("U")[0], KNOWN.lower()):
        (one,) = _compared(account, patent_number=number)["comparisons"]
        assert one["patent_pn"] == number.upper()


@pytest.mark.parametrize("number", ["US0000000S1", "x" * 5000, "手机", "\x00", " ", "EU0065350760001"])
def test_an_unknown_number_is_refused(account: Account, number: str) -> None:
    answer = _created(account, patent_number=number)
    assert (answer.code, answer.cost) == (INVALID, 0)


def test_a_patent_without_a_picture_is_refused(account: Account) -> None:
    answer = _created(account, patent_number=_of_type("A")[0])
    assert answer.code == INVALID
    assert "no picture" in answer.reason


def test_without_a_language_it_is_written_in_chinese(account: Account) -> None:
    (silent,), (cn,), (en,) = (
        _compared(account, **lang)["comparisons"] for lang in ({}, {"report_lang": "cn"}, {"report_lang": "en"})
    )
    assert silent["similar"] == cn["similar"] != en["similar"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in silent["risk_desc"])
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in en["risk_desc"])
    assert _created(account, report_lang="jp").code == INVALID


def test_no_search_is_needed_before(account: Account) -> None:
    account.configure(strict=True)
    assert _created(account).code == 0
