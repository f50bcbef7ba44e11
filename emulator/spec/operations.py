"""One file of `fixtures/operations/`, an OpenAPI fragment, made into an `Operation`.

Knows the words of the fragment and refuses any other. Whether operations fit together (paths, tables, lives,
behaviours) is not known here.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from emulator.spec.evidence import Evidence, Note
from emulator.spec.models import Body, Creation, Operation, Parameter, Performance, Price
from emulator.spec.schemas import Components
from emulator.spec.words import Place, refuse_unknown

FILE_WORDS = frozenset({"x-evidence", "paths"})
METHODS = ("get", "post", "put", "delete", "patch")
OPERATION_WORDS = frozenset(
    {
        "operationId",
        "summary",
        "tags",
        "parameters",
        "requestBody",
        "responses",
        "security",
        "x-published-title",
        "x-behaviour",
        "x-reads",
        "x-after",
        "x-creates",
        "x-error-table",
        "x-price",
        "x-performance",
        "x-lives",
        "x-notes",
        "x-any-of",
        "x-keyword-evidence",
        "x-evidence",
    }
)
PARAMETER_WORDS = frozenset({"name", "in", "required", "schema", "example", "x-published-required", "x-evidence"})
RESPONSE_WORDS = frozenset({"$ref", "description", "content"})
PUBLISHED_SUCCESS = 0
_JSON = "application/json"


def read_operation(file: Path, document: Any, components: Components) -> Operation:
    """The operation a document describes. Raises SpecFault naming file and field."""
    whole = Place(file.name, "", document.get("x-evidence", {}) if isinstance(document, Mapping) else {})
    if not isinstance(document, Mapping) or not whole.evidence:
        raise whole.fault("a mapping with x-evidence and paths is expected")
    refuse_unknown(document, FILE_WORDS, whole)
    path, method, node = _only_operation(document.get("paths"), whole)
    place = Place(file.name, f"paths{path}/{method}", whole.evidence).under(node)
    refuse_unknown(node, OPERATION_WORDS, place)
    for word in ("operationId", "summary", "tags", "responses", "x-behaviour", "x-error-table", "x-price"):
        if word not in node:
            raise place.at(word).fault("is missing")
    parameters, body = _parameters(node, place, components)
    answer, statuses = _responses(node["responses"], place.at("responses"), components)
    return Operation(
        id=node["operationId"],
        method=method.upper(),
        path=path,
        title=node["summary"],
        published_title=node.get("x-published-title", node["summary"]),
        family=node["tags"][0],
        behaviour=node["x-behaviour"],
        reads=node.get("x-reads"),
        after=tuple(node.get("x-after", ())),
        creates=Creation.model_validate(node["x-creates"]) if "x-creates" in node else None,
        error_table=node["x-error-table"],
        price=Price.model_validate(_proved(node["x-price"], place)),
        performance=Performance.model_validate(_proved(node["x-performance"], place))
        if "x-performance" in node
        else None,
        lives=tuple(node.get("x-lives", ())),
        notes=tuple(Note.model_validate(_proved(note, place)) for note in node.get("x-notes", ())),
        any_of=_any_of(node, parameters, place),
        any_of_evidence=Evidence.model_validate(node.get("x-keyword-evidence", {}).get("x-any-of", place.evidence)),
        parameters=parameters,
        body=body,
        answer=answer,
        statuses=statuses,
        security=_security(node, place),
        evidence=Evidence.model_validate(place.evidence),
        file=file.name,
        fragment=dict(node),
    )


def _only_operation(paths: Any, place: Place) -> tuple[str, str, Mapping[str, Any]]:
    if not isinstance(paths, Mapping) or len(paths) != 1:
        raise place.at("paths").fault("exactly one path is expected")
    ((path, methods),) = paths.items()
    if not isinstance(methods, Mapping) or len(methods) != 1 or next(iter(methods)) not in METHODS:
        raise place.at(f"paths{path}").fault(f"exactly one of the methods {', '.join(METHODS)} is expected")
    ((method, node),) = methods.items()
    return path, method, node


def _proved(node: Mapping[str, Any], place: Place) -> dict[str, Any]:
    """A node with `x-evidence`, its own or that of the place, under the models' name for it."""
    own = {word: value for word, value in node.items() if word != "x-evidence"}
    return {**own, "evidence": node.get("x-evidence", place.evidence)}


def _parameters(
    node: Mapping[str, Any], place: Place, components: Components
) -> tuple[tuple[Parameter, ...], Body | None]:
    found = [
        _query_parameter(part, place.at(f"parameters/{index}"), components)
        for index, part in enumerate(node.get("parameters", ()))
    ]
    if "requestBody" not in node:
        return tuple(found), None
    place = place.at("requestBody")
    refuse_unknown(node["requestBody"], frozenset({"required", "content"}), place)
    ((media_type, content),) = node["requestBody"]["content"].items()
    schema = components.resolve(content["schema"], place.at(f"content/{media_type}/schema"))
    found += [
        _parameter(name, "body", name in schema.get("required", ()), part)
        for name, part in schema.get("properties", {}).items()
    ]
    return tuple(found), Body(media_type=media_type)


def _query_parameter(node: Mapping[str, Any], place: Place, components: Components) -> Parameter:
    place = place.under(node)
    refuse_unknown(node, PARAMETER_WORDS, place)
    if node.get("in") != "query":
        raise place.at("in").fault("only query parameters are understood")
    schema = components.resolve(node["schema"], place.at("schema"))
    schema.update({word: node[word] for word in ("example", "x-published-required") if word in node})
    return _parameter(node["name"], "query", node.get("required", False), schema)


def _parameter(name: str, location: str, required: bool, schema: dict[str, Any]) -> Parameter:
    return Parameter.model_validate(
        {
            "name": name,
            "location": location,
            "required": required,
            "published_required": schema.get("x-published-required", required),
            "schema": schema,
            "example": schema.get("example"),
            "evidence": schema["x-evidence"],
        }
    )


def _responses(node: Mapping[str, Any], place: Place, components: Components) -> tuple[dict[str, Any], dict[int, str]]:
    """The schema of a success, and the statuses of the page: its 0 is written 200 in OpenAPI."""
    statuses: dict[int, str] = {}
    for status, response in node.items():
        here = place.at(status)
        refuse_unknown(response, RESPONSE_WORDS, here)
        if "$ref" in response:
            response, here = components.find(response["$ref"], here)
            refuse_unknown(response, RESPONSE_WORDS, here)
        statuses[PUBLISHED_SUCCESS if status == "200" else int(status)] = response["description"]
    if "200" not in node:
        raise place.fault("200 is missing")
    here = place.at("200/content")
    refuse_unknown(node["200"]["content"], frozenset({_JSON}), here)
    refuse_unknown(node["200"]["content"][_JSON], frozenset({"schema"}), here.at(_JSON))
    schema = node["200"]["content"][_JSON]["schema"]
    return components.resolve(schema, here.at(f"{_JSON}/schema")), statuses


def _any_of(node: Mapping[str, Any], parameters: tuple[Parameter, ...], place: Place) -> tuple[str, ...]:
    names = {parameter.name for parameter in parameters}
    for name in node.get("x-any-of", ()):
        if name not in names:
            raise place.at("x-any-of").fault(f"{name!r} is no parameter")
    return tuple(node.get("x-any-of", ()))


def _security(node: Mapping[str, Any], place: Place) -> Any:
    """`clientSecret` for the call that wants the secret; every other has the credentials all operations share."""
    if "security" not in node:
        return "shared"
    if node["security"] != [{"clientSecret": []}]:
        raise place.at("security").fault("only clientSecret is understood, or nothing for what all operations share")
    return "clientSecret"
