"""The texts of infringement results speak of the patent they stand beside, and agree with the fields around them."""

from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.documents import SERVICE, least, picture
from contract_tests.flows import RUNS_S, seconds

pytestmark = [pytest.mark.needs_clock, pytest.mark.emulator_only]
TEXTS = ("similar", "difference", "confusion", "risk_desc", "suggestion")
OFFICES = ["US", "CN", "JP", "KR", "EU", "AU", "HK"]
STATUS = {1: "The right is in force.", 2: "no longer in force", 3: "not settled"}


@pytest.fixture
def url(account: Account) -> str:
    return str(account.call("P010", image=picture()).data["url"])


def _finished(account: Account, maker: str, reader: str, request: dict[str, Any]) -> Any:
    task_id = account.send(maker, {**least(SERVICE.operations[maker]), **request}).data["task_id"]
    account.advance(seconds(RUNS_S))
    return account.call(reader, task_id=task_id).data


def _detected(account: Account, url: str, lang: str) -> list[dict[str, Any]]:
    hits = account.call("P060", url=url, patent_type="D", model=2, limit=100).data["patent_messages"]
    request = {"urls": [url], "patent_messages": hits, "report_lang": lang, "country": None}
    return list(_finished(account, "AI39-1-creation", "AI39-2-query", request)["comparisons"])


def _cleared(account: Account, url: str, lang: str) -> list[dict[str, Any]]:
    request = {"url": url, "country": OFFICES, "lang": lang}
    return list(_finished(account, "AI39-1-submit", "AI39-2-report", request)["report"]["comparisons"])


def _one_to_one(account: Account, url: str, lang: str) -> list[dict[str, Any]]:
    return list(_finished(account, "AI67-1", "AI67-2", {"url": url, "report_lang": lang})["comparisons"])


@pytest.mark.parametrize("lang", ["en", "cn"])
@pytest.mark.parametrize("ask", [_detected, _cleared, _one_to_one])
def test_texts_name_their_patent_and_its_likeness(account: Account, url: str, ask: Any, lang: str) -> None:
    compared = ask(account, url, lang)
    assert compared
    for one in compared:
        percent = round(one["score"] * 100)
        assert one["patent_pn"] in one["similar"]
        assert any(
            f"{number}{' ' if lang == 'en' else ''}%" in one["similar"] for number in {percent, min(99, percent)}
        )
        assert all(one[name] for name in TEXTS)


def test_texts_agree_with_status_and_level(account: Account, url: str) -> None:
    compared = _detected(account, url, "en")
    assert {one["risk_level"] for one in compared} == {"High", "Medium", "Low"}
    assert {one["status"] for one in compared} >= {1, 2}
    for one in compared:
        assert STATUS[one["status"]] in one["risk_desc"]
        whole = " ".join(one[name] for name in TEXTS)
        assert ("unlikely" in whole or "differ clearly" in whole) <= (one["risk_level"] == "Low")
        assert ("ask " in whole or "come to terms" in whole) <= (one["risk_level"] == "High" and one["status"] == 1)


def test_a_picture_and_a_patent_are_told_of_alike_in_every_result(account: Account, url: str) -> None:
    """Whichever operation compares them, and whatever else is compared."""
    cleared = _cleared(account, url, "en")[:4]
    detected = {one["patent_pn"]: one for one in _detected(account, url, "en")}
    for one in cleared:
        request = {"url": url, "report_lang": "en", "patent_number": one["patent_pn"]}
        (alone,) = _finished(account, "AI67-1", "AI67-2", request)["comparisons"]
        others = (detected[one["patent_pn"]], alone)
        assert all([other[name] for name in TEXTS] == [one[name] for name in TEXTS] for other in others)


def test_of_several_pictures_that_is_spoken_of_which_is_nearest(account: Account, url: str) -> None:
    """A second picture, of something else, changes nothing that is said of the first."""
    hits = account.call("P060", url=url, patent_type="D", model=2, limit=3).data["patent_messages"]
    other = least(SERVICE.operations["P061"])["urls"][0]
    request = {"patent_messages": hits, "report_lang": "en", "country": None}
    alone, first, last = (
        _finished(account, "AI39-1-creation", "AI39-2-query", {**request, "urls": urls})["comparisons"]
        for urls in ([url], [url, other], [other, url])
    )
    assert [[one[name] for name in TEXTS] for one in first] == [[one[name] for name in TEXTS] for one in alone]
    assert [[one[name] for name in TEXTS] for one in last] == [[one[name] for name in TEXTS] for one in alone]


def test_no_text_counts_what_nobody_sees(account: Account, url: str) -> None:
    for one in _detected(account, url, "en"):
        assert not any(word in one["difference"] for word in ("points", "220"))


def test_no_two_patents_are_told_of_alike(account: Account, url: str) -> None:
    compared = _detected(account, url, "en")
    said = {" ".join(one[name] for name in TEXTS).replace(one["patent_pn"], "") for one in compared}
    assert len(said) > len(compared) * 0.9


def test_the_same_question_has_the_same_texts(account: Account, url: str) -> None:
    first, second = ([[one[name] for name in TEXTS] for one in _cleared(account, url, "en")] for _ in range(2))
    assert first == second


def test_without_a_picture_nothing_is_said_of_looks(account: Account) -> None:
    request = {"url": None, "main_field": "phone", "country": OFFICES, "lang": "en"}
    compared = _finished(account, "AI39-1-submit", "AI39-2-report", request)["report"]["comparisons"]
    assert compared
    for one in compared:
        assert one["difference"] == "No picture was submitted, so nothing was compared by looks."
        assert "%" not in " ".join(one[name] for name in TEXTS)
