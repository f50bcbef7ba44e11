"""The documents and an independent transcription of the five contract pages say the same, in both directions.

The comparison is `tests.witness`. Here: what may differ and why, that nothing else does, and that the examples of the
pages satisfy our checker. That the comparison notices every change is in `test_witness_bites`.
"""

from collections.abc import Mapping

import pytest

from contract_tests.published_facts import PAGES, Page
from emulator.contract.answer import AnswerChecker
from emulator.spec import loader
from emulator.spec.models import Operation, Service
from tests import witness, witness_facts
from tests.witness import Difference, differences

SERVICE = loader.load()
NOT_PRINTED = "no page prints the content type of its requests"
ALLOWED: Mapping[tuple[str, str], str] = {
    ("R003-export", "parameters/job_id/required"): "our decision export_without_job_id",
    ("AI39-1-creation", "media_type"): NOT_PRINTED,
    ("AI39-1-submit", "media_type"): NOT_PRINTED,
    ("AI39-1-creation", "parameters/country/separator"): "our decision country_with_commas: the array is taken",
    ("P043", "title"): "the English name of the Chinese page is that of the vendor's OpenAPI document",
    ("P009-results", "answer/data.patent_messages/example"): "the cell refers to a table instead of an example",
    ("P009-results", "errors/67200007"): "the old text is that of page P010; P009 does not list the code",
    ("P009-results", "lives of other pages/image"): "pictures in answers live as long as page AI39-1 says",
    ("P009-results", "facts/separator_shown_by_example_only"): "how the page says it, not what it says",
}
GENERATIONS = {
    "AI39-1-creation": "new",
    "AI39-1-submit": "new",
    "P009-results": "old",
    "P043": "cn",
    "R003-export": "new",
}
# What a page says against itself or a sibling, and the decision, or the reason for none, that answers it.
CONTRADICTIONS = {
    "the download link is said to live 7 days": "report_link_life",
    "the introduction speaks of entering evaluation content": "a slip of the page: this is about R003 create",
    "job_id is the only parameter": "export_without_job_id",
    "the field table shows status false": "the field tables print the example of a failure; both forms are answered",
    "platform errors 67200000 and 67200001": "both keep the one text",
    "the HTTP table prints 0": "a 0 in the table is the status 200",
    "the image URL is said to live 32400": "image_link_life",
    "country is an array": "country_with_commas",
    "the url of a similar patent is unsigned": "both are examples; a foreign address is never fetched",
    "the member rows name a current assignee": "an optional member may be missing",
    "loc_match and score depend": "both come from P060 and P061, which have model and field",
    "seed 002 carries the same number": "three_operations_named_ai39_1",
    "seed 002 marks task_id required": "each page keeps its own mark",
    "the note calls lang required": "submit_lang_required",
    "the note says what the url must be": "submit_without_url",
    "the note is printed twice": "a slip of the page",
    "seed 001 carries the same number": "three_operations_named_ai39_1",
    "seed 001 gives task_id 8 hours": "submit_task_life",
    "lang selects the language": "lang_absent",
    "the description of replace_by_related": "abstract_replaced",
    "the pages in English give other meanings": "page_generations",
    "results are sorted by similarity": "order_without_field",
    "legal_status 223 and 224": "both keep the one meaning",
    "the HTTP table stops after 0": "status_of_old_pages",
    "the platform error table is shorter": "page_generations",
    "patent_messages has a reference": "the cell refers to a table instead of an example",
}


def unexplained(page: Page, service: Service) -> list[Difference]:
    return [one for one in differences(page, service) if (page.id, one.key) not in ALLOWED]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_page_and_documents_say_the_same(page: Page) -> None:
    assert unexplained(page, SERVICE) == []


def test_every_allowed_difference_is_still_one() -> None:
    found = {(page.id, one.key) for page in PAGES.values() for one in differences(page, SERVICE)}
    assert set(ALLOWED) <= found


def test_the_contract_operations_are_those_of_the_pages() -> None:
    seeds = {source for source in SERVICE.sources if source.startswith("seed-")}
    assert {SERVICE.operations[page].evidence.source for page in PAGES} == seeds
    assert {one.id for one in SERVICE.operations.values() if one.evidence.source in seeds} == set(PAGES)
    assert all(SERVICE.operations[page].evidence.grade == "documented" for page in PAGES)


def test_the_comparison_knows_every_field_of_an_operation() -> None:
    assert set(Operation.model_fields) == witness.OURS | witness.COMPARED


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_success_example_satisfies_our_checker(page: Page) -> None:
    assert AnswerChecker(SERVICE, SERVICE.operations[page.id]).check(page.success_example) == ()


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_has_the_texts_of_its_generation_and_exactly_its_codes(page: Page) -> None:
    table = SERVICE.errors.tables[SERVICE.operations[page.id].error_table]
    assert table.texts[page.language][0] == GENERATIONS[page.id]
    assert set(table.lists) == {*page.business_errors, *page.platform_errors}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_contradiction_of_a_page_is_answered(page: Page) -> None:
    for contradiction in page.facts["contradictions"]:
        answers = [answer for start, answer in CONTRADICTIONS.items() if contradiction.startswith(start)]
        assert len(answers) == 1, contradiction
        assert " " in answers[0] or answers[0] in SERVICE.decisions


def test_every_sentence_rests_on_facts_of_its_page() -> None:
    for page_id, sentences in witness_facts.SENTENCES.items():
        for grounds in sentences.values():
            assert set(grounds) <= set(PAGES[page_id].facts)
