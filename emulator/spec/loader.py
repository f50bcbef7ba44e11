"""The folder of fixtures made into one `Service`, or a refusal to start that names file and field.

Checks here what no single file can: paths that two operations share, tables, lives, sources and operations that
are referred to but do not exist, and that the causes of `errors.yaml` are exactly those the emulator raises.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from emulator.errors import Cause
from emulator.spec import yaml
from emulator.spec.faults import SpecFault
from emulator.spec.models import Decision, Errors, Evidence, Operation, Service
from emulator.spec.operations import read_operation
from emulator.spec.schemas import Components

SHIPPED = next(
    folder
    for folder in (Path(__file__).parents[1] / "_fixtures", Path(__file__).parents[2] / "fixtures")
    if folder.is_dir()
)


def load(*overlays: Path) -> Service:
    """The shipped documents, with whole files of the overlay folders laid over files of the same name."""
    folders = (SHIPPED, *overlays)
    service_file, errors_file, decisions_file, components_file = (
        locate(name, folders) for name in ("service.yaml", "errors.yaml", "decisions.yaml", "components.yaml")
    )
    components = Components(components_file.name, yaml.read(components_file))
    operations: dict[str, Operation] = {}
    for file in _operation_files(folders):
        operation = _read_one(file, components)
        if operation.id in operations:
            raise SpecFault(file, "operationId", f"{operation.id!r} is already in {operations[operation.id].file}")
        operations[operation.id] = operation
    document = {
        **yaml.read(service_file),
        "errors": _errors(errors_file),
        "decisions": yaml.read(decisions_file)["decisions"],
        "operations": operations,
        "components": yaml.read(components_file)["components"],
    }
    service: Service = validated(Service, document, service_file)
    for check in CHECKS:
        for file_name, field, reason in check(service):
            raise SpecFault(file_name, field, reason)
    return service


def locate(name: str, folders: tuple[Path, ...]) -> Path:
    """The file of that name in the last folder that has one."""
    return next((folder / name for folder in reversed(folders) if (folder / name).exists()), folders[0] / name)


def validated(model: type[BaseModel], document: Any, file: Path) -> Any:
    """The document as a model; a fault of the model becomes one that names the file and the field."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        raise SpecFault(file.name, "/".join(map(str, first["loc"])), first["msg"]) from error


def _operation_files(folders: tuple[Path, ...]) -> list[Path]:
    found = {
        file.relative_to(folder): file for folder in folders for file in sorted((folder / "operations").rglob("*.yaml"))
    }
    return [found[name] for name in sorted(found)]


def _read_one(file: Path, components: Components) -> Operation:
    try:
        return read_operation(file, yaml.read(file), components)
    except ValidationError as error:
        first = error.errors()[0]
        raise SpecFault(file.name, "/".join(map(str, first["loc"])), first["msg"]) from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise SpecFault(file.name, "paths", f"cannot be understood: {error!r}") from error


def _errors(file: Path) -> Errors:
    """The error file; a code without evidence of its own has that of the file."""
    document = yaml.read(file)
    default = document.pop("evidence", None)
    for entry in document.get("codes", {}).values():
        entry.setdefault("evidence", default)
    errors: Errors = validated(Errors, document, file)
    return errors


def _shared_paths(service: Service) -> Iterator[tuple[str, str, str]]:
    taken: dict[tuple[str, str], Operation] = {}
    for operation in service.operations.values():
        other = taken.setdefault((operation.method, operation.path), operation)
        if other is not operation:
            yield operation.file, f"paths{operation.path}", f"{operation.method} is already in {other.file}"


def _references(service: Service) -> Iterator[tuple[str, str, str]]:
    known: Mapping[str, Any] = {
        "x-lives": service.lives,
        "x-error-table": service.errors.tables,
        "x-reads": service.operations,
        "x-after": service.operations,
    }
    for operation in service.operations.values():
        lives = (*operation.lives, operation.creates.life) if operation.creates else operation.lives
        used = {
            "x-lives": lives,
            "x-error-table": (operation.error_table,),
            "x-reads": (operation.reads,) if operation.reads else (),
            "x-after": operation.after,
        }
        for word, names in used.items():
            for name in names:
                if name not in known[word]:
                    yield operation.file, word, f"{name!r} does not exist"


def _codes(service: Service) -> Iterator[tuple[str, str, str]]:
    codes = service.errors.codes
    for name, table in service.errors.tables.items():
        for code in (*table.lists, *table.nearest, *table.nearest.values()):
            if code not in codes:
                yield "errors.yaml", f"tables/{name}", f"code {code} is not listed under codes"
        for stand_in in table.nearest.values():
            if stand_in not in table.lists:
                yield "errors.yaml", f"tables/{name}/nearest", f"code {stand_in} is not in the table itself"


def _words(service: Service) -> Iterator[tuple[str, str, str]]:
    generations, languages, profiles = set(service.errors.generations), {"en", "cn"}, {"documented", "live"}
    for code, entry in service.errors.codes.items():
        for generation in entry.texts.keys() - generations:
            yield "errors.yaml", f"codes/{code}/texts", f"{generation!r} is not understood"
    if service.errors.wire.keys() != profiles:
        yield "errors.yaml", "wire", f"exactly {sorted(profiles)} are expected"
    orders = {f"tables/{name}/texts": table.texts for name, table in service.errors.tables.items()}
    orders |= {
        f"wire/{name}/texts": wire.texts for name, wire in service.errors.wire.items() if isinstance(wire.texts, dict)
    }
    for field, order in orders.items():
        for code, entry in service.errors.codes.items():
            if any(entry.texts.keys().isdisjoint(chosen) for chosen in order.values()):
                yield "errors.yaml", field, f"finds no text for {code}"
        if order.keys() != languages or any(set(chosen) - generations for chosen in order.values()):
            yield "errors.yaml", field, f"an order of {sorted(generations)} for each of {sorted(languages)} is expected"


def _causes(service: Service) -> Iterator[tuple[str, str, str]]:
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
            listed[cause] = code
    for cause in Cause:
        if cause not in listed:
            yield "errors.yaml", "codes", f"no code has the cause {cause.value!r}, which the emulator raises"


def _sources(service: Service) -> Iterator[tuple[str, str, str]]:
    for where, evidence in _evidence(service):
        if evidence.source not in service.sources:
            yield where, "evidence/source", f"{evidence.source!r} is not among the sources of service.yaml"
    for name, decision in service.decisions.items():
        for side in decision.sides:
            if side.source not in service.sources:
                yield "decisions.yaml", f"{name}/sides", f"{side.source!r} is not among the sources of service.yaml"


def _evidence(service: Service) -> Iterator[tuple[str, Evidence]]:
    for operation in service.operations.values():
        yield operation.file, operation.evidence
        yield from ((operation.file, note.evidence) for note in operation.notes)
        yield from ((operation.file, parameter.evidence) for parameter in operation.parameters)
    yield from (("service.yaml", life.evidence) for life in service.lives.values())
    yield from (("errors.yaml", entry.evidence) for entry in service.errors.codes.values())
    yield from (("errors.yaml", evidence) for evidence in service.errors.generations.values())
    decisions: Mapping[str, Decision] = service.decisions
    yield from (("decisions.yaml", decision.evidence) for decision in decisions.values())


CHECKS = (_shared_paths, _references, _words, _codes, _causes, _sources)
