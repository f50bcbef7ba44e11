"""What was published of P044, P045, P069, P041 and P014, transcribed once more, and what our documents say of them.

Of these there is no contract page: names, types, examples, statuses and the few rules in prose are all there is.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from contract_tests.documents import SERVICE
from emulator.spec.models import Operation

Table = Mapping[str, tuple[Any, ...]]
GET_STATUSES, POST_STATUSES = {0, 401, 403, 404}, {0, 201, 401, 403, 404}
_IDS = "1a47a70d-6b54-4709-a72a-ed552781fcac,7353c607-0594-4592-b99e-aea9f517de17"
_TRANSLATION: Table = {
    "lang": ("query", "string", "en"),
    "patent_id": ("query", "string", _IDS),
    "patent_number": ("query", "string", "CN101595528B"),
    "replace_by_related": ("query", "integer<int32>", 0),
}
_ITEM: Table = {
    "": ("array", None),
    "pn": ("string", "US11205304B2"),
    "patent_id": ("string", "718ead9c-4f3c-4674-8f5a-24e126827269"),
}
_RELATED: Table = {"pn_related": ("string", "CN103106923A")}
_MEMBER: dict[str, tuple[Any, ...]] = {"": ("array", None), "kind": ("string", "A1"), "country": ("string", "US")}
_MEMBER |= {"sequence": ("integer<int32>", 1), "doc_number": ("string", "20130033085")}
_FAMILIES = ("simple_family", "inpadoc_family", "patsnap_family")
PARAMETERS: Mapping[str, Table] = {
    "P044": _TRANSLATION,
    "P045": _TRANSLATION,
    "P069": {
        "pn": ("body", "string", "US11205304B2"),
        "apno": ("body", "string", "US16/123456"),
        "authority": ("body", "array", ["US", "CN", "EP"]),
        "offset": ("body", "integer<int32>", 0),
        "limit": ("body", "integer<int32>", 10),
    },
    "P041": {
        "patent_id": ("query", "string", "718ead9c-4f3c-4674-8f5a-24e126827269"),
        "patent_number": ("query", "string", "US11205304B2"),
    },
    "P014": {
        "patent_id": ("query", "string", "1a47a70d-6b54-4709-a72a-ed552781fcac"),
        "patent_number": ("query", "string", "JP1999068462A"),
    },
}
DATA: Mapping[str, Table] = {
    "P044": {**_ITEM, **_RELATED, "claims": ("string", None)},
    "P045": {**_ITEM, **_RELATED, "description": ("string", None)},
    "P069": {
        "": ("object", None),
        "results": ("array", None),
        "results.pn": ("string", "US11205304B2"),
        "results.apdt": ("integer<int32>", 20211108),
        "results.apno": ("string", "US17/521392"),
        "results.pbdt": ("integer<int32>", 20230815),
        "results.title": (
            "string",
            "Techniques for using multiple symbols to provide feedback for a sidelink transmission",
        ),
        "results.inventor": ("string", "ELSHAFIE, AHMED | YANG, WEI | HOSSEINI, SEYEDKIANOUSH"),
        "results.patent_id": ("string", "718ead9c-4f3c-4674-8f5a-24e126827269"),
        "results.current_assignee": ("string", "QUALCOMM INCORPORATED"),
        "results.original_assignee": ("string", "QUALCOMM INCORPORATED"),
        "result_count": ("integer<int32>", 10),
        "total_search_result_count": ("integer<int64>", 1000),
    },
    "P041": {**_ITEM, "simple_legal_status": ("array", ["审中"])},
    "P014": {
        **_ITEM,
        "patent_family": ("object", None),
        **{
            f"patent_family.{family}{'.' if name else ''}{name}": told
            for family in _FAMILIES
            for name, told in _MEMBER.items()
        },
        "patent_family.simple_family_id": ("integer<int32>", 331537782),
        "patent_family.inpadoc_family_id": ("integer<int32>", 459115956),
        "patent_family.patsnap_family_id": ("integer<int32>", 459115956),
    },
}
PLACES = {
    "P044": ("GET", "/basic-patent-data/claim-data-translated", "Claim (Translated)"),
    "P045": ("GET", "/basic-patent-data/description-data-translated", "Description (Translated)"),
    "P069": ("POST", "/search/patent/patent-search-pn", "Patsnap Standard Patent Number Search"),
    "P041": ("GET", "/basic-patent-data/simple-legal-status", "Simple Legal Status"),
    "P014": ("GET", "/basic-patent-data/patent-family", "Patent Family"),
}
_EACH = pytest.mark.parametrize("operation", [SERVICE.operations[one] for one in PLACES], ids=lambda one: one.id)


def _type(schema: Mapping[str, Any]) -> str:
    width = schema.get("format", "") if schema["type"] == "integer" else ""
    return f"{schema['type']}<{width}>" if width else str(schema["type"])


def _fields(schema: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every field of an answer, parts of lists under the list's own name."""
    yield path, (_type(schema), schema.get("example"))
    for name, part in schema.get("items", schema).get("properties", {}).items():
        yield from _fields(part, f"{path}.{name}".removeprefix("."))


@_EACH
def test_method_path_name_and_statuses(operation: Operation) -> None:
    assert (operation.method, operation.path, operation.title) == PLACES[operation.id]
    assert set(operation.statuses) == (GET_STATUSES if operation.method == "GET" else POST_STATUSES)


@_EACH
def test_parameters_are_those_and_none_is_required(operation: Operation) -> None:
    found = {one.name: (one.location, _type(one.schema_), one.example) for one in operation.parameters}
    assert found == PARAMETERS[operation.id]
    assert not any(one.required for one in operation.parameters)


@_EACH
def test_fields_of_the_answer(operation: Operation) -> None:
    assert dict(_fields(operation.answer["properties"]["data"])) == DATA[operation.id]


def test_limits_and_prices_in_prose() -> None:
    operations = SERVICE.operations
    for name in ("P044", "P045"):
        schemas = {one.name: one.schema_ for one in operations[name].parameters}
        assert sorted(schemas["lang"]["enum"]) == ["cn", "en", "jp"]
        assert (
            schemas["patent_id"]["x-list"] == schemas["patent_number"]["x-list"] == {"separator": ",", "maxItems": 100}
        )
        assert (schemas["replace_by_related"]["enum"], schemas["replace_by_related"]["default"]) == ([0, 1], 0)
        price = operations[name].price
        assert (price.credits, price.per, price.evidence.grade) == (1, "item", "documented")
    schemas = {one.name: one.schema_ for one in operations["P069"].parameters}
    assert (schemas["offset"]["default"], schemas["limit"]["default"], schemas["limit"]["maximum"]) == (0, 10, 1000)


def test_what_no_page_says_is_graded_as_assumed() -> None:
    for name in ("P041", "P014"):
        operation = SERVICE.operations[name]
        for parameter in operation.parameters:
            assert parameter.schema_["x-keyword-evidence"]["x-list"]["grade"] == "assumed"
        assert operation.any_of_evidence.grade == operation.price.evidence.grade == "assumed"
    assert SERVICE.operations["P069"].any_of_evidence.grade == "assumed"
