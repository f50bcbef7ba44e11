"""What must hold between documents, so that a mistake stops the start and is not met by a client.

Each check yields file, field and reason of what it finds wrong. Reading files is not its business.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from emulator.errors import Cause
from emulator.spec import rules
from emulator.spec.models import Operation, Service

Faults = Iterator[tuple[str, str, str]]
_NAMED_BOUNDS = ("body", "nesting", "fields", "pixels", "kept", "passed_over", "patience")
_OWN_PATHS = ("/_emulator", "/files/")
_NAMED_LIVES = ("token", "image", "search_recommended", "report", "report_link_signed", "image_link_signed")


def _paths_are_not_shared(service: Service) -> Faults:
    taken: dict[tuple[str, str], Operation] = {}
    for operation in service.operations.values():
        other = taken.setdefault((operation.method, operation.path), operation)
        if other is not operation:
            yield operation.file, f"paths{operation.path}", f"{operation.method} is already in {other.file}"


def _names_exist(service: Service) -> Faults:
    for operation in service.operations.values():
        lives = (*operation.lives, operation.creates.life) if operation.creates else operation.lives
        reads = (operation.reads,) if operation.reads else ()
        used: Mapping[str, tuple[tuple[str, ...], Mapping[str, Any]]] = {
            "x-lives": (lives, service.lives),
            "x-error-table": ((operation.error_table,), service.errors.tables),
            "x-reads": (reads, service.operations),
            "x-after": (operation.after, service.operations),
        }
        for word, (names, known) in used.items():
            for name in names:
                if name not in known:
                    yield operation.file, word, f"{name!r} does not exist"
        if operation.reads in service.operations and service.operations[str(operation.reads)].creates is None:
            yield operation.file, "x-reads", f"{operation.reads!r} creates nothing"
    for name in _NAMED_LIVES:
        if name not in service.lives:
            yield "service.yaml", f"lives/{name}", "is missing, and code reads it"


def _bounds_and_keys_are_there(service: Service) -> Faults:
    for name in _NAMED_BOUNDS:
        if name not in service.bounds:
            yield "service.yaml", f"bounds/{name}", "is missing, and code reads it"
    if sorted(service.envelope.success_keys) != ["data", "error_code", "status"]:
        yield "service.yaml", "envelope/success_keys", "data, status and error_code are expected, each once"
    for name, wire in service.errors.wire.items():
        if sorted(wire.failure_keys) != ["error_code", "error_msg", "status"]:
            yield "errors.yaml", f"wire/{name}/failure_keys", "status, error_code and error_msg are expected, each once"
    demo, reserved = service.credentials.demo, service.credentials.reserved_secret
    if demo.client_secret == reserved:
        yield "service.yaml", "credentials/demo", "the reserved secret is wrong for every client"
    if service.reserved.failure not in service.errors.codes:
        yield "service.yaml", "reserved/failure", f"{service.reserved.failure} is no code of errors.yaml"


def _operations_can_be_reached(service: Service) -> Faults:
    for operation in service.operations.values():
        field = f"paths{operation.path}"
        if not operation.path.startswith("/") or set(operation.path) & set("{}?# "):
            yield operation.file, field, "a literal path beginning with / is expected"
        if operation.path.startswith(_OWN_PATHS):
            yield operation.file, field, "this path is the emulator's own"
        seen = [(parameter.location, parameter.name) for parameter in operation.parameters]
        for twice in {place for place in seen if seen.count(place) > 1}:
            yield operation.file, f"{field}/parameters", f"{twice[1]!r} stands twice in the {twice[0]}"


def _texts_are_found(service: Service) -> Faults:
    generations, languages, profiles = set(service.errors.generations), {"en", "cn"}, {"documented", "live"}
    for code, entry in service.errors.codes.items():
        for generation in entry.texts.keys() - generations:
            yield "errors.yaml", f"codes/{code}/texts", f"{generation!r} is not among the generations"
    if service.errors.wire.keys() != profiles:
        yield "errors.yaml", "wire", f"exactly {sorted(profiles)} are expected"
    for field, order in _orders(service).items():
        if order.keys() != languages or any(set(chosen) - generations for chosen in order.values()):
            yield "errors.yaml", field, f"an order of generations for each of {sorted(languages)} is expected"
        for code, entry in service.errors.codes.items():
            if any(entry.texts.keys().isdisjoint(chosen) for chosen in order.values()):
                yield "errors.yaml", field, f"finds no text for {code}"


def _orders(service: Service) -> dict[str, Mapping[str, tuple[str, ...]]]:
    tables = {f"tables/{name}/texts": table.texts for name, table in service.errors.tables.items()}
    wires = service.errors.wire.items()
    return {**tables, **{f"wire/{name}/texts": wire.texts for name, wire in wires if not isinstance(wire.texts, str)}}


def _codes_are_listed(service: Service) -> Faults:
    codes = service.errors.codes
    for name, table in service.errors.tables.items():
        for code in (*table.lists, *table.nearest, *table.nearest.values()):
            if code not in codes:
                yield "errors.yaml", f"tables/{name}", f"code {code} is not listed under codes"
        for stand_in in table.nearest.values():
            if stand_in not in table.lists:
                yield "errors.yaml", f"tables/{name}/nearest", f"code {stand_in} is not in the table itself"
        for code, entry in codes.items():
            for cause, detail in entry.causes.items():
                if name not in detail.not_on and code not in {*table.lists, *table.nearest}:
                    yield "errors.yaml", f"tables/{name}/lists", f"code {code} is raised ({cause}) but not listed"


def _statuses_are_listed(service: Service) -> Faults:
    """A status that no page lists would never be seen: such pages answer 200."""
    listed = {200, *(status for operation in service.operations.values() for status in operation.statuses)}
    for code, entry in service.errors.codes.items():
        if entry.http not in listed:
            yield "errors.yaml", f"codes/{code}/http", f"{entry.http} is listed by no page, so all would answer 200"


def _causes_are_those_raised(service: Service) -> Faults:
    listed: dict[str, int] = {}
    for code, entry in service.errors.codes.items():
        for cause, detail in entry.causes.items():
            field = f"codes/{code}/causes/{cause}"
            if cause in listed:
                yield "errors.yaml", field, f"already belongs to {listed[cause]}"
            if cause not in set(Cause):
                yield "errors.yaml", field, "is nothing the emulator raises"
            if detail.live is not None and detail.live not in service.errors.codes:
                yield "errors.yaml", field, f"code {detail.live} is not listed under codes"
            for name in detail.not_on:
                if name not in service.errors.tables:
                    yield "errors.yaml", field, f"{name!r} is no table"
            listed[cause] = code
    for cause in Cause:
        if cause not in listed:
            yield "errors.yaml", "codes", f"no code has the cause {cause.value!r}, which the emulator raises"


def _credentials_are_known(service: Service) -> Faults:
    schemes = service.components.get("securitySchemes", {})
    for requirement in service.security:
        for scheme in requirement:
            if scheme not in schemes:
                yield "components.yaml", "security", f"{scheme!r} is no security scheme"


def _statuses_have_words(service: Service) -> Faults:
    codes = service.components.get("schemas", {}).get("SimpleLegalStatusList", {}).get("x-meaning", {})
    for code in codes:
        if code not in service.values.simple_legal_status_words:
            yield "decisions.yaml", "decisions/simple_legal_status_words/value", f"has no word for {code}"


CHECKS = (
    _paths_are_not_shared,
    _names_exist,
    _bounds_and_keys_are_there,
    _operations_can_be_reached,
    _texts_are_found,
    _codes_are_listed,
    _statuses_are_listed,
    _causes_are_those_raised,
    _credentials_are_known,
    _statuses_have_words,
    rules.checked,
)


def sources_exist(service: Service, documents: Mapping[str, Any]) -> Faults:
    """Every evidence anywhere names a source of service.yaml, and so does every side of a contradiction."""
    operations = service.operations.values()
    fragments = [(operation.file, operation.fragment) for operation in operations]
    heads = [(operation.file, {"x-evidence": operation.evidence.model_dump()}) for operation in operations]
    for file, document in [*documents.items(), *fragments, *heads]:
        for field, source in _named_sources(document, ""):
            if source not in service.sources:
                yield file, field, f"{source!r} is not among the sources of service.yaml"


def _named_sources(node: Any, field: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, Mapping):
        if "source" in node and ("grade" in node or "says" in node):
            yield f"{field}/source".removeprefix("/"), node["source"]
        for name, part in node.items():
            yield from _named_sources(part, f"{field}/{name}")
    elif isinstance(node, (list, tuple)):
        for index, part in enumerate(node):
            yield from _named_sources(part, f"{field}/{index}")
