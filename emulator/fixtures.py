"""The folders of fixtures made into the world that all calls share, or a refusal that names file and field.

What is checked here needs more than the documents: that behaviours exist and get the parameters they read, that
every example passes its own rules, that reports have all their sentences.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from emulator.behaviours import comparison, corpus
from emulator.behaviours.table import BEHAVIOURS
from emulator.behaviours.world import World
from emulator.contract.answer import AnswerChecker
from emulator.contract.request import RawRequest, RequestChecker
from emulator.spec import loader, yaml
from emulator.spec.faults import SpecFault
from emulator.spec.models import Operation, Service
from emulator.store.base import Store


def read_world(overlay: Path | None, store: Store) -> World:
    """The shipped documents with a folder laid over them. Raises SpecFault or CorpusFault."""
    folders = (loader.SHIPPED, *([overlay] if overlay else ()))
    service = loader.load(*folders[1:])
    _refuse_unfit_operations(service)
    known = yaml.read(loader.locate("corpus/known_pictures.yaml", folders))
    shape = yaml.read(loader.locate("corpus/patent.yaml", folders))
    patents = corpus.read(loader.locate("corpus/patents.jsonl", folders), shape, known)
    return World(service, store, patents, _texts(folders), loader.locate("fonts/ReportSans.ttf", folders))


def examples(service: Service) -> Mapping[str, Mapping[str, Any]]:
    """The pages' example requests of operations that record something, typed as real ones would be."""
    return {operation.id: _example(operation) for operation in service.operations.values() if operation.creates}


def check(world: World) -> None:
    """Everything a client could stumble over that a start does not compile anyway."""
    for operation in world.service.operations.values():
        try:
            RequestChecker(operation)
            AnswerChecker(world.service, operation)
        except ValueError as error:
            raise SpecFault(operation.file, "schemas", f"cannot be compiled: {error}") from error
        _example(operation)


def _refuse_unfit_operations(service: Service) -> None:
    for operation in service.operations.values():
        if operation.behaviour not in BEHAVIOURS:
            raise SpecFault(operation.file, "x-behaviour", f"{operation.behaviour!r} is nothing the emulator can do")
        behaviour = BEHAVIOURS[operation.behaviour]
        for name in behaviour.reads:
            parameter = operation.parameter(name)
            if parameter is None or not (parameter.required or "default" in parameter.schema_):
                reason = f"{operation.behaviour} reads {name!r}, which must be required or have a default"
                raise SpecFault(operation.file, "parameters", reason)
        if behaviour.creates is not (operation.creates is not None):
            raise SpecFault(operation.file, "x-creates", f"does not fit {operation.behaviour}")
        if behaviour.finds is not (operation.reads is not None):
            raise SpecFault(operation.file, "x-reads", f"does not fit {operation.behaviour}")


def _example(operation: Operation) -> Mapping[str, Any]:
    given = operation.example_values()
    if operation.body and operation.body.media_type == "multipart/form-data":
        return given
    query = tuple((name, str(value)) for name, value in given.items() if name in operation.names("query"))
    body = {name: value for name, value in given.items() if name in operation.names("body")}
    checked = RequestChecker(operation).check(RawRequest(query, body))
    for violation in checked.violations:
        raise SpecFault(operation.file, violation.where, f"the example breaks its own rules: {violation}")
    return checked.values


def _texts(folders: tuple[Path, ...]) -> Mapping[str, Any]:
    texts = {}
    for name, languages in (("comparison", ("cn", "en")), ("evaluation", ("cn", "en"))):
        file = loader.locate(f"texts/{name}.yaml", folders)
        texts[name] = yaml.read(file)
        for language in languages:
            if not isinstance(texts[name], Mapping) or not isinstance(texts[name].get(language), Mapping):
                raise SpecFault(file.name, language, "sentences in this language are expected")
            if name == "comparison":
                for field in comparison.missing_sentences(texts[name][language]):
                    raise SpecFault(file.name, f"{language}/{field}", "is missing")
    return texts
