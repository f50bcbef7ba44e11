"""The folder of fixtures made into one `Service`, or a refusal to start that names file and field.

Reads files and lays overlays over them; what must hold between files stands in `checks`.
"""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from emulator.spec import yaml
from emulator.spec.checks import CHECKS, sources_exist
from emulator.spec.drills import Drills
from emulator.spec.errors import Errors
from emulator.spec.examples import FOLDER as EXAMPLES
from emulator.spec.faults import SpecFault
from emulator.spec.models import Decision, Operation, Service, Values
from emulator.spec.operations import read_operation
from emulator.spec.rules import ClientRules
from emulator.spec.schemas import Components

SHIPPED = next(
    folder
    for folder in (Path(__file__).parents[1] / "_fixtures", Path(__file__).parents[2] / "fixtures")
    if folder.is_dir()
)
_READ = (".yaml", ".jsonl", ".ttf")
_OPERATIONS = "operations"
_WHOLE = ("service", "errors", "decisions", "components", "rules")  # files that are no operation


class _Decisions(BaseModel):
    decisions: dict[str, Decision]


def load(*overlays: Path) -> Service:
    """The shipped documents, with whole files of the overlay folders laid over files of the same name."""
    folders = (SHIPPED, *overlays)
    for overlay in overlays:
        _refuse_strangers(overlay)
    files = {name: locate(f"{name}.yaml", folders) for name in _WHOLE}
    documents = {name: _mapping(file) for name, file in files.items()}
    components = Components(files["components"].name, documents["components"])
    decisions = validated(_Decisions, documents["decisions"], files["decisions"]).decisions
    document = {
        **documents["service"],
        "errors": validated(Errors, _with_evidence(documents["errors"]), files["errors"]),
        "decisions": decisions,
        "client_rules": validated(ClientRules, documents["rules"], files["rules"]),
        "values": _values(decisions, files["decisions"]),
        "operations": _operations(folders, components),
        "security": documents["components"].get("security"),
        "components": documents["components"]["components"],
    }
    service: Service = validated(Service, document, files["service"])
    for check in CHECKS:
        for file_name, field, reason in check(service):
            raise SpecFault(file_name, field, reason)
    for file_name, field, reason in sources_exist(service, {files[name].name: documents[name] for name in files}):
        raise SpecFault(file_name, field, reason)
    return service


def drills(service: Service, *overlays: Path) -> Drills:
    """The mishaps that a client is taken through; read for those who drill alone."""
    file = locate("drills.yaml", (SHIPPED, *overlays))
    document = _mapping(file)
    read: Drills = validated(Drills, document, file)
    for name, drill in read.drills.items():
        for fault in drill.faults:
            if fault.error is not None and fault.error not in service.errors.codes:
                raise SpecFault(file.name, f"drills/{name}/faults", f"code {fault.error} is not in errors.yaml")
    for file_name, field, reason in sources_exist(service, {file.name: document}):
        raise SpecFault(file_name, field, reason)
    return read


def locate(name: str, folders: tuple[Path, ...]) -> Path:
    """The file of that name in the last folder that has one."""
    return next((folder / name for folder in reversed(folders) if (folder / name).exists()), folders[0] / name)


def validated(model: type[BaseModel], document: Any, file: Path) -> Any:
    """The document as a model; a fault of the model becomes one that names the file and the field."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        message = first["msg"].removeprefix("Value error, ")
        raise SpecFault(file.name, "/".join(map(str, first["loc"])), message) from error


def _refuse_strangers(overlay: Path) -> None:
    """A file that lies over nothing is a mistake in its name."""
    for file in sorted(overlay.rglob("*")):
        name = file.relative_to(overlay)
        if file.suffix in _READ and name.parts[0] not in (_OPERATIONS, EXAMPLES) and not (SHIPPED / name).exists():
            raise SpecFault(name, "whole file", "lies over no shipped file, and is no operation or example")


def _mapping(file: Path) -> dict[str, Any]:
    document = yaml.read(file)
    if not isinstance(document, dict):
        raise SpecFault(file.name, "whole file", "a mapping is expected")
    return document


def _values(decisions: dict[str, Decision], file: Path) -> Values:
    for name in Values.model_fields:
        if name not in decisions:
            raise SpecFault(file.name, f"decisions/{name}", "is missing, and code reads its value")
    given = {name: decisions[name].value for name in Values.model_fields}
    values: Values = validated(Values, given, file)
    return values


def _operations(folders: tuple[Path, ...], components: Components) -> dict[str, Operation]:
    found = {file.relative_to(folder): file for folder in folders for file in (folder / _OPERATIONS).rglob("*.yaml")}
    operations: dict[str, Operation] = {}
    for name in sorted(found):
        operation = _operation(found[name], components)
        if operation.id in operations:
            raise SpecFault(name, "operationId", f"{operation.id!r} is already in {operations[operation.id].file}")
        operations[operation.id] = operation
    return operations


def _operation(file: Path, components: Components) -> Operation:
    try:
        return read_operation(file, yaml.read(file), components)
    except ValidationError as error:
        first = error.errors()[0]
        raise SpecFault(file.name, "/".join(map(str, first["loc"])), first["msg"]) from error
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise SpecFault(file.name, "paths", f"cannot be understood: {error!r}") from error


def _with_evidence(document: dict[str, Any]) -> dict[str, Any]:
    """The errors; a code without evidence of its own has that of the file."""
    default, codes = document.get("evidence"), document.get("codes")
    if isinstance(codes, dict):
        own = {code: entry if isinstance(entry, dict) else {} for code, entry in codes.items()}
        codes = {code: {"evidence": default, **entry} for code, entry in own.items()}
    return {**{name: value for name, value in document.items() if name != "evidence"}, "codes": codes}
