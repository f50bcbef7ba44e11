"""Where the documents hold the facts of a page that are no field of a schema, and which facts their sentences rest on.

Each function looks a fact up in the documents and gives it in the witness's own form, or None when it is not there.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from emulator.spec.models import Operation, Service

Fact = Callable[[Service, Operation], Any]

SEEDS = {
    "R003-export": "seed-000",
    "AI39-1-creation": "seed-001",
    "AI39-1-submit": "seed-002",
    "P043": "seed-003",
    "P009-results": "seed-004",
}

# Facts that a schema tells with `x-meaning`.
MEANINGS = {
    "report_status_meaning": "answer/data.report_status/meaning",
    "loc_match_meaning": "parameters/patent_messages/loc_match/meaning",
    "lang_meaning": "parameters/lang/meaning",
    "replace_by_related_meaning": "parameters/replace_by_related/meaning",
    "legal_status_meaning": "parameters/legal_status/meaning",
    "simple_legal_status_meaning": "parameters/simple_legal_status/meaning",
}


def _schema(operation: Operation, *path: str) -> Mapping[str, Any]:
    parameter = operation.parameter(path[0])
    schema: Mapping[str, Any] = parameter.schema_ if parameter else {}
    for name in path[1:]:
        schema = schema.get("items", {}).get("properties", {}).get(name, {})
    return schema


def _notes(operation: Operation) -> str:
    return " ".join(note.text for note in operation.notes if note.evidence.grade != "assumed")


def _comment(operation: Operation, *path: str) -> str:
    schema = _schema(operation, *path)
    return f"{schema.get('description', '')} {schema.get('x-note', '')}"


def _word(word: str, *path: str) -> Fact:
    return lambda service, operation: _schema(operation, *path).get(word)


def _noted(pattern: str, value: Any = None) -> Fact:
    """What a pattern captures in the documented notes, or a value where it is found."""

    def look(service: Service, operation: Operation) -> Any:
        found = re.search(pattern, _notes(operation))
        return None if found is None else value if value is not None else found[1]

    return look


def _commented(pattern: str, value: Any, *path: str) -> Fact:
    return lambda service, operation: value if re.search(pattern, _comment(operation, *path)) else None


def _quoted(text: str, *path: str) -> Fact:
    return lambda service, operation: text if text in json.dumps(_schema(operation, *path)) else None


def _valid_when(*path: str) -> Fact:
    def look(service: Service, operation: Operation) -> Any:
        found = {
            name: int(value) if value.isdecimal() else value
            for name, value in re.findall(r"\b(model|field)`? is (\w+)", _comment(operation, *path))
        }
        return found or None

    return look


def _names(mark: str, wanted: bool) -> Fact:
    return lambda service, operation: [
        parameter.name for parameter in operation.parameters if getattr(parameter, mark) is wanted
    ]


def _decided(decision: str, words: str, value: Any) -> Fact:
    """A value that a decision's sides or answer speak of."""

    def look(service: Service, operation: Operation) -> Any:
        entry = service.decisions[decision]
        said = " ".join([entry.question, entry.answer, *(side.says for side in entry.sides)])
        return value if words in said else None

    return look


def _poller(service: Service, operation: Operation) -> Any:
    readers = [other for other in service.operations.values() if other.reads == operation.id]
    return next((parameter.name for reader in readers for parameter in reader.parameters), None)


def _enum(name: str) -> Fact:
    return _word("enum", name)


_AUTHORITIES = "https://analytics.patsnap.com/status"
_PROSE = {"cn": "中文", "en": "英文", "jp": "日文"}
_MAIN_FIELDS = (
    *("title", "abstract", "claims", "description", "publication number", "application number", "applicant"),
    *("inventor", "IPC/UPC/LOC classification numbers"),
)

FACTS: Mapping[str, Mapping[str, Fact]] = {
    "R003-export": {"link_cleared_after_expiry": _noted("file is cleared after", True)},
    "AI39-1-creation": {
        "preceded_by": lambda service, operation: operation.after,
        "required_in_prose": _names("required", True),
        "optional_in_prose": _names("required", False),
        "max_patent_messages": _word("maxItems", "patent_messages"),
        "report_languages": _enum("report_lang"),
        "countries_named": _word("example", "country"),
        "authority_code_reference": _quoted(_AUTHORITIES, "country"),
        "loc_match_valid_when": _valid_when("patent_messages", "loc_match"),
        "score_valid_when": _valid_when("patent_messages", "score"),
        "inventor_separator_in_example": lambda service, operation: (
            "|" if "|" in _schema(operation, "patent_messages", "inventor")["example"] else None
        ),
    },
    "AI39-1-submit": {
        "required_in_prose": _names("required", True),
        "required_in_table": _names("published_required", True),
        "image_formats": lambda service, operation: [
            name.lower() for name in re.findall(r"\b(JPG|PNG)\b", _notes(operation))
        ],
        "url_must_be_accessible": _decided("submit_without_url", "demands a valid image address", True),
        "url_called_required": lambda service, operation: "url" in _names("required", True)(service, operation),
        "countries_named": lambda service, operation: re.findall(
            r"\b(?!OR\b)[A-Z]{2}\b", _notes(operation).partition(" and other codes")[0]
        ),
        "countries_open": _noted("and other codes are named as countries", True),
        "apply_start_time_keeps": _commented("filed after", "patents filed after the date", "apply_start_time"),
        "loc_items_classification": lambda service, operation: {"loc-class": "Locarno"}.get(
            _schema(operation, "loc_items")["items"].get("format")
        ),
        "asynchronous": lambda service, operation: bool(operation.creates and operation.creates.table == "tasks"),
        "result_by_polling_with": _poller,
    },
    "P043": {
        "one_of": lambda service, operation: operation.any_of,
        "preferred_when_both": _noted(r"with both, `(\w+)` counts"),
        "batch_limit": lambda service, operation: _schema(operation, "patent_id")["x-list"].get("maxItems"),
        "batch_separator": lambda service, operation: _schema(operation, "patent_number")["x-list"]["separator"],
        "charged_per": lambda service, operation: {"item": "successful item"}.get(operation.price.per),
        "languages_supported": _enum("lang"),
        "languages_supported_in_prose": lambda service, operation: [
            _PROSE.get(code, code) for code in _schema(operation, "lang")["enum"]
        ],
        "one_language_per_call": lambda service, operation: "x-list" not in _schema(operation, "lang"),
        "replace_by_related_concerns": _decided("abstract_replaced", "no abstract of its own", ["abstract"]),
        "pn_related_only_when_replaced": _decided("abstract_replaced", "comes with `pn_related`", True),
    },
    "P009-results": {
        "printed_url": lambda service, operation: service.hosts[0] + operation.path,
        "max_results_per_call": _word("maximum", "limit"),
        "offset_for_results_after_100": _noted("up to 100, and higher offsets reach the rest", 100),
        "sort_fields": _enum("field"),
        "default_sort": _noted("falling (similarity) unless `field` names a date"),
        "default_order": _word("default", "order"),
        "countries_named": lambda service, operation: _schema(operation, "country")["example"].split(","),
        "authority_code_reference": _quoted(_AUTHORITIES, "country"),
        "loc_operators": lambda service, operation: re.findall(r"\b(AND|OR|NOT)\b", _comment(operation, "loc")),
        "main_field_covers": lambda service, operation: [
            name for name in _MAIN_FIELDS if name in _comment(operation, "main_field")
        ],
    },
}

_DAY = "A calendar day written yyyyMMdd."
_AUTHORITY = "A patent authority code such as CN, US or EU."
# Each sentence of the documents that is not graded as assumed, and the facts of the page that bear it.
SENTENCES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "R003-export": {
        "The link lives 7 days and the file is cleared after that. The sample link is signed for 10800 s; the account "
        "setting `link_lifetime` chooses.": ("link_cleared_after_expiry", "contradictions"),
    },
    "AI39-1-creation": {
        _AUTHORITY: ("authority_code_reference",),
        "codes: https://analytics.patsnap.com/status; the page also speaks of a comma as separator, a comma string is "
        "refused": ("authority_code_reference", "contradictions"),
        "valid only when model is 1 and field is SCORE": ("loc_match_valid_when",),
        "valid only when field is SCORE": ("score_valid_when",),
    },
    "AI39-1-submit": {
        "The note of the page calls `lang` required, its table does not mark it; the note and the vendor's OpenAPI "
        "document are followed.": ("required_in_prose", "required_in_table"),
        "US, CN, JP, KR, AU, EU and other codes are named as countries; JPG and PNG as picture formats.": (
            "countries_named",
            "countries_open",
            "image_formats",
        ),
        _AUTHORITY: ("countries_named",),
        _DAY: ("apply_start_time_keeps",),
        "patents filed after the date": ("apply_start_time_keeps",),
    },
    "P043": {
        "One of `patent_id` and `patent_number` must be given; with both, `patent_id` counts.": (
            "one_of",
            "preferred_when_both",
        ),
        "Up to 100 ids in one call, separated by commas; quota and fee fall once for each successful item.": (
            "batch_limit",
            "batch_separator",
            "charged_per",
        ),
    },
    "P009-results": {
        "Fetch within 20 minutes of the search; later answers are not promised, though they come until the search's "
        "life ends.": (),
        "Results come by falling similarity unless `field` names a date; a call returns up to 100, and higher offsets "
        "reach the rest.": ("default_sort", "max_results_per_call", "offset_for_results_after_100"),
        "Locarno classes, joined by AND, OR and NOT, with brackets.": ("loc_operators",),
        "codes: https://analytics.patsnap.com/status": ("authority_code_reference",),
        "covers title, abstract, claims, description, publication number, application number, applicant, inventor and "
        "IPC/UPC/LOC classification numbers": ("main_field_covers",),
        _AUTHORITY: ("authority_code_reference",),
        _DAY: (),
    },
}
