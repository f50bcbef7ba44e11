"""The documents and an independent transcription of the five contract pages say the same, in both directions.

The comparison is `tests.witness`. Here: what may differ and why, that nothing else does, that answers of the pages
are answers to our checker, and that the comparison notices every single thing that could be changed.
"""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pytest

from contract_tests.published_facts import PAGES, Field, Life, Page, Parameter
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
    ("AI39-1-submit", "any_of"): "our decisions submit_without_url and submit_without_anything",
    ("AI39-1-submit", "parameters/main_field/format"): "the language of main_field is that of page P060",
    ("P009-results", "parameters/main_field/format"): "the language of main_field is that of page P060",
    ("P043", "title"): "the English name of the Chinese page is that of the vendor's OpenAPI document",
    ("P009-results", "answer/data.patent_messages/example"): "the cell refers to a table instead of an example",
    ("P009-results", "errors/67200007"): "the old text is that of page P010; P009 does not list the code",
    ("P009-results", "lives of other pages/image"): "pictures in answers live as long as page AI39-1 says",
    ("P009-results", "facts/separator_shown_by_example_only"): "how the page says it, not what it says",
}
GENERATIONS = {"AI39-1-creation": "new", "AI39-1-submit": "new", "P009-results": "old", "P043": "cn", "R003-export": "new"}
SEEDS = frozenset(witness_facts.SEEDS.values())
# What a page says against itself or a sibling, and the decision, or the reason for none, that answers it.
CONTRADICTIONS = {
    "the download link is said to live 7 days": "report_link_life",
    "the introduction speaks of entering evaluation content": "a slip of the page: the introduction is that of R003 create",
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
    assert witness.OURS | witness.COMPARED == set(Operation.model_fields)


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


# --- The comparison bites ---------------------------------------------------------------------------------

# Left alone: what is ours, what another change covers, and what does not say anything about a rule.
EXEMPT = frozenset(
    {
        *("id", "family", "behaviour", "reads", "error_table", "security", "file", "fragment", "evidence", "body"),
        *("x-evidence", "x-keyword-evidence", "x-published-required", "lives", "form", "table", "life"),
        *("contradictions", "language", "method_and_path_printed", "name_printed", "said_in", "success_example"),
    }
)
CLOSED = {"query": "body", "body": "query", "item": "task", "task_id": "job_id"}


@dataclass(frozen=True)
class Change:
    """One leaf of a plain document, and what is put in its place."""

    path: tuple[Any, ...]
    value: Any

    def __str__(self) -> str:
        return "/".join(map(str, self.path)) + f" -> {str(self.value)[:20]}"

    def applied(self, document: Any) -> Any:
        changed = copy.deepcopy(document)
        node = changed
        for step in self.path[:-1]:
            node = node[step]
        node[self.path[-1]] = self.value
        return changed


def others(value: Any) -> Iterator[Any]:
    match value:
        case bool():
            yield not value
        case int() | float():
            yield from (value - 1, value + 1)
        case str() if value in CLOSED:
            yield CLOSED[value]
        case str() if value:
            yield value[:-1] + ("x" if value[-1] != "x" else "y")
        case list() | tuple() if value:
            yield type(value)(value[1:])


def changes(node: Any, path: tuple[Any, ...] = ()) -> Iterator[Change]:
    """Every leaf changed in every way; lists lose an item. What is graded assumed, or is ours, is left alone."""
    if isinstance(node, dict):
        if "assumed" in (node.get("x-evidence", {}).get("grade"), (node.get("evidence") or {}).get("grade")):
            return
        graded = node.get("x-keyword-evidence", {})
        for word, part in node.items():
            if word not in EXEMPT and graded.get(word, {}).get("grade") != "assumed":
                yield from changes(part, (*path, word))
        return
    if path:
        yield from (Change(path, value) for value in others(node))
    if isinstance(node, (list, tuple)):
        for index, part in enumerate(node):
            yield from changes(part, (*path, index))


def plain(node: Any) -> Any:
    """Tuples as lists, so that a change can be laid in."""
    if isinstance(node, dict):
        return {name: plain(part) for name, part in node.items()}
    return [plain(part) for part in node] if isinstance(node, (list, tuple)) else node




@pytest.mark.parametrize("page_id", PAGES)
def test_every_change_of_an_operation_is_noticed(page_id: str) -> None:
    document = plain(SERVICE.operations[page_id].model_dump(by_alias=True))
    before, unnoticed, made = differences(PAGES[page_id], SERVICE), [], 0
    for change in changes(document):
        operation = Operation.model_validate(change.applied(document))
        service = SERVICE.model_copy(update={"operations": {**SERVICE.operations, page_id: operation}})
        made += 1
        if differences(PAGES[page_id], service) == before:
            unnoticed.append(str(change))
    assert unnoticed == [], unnoticed
    assert made > 30


def test_every_change_of_a_text_or_kind_of_error_is_noticed() -> None:
    before = all_differences(SERVICE)
    for code, entry in SERVICE.errors.codes.items():
        printed = {text for text in (entry.texts.get(name) for name in ("new", "old", "cn")) if text}
        for name, text in entry.texts.items():
            if text in printed and name != "measured":
                assert all_differences(with_code(code, {"texts": {**entry.texts, name: text + "!"}})) != before
                assert all_differences(with_code(code, {"texts": {**entry.texts, name: None}})) != before
        if printed:
            kind = "business" if entry.kind == "platform" else "platform"
            assert all_differences(with_code(code, {"kind": kind})) != before


def test_a_code_more_or_less_in_a_table_is_noticed() -> None:
    before = all_differences(SERVICE)
    for name in ("new", "P009", "P043"):
        table = SERVICE.errors.tables[name]
        for lists in (table.lists[1:], table.lists[:-1], (*table.lists, 67200203)):
            tables = {**SERVICE.errors.tables, name: table.model_copy(update={"lists": lists})}
            errors = SERVICE.errors.model_copy(update={"tables": tables})
            assert listed(SERVICE.model_copy(update={"errors": errors})) != listed(SERVICE)
    assert all_differences(SERVICE) == before


@pytest.mark.parametrize("name", [name for name, life in SERVICE.lives.items() if life.evidence.source in SEEDS])
@pytest.mark.parametrize("by", [-1000, -1, 1, 1000])
def test_every_change_of_a_life_is_noticed(name: str, by: int) -> None:
    life = SERVICE.lives[name]
    lives = {**SERVICE.lives, name: life.model_copy(update={"length": life.length + by})}
    assert all_differences(SERVICE.model_copy(update={"lives": lives})) != all_differences(SERVICE)


@pytest.mark.parametrize("page_id", PAGES)
def test_every_fact_of_the_witness_has_its_counterpart(page_id: str) -> None:
    page = PAGES[page_id]
    before, unnoticed, made = differences(page, SERVICE), [], 0
    for change in changes(plain(asdict(page))):
        made += 1
        if differences(page_of(change.applied(plain(asdict(page)))), SERVICE) == before:
            unnoticed.append(str(change))
    assert unnoticed == [], unnoticed
    assert made > 50


def page_of(document: Mapping[str, Any]) -> Page:
    """A page from its plain form."""

    def parameter(part: Mapping[str, Any]) -> Parameter:
        return Parameter(**{**part, "members": tuple(parameter(member) for member in part["members"])})

    return Page(
        **{
            **document,
            "parameters": tuple(parameter(part) for part in document["parameters"]),
            "fields": tuple(Field(**part) for part in document["fields"]),
            "lives": tuple(Life(**part) for part in document["lives"]),
        }
    )


def with_code(code: int, update: Mapping[str, Any]) -> Service:
    entry = SERVICE.errors.codes[code].model_copy(update=update)
    errors = SERVICE.errors.model_copy(update={"codes": {**SERVICE.errors.codes, code: entry}})
    return SERVICE.model_copy(update={"errors": errors})


def all_differences(service: Service) -> list[list[Difference]]:
    return [differences(page, service) for page in PAGES.values()]


def listed(service: Service) -> list[bool]:
    """Whether each page's codes are exactly its table's, as the test above demands."""
    return [
        set(service.errors.tables[service.operations[page.id].error_table].lists)
        == {*page.business_errors, *page.platform_errors}
        for page in PAGES.values()
    ]
