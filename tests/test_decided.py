"""What the emulator does where no page speaks, in this process: decisions that no other test proves as directly."""

import json
from typing import Any

import pytest

from emulator.behaviours import comparison
from emulator.behaviours.world import World
from emulator.corpus.collection import Corpus
from emulator.errors import Cause
from emulator.spec import loader
from emulator.spec.models import Service
from tests.conftest import Caller

P043, RESULTS, SEARCH = (
    "/basic-patent-data/abstract-data-translated",
    "/image-search/results",
    "/image-search/search-id",
)
SINGLE, MULTIPLE = "/search/patent/image-single", "/search/patent/image-multiple"
SUBMIT, REPORT = "/ai/image-search/submit", "/ai/image-search/report"
CREATION, QUERY = "/ai/infringement-detection-creation", "/ai/infringement-detection-query"
SAMPLE = "https://static-open.zhihuiya.com/sample/common_demo.png"
DESIGN = {"patent_type": "D", "model": 1}


def data(answer: Any) -> Any:
    body = answer.json()
    assert body["error_code"] == 0, answer.headers.get("X-Emulator-Reason")
    return body["data"]


def code(answer: Any) -> int:
    return int(answer.json()["error_code"])


def clearance(caller: Caller, **body: Any) -> Any:
    """The finished report of a clearance search."""
    task = data(caller.call("POST", SUBMIT, json={"country": ["US", "EU", "CN", "JP"], "lang": "en", **body}))
    caller.advance("6s")
    return data(caller.call("POST", REPORT, json=task))


# --- Errors -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [68300005, 68300006, 67200203])
def test_some_errors_come_only_when_asked_for(caller: Caller, service: Service, number: int) -> None:
    assert service.errors.codes[number].causes == {}
    assert code(caller.call("GET", P043, headers={"X-Emulator-Error": str(number)})) == number


def test_an_operation_that_was_not_bought_is_one_without_permission(caller: Caller) -> None:
    caller.token()
    caller.steer("PUT", "", {"permissions": []})
    for wire in ("documented", "live"):
        caller.steer("PUT", "", {"wire": wire})
        assert code(caller.call("GET", P043, {"patent_number": "CN101595528B"})) == 67200004


def test_the_token_call_refuses_with_codes_of_its_own_table(service: Service) -> None:
    table = service.errors.tables[service.operations["token"].error_table]
    newer = service.errors.tables["new"]
    assert set(table.lists) - set(newer.lists) == {67200015}
    causes = {cause for number in table.lists for cause in service.errors.codes[number].causes}
    assert {Cause.SECRET_WRONG, Cause.GRANT_TYPE_WRONG, Cause.CLIENT_DISABLED, Cause.CLIENT_EXPIRED} <= causes


# --- Documents --------------------------------------------------------------------------------------------


def test_a_contract_page_s_example_wins_over_that_of_another_page(caller: Caller) -> None:
    (item,) = data(caller.call("GET", P043, {"patent_number": "US11205304B2", "replace_by_related": "1"}))
    assert item["title"] == "Memory device architectures and operation"


def test_two_operations_share_a_number_and_the_path_decides(service: Service) -> None:
    shared = [one for one in service.operations.values() if one.id.startswith("AI39-1-")]
    assert sorted(one.path for one in shared) == [SUBMIT, CREATION]
    assert len({one.behaviour for one in shared}) == 2


def test_fields_of_the_infringement_result_are_graded_as_assumed(service: Service) -> None:
    answer = service.operations["AI39-2-query"].answer["properties"]["data"]
    assert answer["x-evidence"]["grade"] == "assumed"
    assert {"comparisons", "user_image", "task_status"} <= set(answer["properties"])


# --- Searches by image ------------------------------------------------------------------------------------


def test_the_text_of_a_foreign_address_decides_and_nothing_is_fetched(
    caller: Caller, patents: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **more: object) -> None:
        raise AssertionError("somebody opened a connection")

    caller.token()
    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.create_connection", refuse)
    first, again, other = (
        [hit["patent_pn"] for hit in data(caller.call("GET", SEARCH, {"url": url}))["patent_messages"]]
        for url in ("http://a.example/1.png", "http://a.example/1.png", "http://a.example/2.png")
    )
    assert first == again != other
    assert len(first) == 10
    for url in ("https://shop.example/kettle.png", "https://shop.example/%E6%B0%B4%E5%A3%B6/1.png"):
        hit = data(caller.call("GET", SEARCH, {"url": url}))["patent_messages"][0]
        patent = patents.by_number(hit["patent_pn"])
        assert patent is not None
        assert patent.picture is not None
        assert patent.picture.product == "kettle"


def test_every_sample_address_of_the_pages_is_a_known_picture(service: Service, patents: Corpus) -> None:
    samples = {
        parameter.example if isinstance(parameter.example, str) else url
        for operation in service.operations.values()
        for parameter in operation.parameters
        if parameter.name in ("url", "urls")
        for url in (parameter.example if isinstance(parameter.example, list) else [parameter.example])
    }
    assert samples
    assert samples <= set(patents.known_pictures)


def test_a_design_search_without_a_limit_shows_ten(caller: Caller) -> None:
    assert len(data(caller.call("GET", SEARCH, {"url": SAMPLE}))["patent_messages"]) == 10


def test_an_empty_list_of_pictures_is_refused(caller: Caller) -> None:
    assert code(caller.call("POST", MULTIPLE, json={"urls": [], **DESIGN})) == 68300004


@pytest.mark.parametrize("wish", [{}, {"return_img_id": False}, {"return_img_id": True}])
def test_the_id_of_a_picture_is_always_told(caller: Caller, wish: dict[str, bool]) -> None:
    hits = data(caller.call("POST", SINGLE, json={"url": SAMPLE, **DESIGN, **wish}))["patent_messages"]
    assert all(hit["img_id"] for hit in hits)


def test_a_patent_that_was_issued_has_its_day_of_issue(patents: Corpus) -> None:
    issued = [patent for patent in patents.patents if patent.isd is not None]
    assert len(issued) > 100
    assert all(patent.apdt <= (patent.isd or 0) for patent in issued)


# --- Infringement -----------------------------------------------------------------------------------------


def infringement(**changes: Any) -> dict[str, Any]:
    patent = {"patent_id": "i", "patent_pn": "US1S", "title": "t", "url": "http://a.example/p.png"}
    return {"urls": [SAMPLE], "patent_messages": [patent], "report_lang": "en", **changes}


@pytest.mark.parametrize(
    "changes", [{"urls": []}, {"patent_messages": []}, {"patent_messages": infringement()["patent_messages"] * 101}]
)
def test_too_few_or_too_many_are_refused(caller: Caller, changes: dict[str, Any]) -> None:
    assert code(caller.call("POST", CREATION, json=infringement(**changes))) == 68300004


def test_a_hundred_patents_are_not_too_many(caller: Caller) -> None:
    many = infringement()["patent_messages"] * 100
    assert code(caller.call("POST", CREATION, json=infringement(patent_messages=many))) == 0


def test_scores_of_comparisons_run_to_one(caller: Caller) -> None:
    task = data(caller.call("POST", CREATION, json=infringement()))
    caller.advance("6s")
    scores = [one["score"] for one in data(caller.call("POST", QUERY, json=task))["comparisons"]]
    assert scores
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("score", "level"),
    [(1.0, "High"), (0.85, "High"), (0.8499999, "Medium"), (0.7, "Medium"), (0.6999999, "Low"), (0.0, "Low")],
)
def test_levels_of_risk_begin_at_these_scores(world: World, score: float, level: str) -> None:
    assert comparison.risk_of(world, score) == level


def test_a_clearance_report_compares_ten_and_lists_a_hundred_at_most(caller: Caller) -> None:
    result = clearance(caller, url=SAMPLE, country=["US", "EU", "CN", "JP", "KR"])
    found = result["patent_messages"]["total_search_result_count"]
    assert found > 100
    assert len(result["report"]["comparisons"]) == 10
    assert len(result["patent_messages"]["patent_messages"]) == 100
    scores = [hit["score"] for hit in result["patent_messages"]["patent_messages"]]
    assert scores == sorted(scores, reverse=True)


def test_both_rankings_are_merged_with_their_constant_and_weights(caller: Caller) -> None:
    result = clearance(caller, url=SAMPLE)
    fusion = result["rrffusion_response"]
    assert fusion["k_value"] == 60
    first = next(row for row in fusion["patent_messages"] if row["traditional_rank"] == 1)
    for row in fusion["patent_messages"]:
        merged = 1 / (60 + row["traditional_rank"]) + 1 / (60 + row["rerank_rank"])
        assert row["rrf_score"] == pytest.approx(merged)
        shared = bool(set(row["loc"]) & set(first["loc"]))
        assert row["rerank_score"] == pytest.approx(70 * row["traditional_score"] + 20 * shared, abs=0.006)


def test_without_a_picture_all_score_alike_and_the_newest_come_first(caller: Caller) -> None:
    hits = clearance(caller, loc_items=["14-03"])["patent_messages"]["patent_messages"]
    assert {hit["score"] for hit in hits} == {0.5}
    days = [hit["pbdt"] for hit in hits]
    assert days == sorted(days, reverse=True)
    assert len(days) > 1


def test_without_picture_field_and_class_nothing_can_be_searched(caller: Caller) -> None:
    assert code(caller.call("POST", SUBMIT, json={"country": ["US"], "lang": "en"})) == 68300004


# --- Reports and prices -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "expected"), [("a", 0), ("", 68300004)])
def test_a_short_text_is_evaluated_and_an_empty_one_refused(caller: Caller, text: str, expected: int) -> None:
    body = {"text": text, "tech_maturity_index": 1, "report_name": "x"}
    assert code(caller.call("POST", "/patent-valuation-data/pre_patent-evaluation-create", json=body)) == expected


def test_searches_cost_one_when_they_find_something_and_else_nothing(caller: Caller) -> None:
    for day, cost in (("20000101", "1"), ("20991231", "0")):
        answer = caller.call("POST", SINGLE, json={"url": SAMPLE, **DESIGN, "apply_start_time": day})
        assert (bool(data(answer)["patent_messages"]), answer.headers["x-openapi-amount"]) == (cost == "1", cost)


def test_tokens_polls_exports_and_refusals_are_free(caller: Caller) -> None:
    task = caller.call("POST", SUBMIT, json={"country": ["US"], "lang": "en", "url": SAMPLE})
    assert task.headers["x-openapi-amount"] == "1"
    example = loader.load().operations["R003-create"].creates
    assert example is not None
    answers = [
        caller.send(
            "POST", "/oauth/token", auth=(caller.client_id, caller.secret), data={"grant_type": "client_credentials"}
        ),
        caller.call("POST", REPORT, json=data(task)),
        caller.call("GET", "/patent-valuation-data/pre_patent-evaluation-export", {"job_id": example.documented}),
        caller.call("GET", RESULTS, {"search_id": "nothing"}),
    ]
    assert [answer.headers["x-openapi-amount"] for answer in answers] == ["0"] * 4
    assert json.loads(answers[-1].content)["error_code"] == 68300004
