"""What a contract page says and what our documents say of the same operation, both as flat tables, and what differs.

The page's side is `contract_tests.published_facts`, transcribed by hand; the documents' side is a loaded `Service`.
Each side becomes keys such as `parameters/limit/maximum` with a value. A rule of ours that is graded `assumed` is
left out: no page has to say it. Sentences that hold no number or name are tied to facts in `witness_facts`.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from contract_tests.published_facts import Field, Page, Parameter
from emulator.spec.models import Operation, Service
from tests.witness_facts import FACTS, MEANINGS, SEEDS, SENTENCES, Fact

Said = Iterator[tuple[str, Any]]
LIFE_NAMES = {
    "search_recommended": "search_id_recommended",
    "report_link_signed": "sample_link",
    "image_link_signed": "sample_link",
}
# Fields of an Operation that say how the emulator works and claim nothing of the page.
OURS = frozenset(
    {"id", "family", "behaviour", "reads", "error_table", "security", "file", "fragment", "any_of_evidence"}
)
COMPARED = frozenset(
    {
        *("method", "path", "title", "published_title", "after", "creates", "price", "performance", "lives", "notes"),
        *("any_of", "parameters", "body", "answer", "statuses", "evidence"),
    }
)


class Difference(NamedTuple):
    """What the page says under a key, and what our documents say; null where a side says nothing."""

    key: str
    printed: str
    held: str


def differences(page: Page, service: Service) -> list[Difference]:
    """Keys that one side lacks, or for which the sides say different things."""
    operation = service.operations[page.id]
    printed, held = dict(said_by_page(page)), dict(said_by_documents(page, service, operation))
    both = [Difference(key, _exact(printed.get(key)), _exact(held.get(key))) for key in sorted({*printed, *held})]
    return [one for one in both if one.printed != one.held]


def _exact(value: Any) -> str:
    """A form in which 0, 0.0 and false differ, and tuples and lists do not."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def said_by_page(page: Page) -> Said:
    """Everything the witness holds of a page."""
    yield from (("source", SEEDS[page.id]), ("method", page.method), ("path", page.path))
    number, _, title = page.title.removeprefix("[").partition("]")
    yield from (("published_title", title), ("number", number))
    for parameter in page.parameters:
        yield f"parameters/{parameter.name}/location", parameter.location
        yield f"parameters/{parameter.name}/shown", parameter.example
        yield from _page_parameter(f"parameters/{parameter.name}", parameter)
    yield "answer/type", "object"  # as every success example shows
    for field in page.fields:
        yield from _page_field(f"answer/{field.path}", field)
    for kind, table in (("business", page.business_errors), ("platform", page.platform_errors)):
        yield from ((f"errors/{code}", [kind, text]) for code, text in table.items())
    yield from ((f"http/{status}", text) for status, text in page.http_statuses.items())
    if page.normal_ms is not None:
        yield "performance", [page.normal_ms, page.max_ms]
    yield from ((f"lives/{life.of}", life.seconds) for life in page.lives)
    if "task_id" in page.success_example["data"]:
        yield "creates", page.success_example["data"]["task_id"]
    yield from _page_facts(page)


def _page_facts(page: Page) -> Said:
    for name, value in page.facts.items():
        if value is None or name == "contradictions":
            continue
        if name in MEANINGS:
            yield MEANINGS[name], value if name != "report_status_meaning" else sorted(value)
        else:
            yield f"facts/{name}", _unordered(value)
    if page.facts.get("charged_per") == "successful item":
        yield "price", [1, "item"]
    if "one_of" in page.facts:
        yield "any_of", list(page.facts["one_of"])
    if "preceded_by" in page.facts:
        yield "after", list(page.facts["preceded_by"])
    for sentence, grounds in SENTENCES[page.id].items():
        if all(ground in page.facts for ground in grounds):
            yield f"sentences/{sentence}", True


def _page_parameter(key: str, parameter: Parameter) -> Said:
    kind, _, width = parameter.type.rstrip(">").partition("<")
    yield f"{key}/type", kind
    yield f"{key}/required", parameter.required or parameter.required_by_note
    yield f"{key}/published_required", parameter.required
    printed = {
        "format": width or parameter.format,
        "example": parameter.example,
        "minimum": parameter.minimum,
        "maximum": parameter.maximum,
        "maxItems": parameter.max_items,
        "default": parameter.default,
        "separator": parameter.separator,
        "enum": _unordered(parameter.enum) or None,
    }
    yield from ((f"{key}/{word}", value) for word, value in printed.items() if value is not None)
    if kind == "array":
        yield f"{key}/items/type", "object" if parameter.members else _kind(parameter.example[0])
    for member in parameter.members:
        yield from _page_parameter(f"{key}/{member.name}", member)


def _page_field(key: str, field: Field) -> Said:
    kind, _, width = field.type.rstrip(">").partition("<")
    yield from ((f"{key}/type", kind), (f"{key}/required", field.required))
    printed = {"format": width or None, "example": field.example, "enum": _unordered(field.enum) or None}
    yield from ((f"{key}/{word}", value) for word, value in printed.items() if value is not None)


def said_by_documents(page: Page, service: Service, operation: Operation) -> Said:
    """Everything our documents hold of an operation that is not graded as our assumption."""
    yield from (("source", operation.evidence.source), ("method", operation.method), ("path", operation.path))
    yield from (("published_title", operation.published_title.rpartition("]")[2]), ("number", _number(operation)))
    if operation.title != operation.published_title:
        yield "title", operation.title
    for parameter in operation.parameters:
        yield f"parameters/{parameter.name}/location", parameter.location
        yield f"parameters/{parameter.name}/shown", parameter.example
        yield f"parameters/{parameter.name}/required", parameter.required
        yield f"parameters/{parameter.name}/published_required", parameter.published_required
        yield from _schema(f"parameters/{parameter.name}", parameter.schema_, marks=True)
    yield "answer/type", operation.answer["type"]
    for name, part in operation.answer["properties"].items():
        yield f"answer/{name}/required", name in operation.answer.get("required", ())
        yield from _schema(f"answer/{name}", part, marks=False)
    yield from _errors(page, service, operation)
    yield from ((f"http/{status}", text) for status, text in operation.statuses.items())
    if operation.performance and operation.performance.evidence.grade != "assumed":
        yield "performance", [operation.performance.normal_ms, operation.performance.max_ms]
    yield from _lives(service, operation)
    yield from _rules(operation)
    yield from _examples_of_readers(service, operation)
    yield from ((f"facts/{name}", _found(fact, service, operation)) for name, fact in FACTS[page.id].items())


def _found(fact: Fact, service: Service, operation: Operation) -> Any:
    try:
        return _unordered(fact(service, operation))
    except (AttributeError, KeyError, TypeError):  # the part that should hold it is not there
        return None


def _rules(operation: Operation) -> Said:
    if operation.price.evidence.grade != "assumed":
        yield "price", [operation.price.credits, operation.price.per]
    yield from ((f"sentences/{note.text}", True) for note in operation.notes if note.evidence.grade != "assumed")
    if operation.any_of and operation.any_of_evidence.grade != "assumed":
        yield "any_of", list(operation.any_of)
    if operation.after:
        yield "after", list(operation.after)
    if operation.creates:
        yield "creates", operation.creates.documented[0]
    if operation.body:
        yield "media_type", operation.body.media_type


def _examples_of_readers(service: Service, operation: Operation) -> Said:
    """Further ids that exist from an account's opening must be examples of the pages that read them."""
    readers = [json.dumps(other.answer) for other in service.operations.values() if other.reads == operation.id]
    for further in operation.creates.documented[1:] if operation.creates else ():
        if not any(further in answer for answer in readers):
            yield f"examples of no page/{further}", True


def _number(operation: Operation) -> str:
    """What stands in brackets in a page's title: our ids begin with it."""
    return next((number for number in ("AI39-1", "R003", "P043", "P009") if operation.id.startswith(number)), "")


def _errors(page: Page, service: Service, operation: Operation) -> Said:
    """The codes the table lists, and any other that has a text of the table's generation."""
    table = service.errors.tables[operation.error_table]
    generation = table.texts[page.language][0]
    for code, entry in service.errors.codes.items():
        if code in table.lists or (entry.texts.get(generation) and entry.evidence.grade == "documented"):
            yield f"errors/{code}", [entry.kind, entry.texts.get(generation)]


def _lives(service: Service, operation: Operation) -> Said:
    for name, life in service.lives.items():
        if life.evidence.grade == "assumed":
            continue
        if life.evidence.source == operation.evidence.source:
            yield (
                f"lives/{LIFE_NAMES.get(name, name)}",
                life.length / 1000 if life.length % 1000 else life.length // 1000,
            )
        elif name in operation.lives:
            yield f"lives of other pages/{name}", life.evidence.source


def _schema(key: str, schema: Mapping[str, Any], *, marks: bool) -> Said:
    """Every word of a schema and of its parts; `marks`: a part's required mark counts twice, as for parameters."""
    if schema["x-evidence"]["grade"] == "assumed":
        return
    graded = schema.get("x-keyword-evidence", {})
    for word, value in schema.items():
        if graded.get(word, {}).get("grade") != "assumed":
            yield from _word(key, word, value, schema, marks)


def _word(key: str, word: str, value: Any, schema: Mapping[str, Any], marks: bool) -> Said:
    match word:
        case "x-evidence" | "x-keyword-evidence" | "x-published-required" | "required":
            return
        case "properties":
            for name, part in value.items():
                required = name in schema.get("required", ())
                yield f"{_path(key, name, marks)}/required", required
                if marks:
                    yield f"{_path(key, name, marks)}/published_required", required
                yield from _schema(_path(key, name, marks), part, marks=marks)
        case "items" if value.get("type") == "object":
            yield from ((f"{key}/items/type", "object") for _ in range(marks))
            rest = {name: part for name, part in value.items() if name != "type"}
            yield from _schema(key, rest, marks=marks)
        case "items":
            yield from _schema(f"{key}/items", value, marks=marks)
        case "x-list":
            yield from ((f"{key}/{part}", value[part]) for part in value if part != "items")
            items = {**value.get("items", {}), "x-evidence": schema["x-evidence"]}
            if items.get("type") == "string":  # a part of a text is a text
                del items["type"]
            if "enum" in items:
                yield f"{key}/enum", _unordered(items.pop("enum"))
            yield from _schema(f"{key}/items", items, marks=marks)
        case "description" | "x-note":
            yield f"sentences/{value}", True
        case "enum":
            yield f"{key}/enum", _unordered(value)
        case "x-meaning":
            yield f"{key}/meaning", value if not key.endswith("report_status") else sorted(value)
        case "format" if value == "yyyymmdd":
            yield f"{key}/format", "yyyyMMdd"
        case _:
            yield f"{key}/{word}", value


def _path(key: str, name: str, marks: bool) -> str:
    return f"{key}/{name}" if marks else f"{key}.{name}"


def _unordered(value: Any) -> Any:
    """Lists of plain values in one order: a page's order of alternatives means nothing."""
    return sorted(value, key=str) if isinstance(value, (list, tuple, set, frozenset)) else value


def _kind(value: Any) -> str:
    return {str: "string", int: "integer", float: "number"}[type(value)]
