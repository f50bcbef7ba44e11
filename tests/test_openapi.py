"""The documents as one OpenAPI document: valid, complete, and without anything secret or local."""

import json
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from emulator import __version__
from emulator.spec import loader
from emulator.spec.models import Operation
from emulator.spec.openapi import document
from tests.conftest import BASE_URL, Caller

SERVICE = loader.load()
DOCUMENT = document(SERVICE, __version__)


def node(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][operation.path][operation.method.lower()]
    return found


def resolved(part: Any) -> Any:
    """A part with references replaced by what they name."""
    while isinstance(part, dict) and "$ref" in part:
        target: Any = DOCUMENT
        for step in part["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        part = {**target, **{word: value for word, value in part.items() if word != "$ref"}}
    return part


def properties(schema: Any) -> dict[str, Any]:
    schema = resolved(schema)
    found: dict[str, Any] = {}
    for part in schema.get("allOf", ()):
        found.update(properties(part))
    return {**found, **schema.get("properties", {})}


def test_the_document_is_valid_openapi_3_1() -> None:
    assert list(OpenAPIV31SpecValidator(DOCUMENT).iter_errors()) == []


def test_the_document_is_plain_json() -> None:
    assert json.loads(json.dumps(DOCUMENT)) == DOCUMENT


def test_every_operation_is_in_it_and_no_other() -> None:
    told = {(method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert told == {(operation.method, operation.path) for operation in SERVICE.operations.values()}


@pytest.mark.parametrize("operation", SERVICE.operations.values(), ids=SERVICE.operations)
def test_every_parameter_is_in_it_with_its_place_and_mark(operation: Operation) -> None:
    query = {one["name"]: one.get("required", False) for one in node(operation).get("parameters", ())}
    assert query == {one.name: one.required for one in operation.parameters if one.location == "query"}
    if operation.body is not None:
        ((media_type, content),) = node(operation)["requestBody"]["content"].items()
        assert media_type == operation.body.media_type
        assert set(properties(content["schema"])) == operation.names("body")


@pytest.mark.parametrize("operation", SERVICE.operations.values(), ids=SERVICE.operations)
def test_every_operation_has_its_id_status_texts_and_security(operation: Operation) -> None:
    told = node(operation)
    assert told["operationId"] == operation.id
    assert {int(status) for status in told["responses"]} == {status or 200 for status in operation.statuses}
    assert all(resolved(response)["description"] for response in told["responses"].values())
    own = [{"clientSecret": []}] if operation.security == "clientSecret" else DOCUMENT["security"]
    assert told.get("security", DOCUMENT["security"]) == own
    assert told["x-evidence"]["source"] == operation.evidence.source
    assert all(note.text in told["description"] for note in operation.notes)


def test_every_scheme_and_source_that_is_named_is_there() -> None:
    schemes = DOCUMENT["components"]["securitySchemes"]
    named = {name for requirement in DOCUMENT["security"] for name in requirement} | {"clientSecret"}
    assert named == set(schemes)
    assert DOCUMENT["x-sources"].keys() == SERVICE.sources.keys()


def test_servers_are_the_vendor_s_or_ours() -> None:
    assert [server["url"] for server in DOCUMENT["servers"]] == [
        "https://connect.patsnap.com",
        "https://connect.zhihuiya.com",
    ]
    assert document(SERVICE, __version__, "http://x")["servers"] == [{"url": "http://x"}]


def test_the_served_document_is_this_one(caller: Caller) -> None:
    served = caller.send("GET", "/_emulator/openapi.json").json()
    assert served == document(SERVICE, __version__, BASE_URL)
    assert list(OpenAPIV31SpecValidator(served).iter_errors()) == []


def test_making_the_document_changes_no_fixture() -> None:
    before = SERVICE.model_dump_json()
    document(SERVICE, __version__)["paths"].clear()
    assert SERVICE.model_dump_json() == before
