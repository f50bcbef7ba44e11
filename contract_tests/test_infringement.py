"""AI39-1 and AI39-2 compare pictures with patents and tell risks that agree with their own scores.

Both kinds: the detection over patents that a search returned, and the clearance search that finds its patents itself.
"""

import io
from typing import Any

import pytest
from PIL import Image

from contract_tests import patents
from contract_tests.account import Account
from contract_tests.documents import INVALID, SERVICE, checker, least, picture
from contract_tests.flows import KINDS, RUNS_S, seconds

pytestmark = pytest.mark.needs_clock
DETECTION, CLEARANCE = KINDS[0], KINDS[1]
VALIDITY = {1: 1, 0: 2}


def _hits(account: Account, url: str, **more: Any) -> list[dict[str, Any]]:
    request = {"url": url, "patent_type": "D", "model": 1, **more}
    return list(account.send("P060", request).data["patent_messages"])


def _detected(account: Account, **request: Any) -> Any:
    task_id = DETECTION.create(account, **request)
    account.advance(seconds(RUNS_S))
    answer = DETECTION.ask(account, task_id)
    assert checker(DETECTION.reader).check(answer.json()) == ()
    return answer.data


def _cleared(account: Account, **request: Any) -> Any:
    answer = account.send(CLEARANCE.maker, {"country": ["US", "CN"], "lang": "en", **request})
    account.advance(seconds(RUNS_S))
    answer = CLEARANCE.ask(account, answer.data["task_id"])
    assert checker(CLEARANCE.reader).check(answer.json()) == ()
    return answer.data


def _agrees_with_itself(comparisons: list[dict[str, Any]], told: dict[str, Any]) -> None:
    """Levels follow from scores; countries and counts follow from levels of rights that are not invalid."""
    for one in comparisons:
        expected = "High" if one["score"] >= 0.85 else "Medium" if one["score"] >= 0.7 else "Low"
        assert one["risk_level"] == expected
    alive = [one for one in comparisons if one["status"] != 2]
    countries = {level: {one["country"] for one in alive if one["risk_level"] == level} for level in ("High", "Medium")}
    assert set(told["high_risk_country"]) == countries["High"] == set(told["suspected_infringement_country"])
    assert set(told["middle_risk_country"]) == countries["Medium"] - countries["High"]
    assert told["suspected_infringement_count"] == sum(one["risk_level"] == "High" for one in alive)


def test_the_whole_road_from_picture_to_verdict(account: Account) -> None:
    url = account.call("P010", image=picture()).data["url"]
    hits = _hits(account, url, limit=20, model=2)  # plain likeness, as comparisons tell it
    data = _detected(account, urls=[url], patent_messages=hits, report_lang="en", country=["CN", "US", "EU"])
    wanted = [hit["patent_pn"] for hit in hits if hit["authority"] in ("CN", "US", "EU")]
    assert data["task_status"] == 2
    assert data["user_image"] == url
    assert sorted(one["patent_pn"] for one in data["comparisons"]) == sorted(wanted)
    scores = {hit["patent_pn"]: hit["score"] for hit in hits}
    assert all(one["score"] == scores[one["patent_pn"]] for one in data["comparisons"])
    assert [one["score"] for one in data["comparisons"]] == sorted(
        (one["score"] for one in data["comparisons"]), reverse=True
    )
    _agrees_with_itself(data["comparisons"], data)


def test_without_countries_every_patent_is_compared(account: Account) -> None:
    url = account.call("P010", image=picture()).data["url"]
    hits = _hits(account, url, limit=100)
    data = _detected(account, urls=[url], patent_messages=hits, report_lang="cn")
    assert len(data["comparisons"]) == 100
    assert set(data["country"]) == {hit["authority"] for hit in hits}
    _agrees_with_itself(data["comparisons"], data)


def test_a_patent_is_as_like_as_its_nearest_picture(account: Account) -> None:
    near, far = (least(SERVICE.operations["P061"])["urls"][index] for index in (0, 1))
    hits = _hits(account, near, limit=5)
    both = {
        one["patent_pn"]: one["score"]
        for one in _detected(account, urls=[far, near], patent_messages=hits)["comparisons"]
    }
    alone = {
        one["patent_pn"]: one["score"] for one in _detected(account, urls=[near], patent_messages=hits)["comparisons"]
    }
    assert all(both[number] >= alone[number] for number in alone)
    assert alone


def test_validity_follows_the_legal_status(account: Account) -> None:
    url = account.call("P010", image=picture()).data["url"]
    hits = [hit for wanted in ("0", "1", "2") for hit in _hits(account, url, simple_legal_status=wanted, limit=3)]
    data = _detected(account, urls=[url], patent_messages=hits, country=None)
    told = {one["patent_pn"]: one["status"] for one in data["comparisons"]}
    assert set(told.values()) >= {1, 2}
    for number, status in told.items():
        assert status == VALIDITY.get(patents.BY_NUMBER[number]["simple_legal_status"][0], 3)


@pytest.mark.parametrize(("lang", "letters"), [("cn", True), ("en", False)])
def test_the_verdict_is_written_in_the_language_asked(account: Account, lang: str, letters: bool) -> None:
    data = _detected(account, report_lang=lang, country=None)
    for one in data["comparisons"]:
        owner = patents.BY_NUMBER.get(one["patent_pn"], {}).get("current_assignee", "-")  # as the record writes it
        for name in ("similar", "difference", "confusion", "risk_desc", "suggestion"):
            assert any("\u4e00" <= letter <= "\u9fff" for letter in one[name].replace(owner, "")) is letters


def test_a_strict_account_takes_only_patents_that_a_search_returned(account: Account) -> None:
    url = account.call("P010", image=picture()).data["url"]
    request = {**least(SERVICE.operations["AI39-1-creation"]), "urls": [url]}
    assert account.send("AI39-1-creation", request).code == 0
    (entry,) = account.steer("GET", "requests", query=[("operation", "AI39-1-creation")]).json()["requests"]
    assert any("no image search returned" in remark for remark in entry["remarks"])
    account.configure(strict=True)
    answer = account.send("AI39-1-creation", request)
    assert answer.code == INVALID
    assert "no image search returned" in answer.reason
    hits = _hits(account, url)
    assert account.send("AI39-1-creation", {**request, "patent_messages": hits}).code == 0


def test_a_strict_account_takes_no_dead_links(account: Account) -> None:
    hits = _hits(account, least(SERVICE.operations["P060"])["url"])
    request = {**least(SERVICE.operations["AI39-1-creation"]), "patent_messages": hits}
    account.advance("9h")
    assert account.send("AI39-1-creation", request).code == 0
    account.configure(strict=True)
    answer = account.send("AI39-1-creation", request)
    assert answer.code == INVALID
    assert "dead" in answer.reason


def test_a_clearance_report_names_the_ten_nearest(account: Account) -> None:
    url = account.call("P010", image=picture()).data["url"]
    data = _cleared(account, url=url, loc_items=["14-02", "14-03"], apply_start_time="20150101")
    expected = patents.found({"loc": "14-02 OR 14-03", "country": "US,CN", "apply_start_time": "20150101"})
    messages = data["patent_messages"]
    assert messages["total_search_result_count"] == len(expected)
    assert {one["patent_pn"] for one in messages["patent_messages"]} <= expected
    assert len(messages["patent_messages"]) == min(100, len(expected))
    nearest = [one["patent_pn"] for one in messages["patent_messages"][:10]]
    assert [one["patent_pn"] for one in data["report"]["comparisons"]] == nearest
    assert data["report"]["apply_start_time"] == "20150101"
    assert data["report"]["country"] == ["US", "CN"]
    _agrees_with_itself(data["report"]["comparisons"], data["report"])


def test_a_clearance_without_a_picture_searches_by_words(account: Account) -> None:
    data = _cleared(account, main_field="phone", country=["CN", "JP"])
    expected = patents.found({"main_field": "phone", "country": "CN,JP"})
    assert {one["patent_pn"] for one in data["patent_messages"]["patent_messages"]} == expected
    assert expected


def test_two_rankings_are_merged_by_reciprocal_rank(account: Account) -> None:
    merged = _cleared(account, url=account.call("P010", image=picture()).data["url"])["rrffusion_response"]
    rows = merged["patent_messages"]
    assert merged["k_value"] == 60
    assert merged["rerank_count"] == len(rows)
    for name in ("traditional_rank", "rerank_rank"):
        assert sorted(row[name] for row in rows) == list(range(1, len(rows) + 1))
    for kind in ("traditional", "rerank"):
        ranked = sorted(rows, key=lambda row: row[f"{kind}_rank"])
        assert [row[f"{kind}_score"] for row in ranked] == sorted((row[f"{kind}_score"] for row in rows), reverse=True)
    k = merged["k_value"]
    for row in rows:
        assert row["rrf_score"] == 1 / (k + row["traditional_rank"]) + 1 / (k + row["rerank_rank"])
    assert [row["rrf_score"] for row in rows] == sorted((row["rrf_score"] for row in rows), reverse=True)


def test_a_report_is_dated_by_its_success_on_the_accounts_clock(account: Account) -> None:
    account.set_clock("2100-01-01T00:00:00Z")
    assert _cleared(account, main_field="phone")["report"]["operate_date"] == 4102444800000 + RUNS_S * 1000


def test_pictures_behind_answers_can_be_looked_at(account: Account) -> None:
    for hit in _hits(account, least(SERVICE.operations["P060"])["url"], limit=5):
        answer = account.target.fetch(hit["url"])
        assert answer.header("content-type") == "image/png"
        with Image.open(io.BytesIO(answer.body)) as seen:
            assert min(seen.size) >= 100


def test_an_uploaded_picture_comes_back_as_it_was(account: Account) -> None:
    sent = picture()
    answer = account.target.fetch(account.call("P010", image=sent).data["url"])
    assert (answer.body, answer.header("content-type")) == (sent, "image/png")


def test_a_picture_of_a_patent_finds_that_patent_first(account: Account) -> None:
    hit = _hits(account, least(SERVICE.operations["P060"])["url"], limit=1)[0]
    seen = account.target.fetch(hit["url"]).body
    url = account.call("P010", image=seen).data["url"]
    for again in (url, hit["url"]):
        best = _hits(account, again, limit=1)[0]
        assert best["patent_pn"] == hit["patent_pn"]
        assert best["score"] > 0.99
