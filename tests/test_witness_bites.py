"""The comparison of documents and pages notices every single change that could be made on either side.

Not a sample of changes: every leaf of the five operations and of the five pages is changed, one at a time, and each
time the comparison must tell something else than before. What is left alone, and why, is listed.
"""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pytest

from contract_tests.published_facts import PAGES, Field, Life, Page, Parameter
from emulator.spec import loader
from emulator.spec.models import Operation, Service
from tests import witness_facts
from tests.witness import Difference, differences

SERVICE = loader.load()
SEEDS = frozenset(witness_facts.SEEDS.values())

# Left alone: what is ours, what another change covers, and what does not say anything about a rule.
EXEMPT = frozenset(
    {
        *("id", "family", "behaviour", "reads", "error_table", "security", "file", "fragment", "evidence", "body"),
        *(
            "x-evidence",
            "x-keyword-evidence",
            "x-published-required",
            "any_of_evidence",
            "lives",
            "form",
            "table",
            "life",
            "runs",
        ),
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
        case list() | tuple() if value and not is_assumed(value[0]):
            yield type(value)(value[1:])


def is_assumed(node: Any) -> bool:
    graded = [node.get(word) or {} for word in ("x-evidence", "evidence")] if isinstance(node, dict) else []
    return any(evidence.get("grade") == "assumed" for evidence in graded)


def changes(node: Any, path: tuple[Any, ...] = ()) -> Iterator[Change]:
    """Every leaf changed in every way; lists lose an item. What is graded assumed, or is ours, is left alone."""
    if isinstance(node, dict):
        if is_assumed(node):
            return
        graded = node.get("x-keyword-evidence", {})
        for word, part in node.items():
            if word == "x-meaning" and "report_status" in path:
                continue  # told in words of our own; that the three statuses are told is compared
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
    if document["any_of_evidence"]["grade"] == "assumed":
        document["any_of"] = []
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
        if entry.evidence.grade != "documented":
            continue
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
        if not_compared(page, change):
            continue
        made += 1
        if differences(page_of(change.applied(plain(asdict(page)))), SERVICE) == before:
            unnoticed.append(str(change))
    assert unnoticed == [], unnoticed
    assert made > 50


def not_compared(page: Page, change: Change) -> bool:
    """A member stands where its array does; a note adds nothing to a mark; the witness paraphrases report states."""
    at_member = change.path[-1] == "location" and "members" in change.path
    marked = change.path[-1] == "required_by_note" and page.parameters[change.path[1]].required
    return at_member or marked or "report_status_meaning" in change.path


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
