"""The folders of fixtures made into the world that all calls share, or a refusal that names file and field.

What is checked here needs more than the documents: that behaviours exist and get the parameters they read, that
every example passes its own rules, that reports have all their sentences.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emulator.behaviours import drawings, verdict
from emulator.behaviours.own_patents import OwnPatents
from emulator.behaviours.patent_defaults import drawn_hash
from emulator.behaviours.recordings import RecordedAnswer, Recordings, key_of
from emulator.behaviours.stubs import counted
from emulator.behaviours.table import BEHAVIOURS
from emulator.behaviours.world import World
from emulator.contract.answer import AnswerChecker
from emulator.contract.request import RawRequest, RequestChecker
from emulator.contract.shapes import Shape
from emulator.corpus import reading
from emulator.corpus.consistency import Consistency
from emulator.corpus.form import PatentForm
from emulator.corpus.grammar import FILES, Grammar
from emulator.spec import examples as recorded
from emulator.spec import loader, yaml
from emulator.spec.examples import Example
from emulator.spec.faults import SpecFault
from emulator.spec.models import Operation, Service
from emulator.spec.typos import likely
from emulator.store.base import Store

_AS_IS = "with `as_is: true` it is kept all the same"


@dataclass(frozen=True)
class Fixtures:
    """Everything the folders say, read and compiled once.

    `examples` are the pages' example requests of operations that record something, typed as real ones would be;
    `recordings` what a server was heard to answer.
    """

    world: World
    checkers: Mapping[str, RequestChecker]
    examples: Mapping[str, Mapping[str, Any]]
    recordings: Recordings


def read(overlay: Path | None, store: Store) -> Fixtures:
    """The shipped documents with a folder laid over them. Raises SpecFault or CorpusFault."""
    folders = (loader.SHIPPED, *([overlay] if overlay else ()))
    service = loader.load(*folders[1:])
    _refuse_unfit_operations(service)
    checkers = {operation.id: _compiled(service, operation) for operation in service.operations.values()}
    examples = {operation.id: _example(operation, checkers[operation.id]) for operation in service.operations.values()}
    known = _known_pictures(loader.locate("corpus/known_pictures.yaml", folders))
    form = _form(loader.locate("corpus/patent.yaml", folders))
    grammar, consistency = _grammar(folders), _consistency(folders)
    patents = reading.read(loader.locate("corpus/patents.jsonl", folders), form, consistency, grammar, known)
    font = loader.locate("fonts/ReportSans.ttf", folders)
    own = OwnPatents(patents, form, grammar, consistency)
    world = World(service, store, patents, _texts(folders), font, own)
    recording = {name: values for name, values in examples.items() if service.operations[name].creates}
    return Fixtures(world, checkers, recording, _recordings(overlay, service, checkers))


def _compiled(service: Service, operation: Operation) -> RequestChecker:
    """The checker of an operation's requests; that of its answers, and its defaults, are tried as well."""
    try:
        checker = RequestChecker(operation, service.query_credentials())
        AnswerChecker(service, operation)
    except (ValueError, TypeError, AttributeError) as error:
        raise SpecFault(operation.file, "schemas", f"cannot be compiled: {' '.join(str(error).split())}") from error
    for parameter in operation.parameters:
        default = parameter.schema_.get("default")
        if "default" in parameter.schema_ and not Shape(parameter.schema_).fits(default):
            raise SpecFault(operation.file, f"{parameter.name}/default", f"{default!r} breaks its own schema")
    return checker


def _form(file: Path) -> PatentForm:
    shape = yaml.read(file)
    try:
        return PatentForm(dict(shape), drawings.PRODUCTS)
    except (ValueError, TypeError) as error:
        raise SpecFault(file.name, "whole file", f"is no schema: {' '.join(str(error).split())[:200]}") from error


def _grammar(folders: tuple[Path, ...]) -> Grammar:
    files = [loader.locate(f"corpus/{name}.yaml", folders) for name in FILES]
    try:
        return Grammar(*map(yaml.read, files))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        reason = f"{', '.join(file.name for file in files)} make no grammar: {' '.join(str(error).split())[:200]}"
        raise SpecFault(files[0].name, "whole file", reason) from error


def _consistency(folders: tuple[Path, ...]) -> Consistency:
    file = loader.locate("corpus/status.yaml", folders)
    try:
        return Consistency(yaml.read(file)["simple_legal_status"], drawn_hash)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise SpecFault(file.name, "simple_legal_status", "codes are expected for each simple status") from error


def _known_pictures(file: Path) -> Mapping[str, Mapping[str, Any]]:
    known = yaml.read(file)
    if not isinstance(known, Mapping):
        raise SpecFault(file.name, "whole file", "a mapping is expected")
    for url, drawing in known.items():
        fits = isinstance(drawing, Mapping) and drawing.get("product") in drawings.PRODUCTS
        if not fits or not isinstance(drawing.get("variation"), int):
            raise SpecFault(file.name, str(url)[:60], "a product that can be drawn and a variation are expected")
    return known


def _refuse_unfit_operations(service: Service) -> None:
    for operation in service.operations.values():
        if operation.behaviour not in BEHAVIOURS:
            hint = likely(operation.behaviour, BEHAVIOURS)
            raise SpecFault(
                operation.file, "x-behaviour", f"{operation.behaviour!r} is nothing the emulator can do{hint}"
            )
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


def _example(operation: Operation, checker: RequestChecker) -> Mapping[str, Any]:
    given = operation.example_values()
    if operation.body and operation.body.media_type == "multipart/form-data":
        return given
    query = tuple((name, str(value)) for name, value in given.items() if name in operation.names("query"))
    body = {name: value for name, value in given.items() if name in operation.names("body")}
    checked = checker.check(RawRequest(query, body))
    for violation in checked.violations:
        raise SpecFault(operation.file, violation.where, f"the example breaks its own rules: {violation}")
    return checked.values


def _texts(folders: tuple[Path, ...]) -> Mapping[str, Any]:
    """The sentences of reports; each language has all that the shipped file has in it."""
    texts = {}
    for name in ("comparison", "evaluation", "valuation"):
        file = loader.locate(f"texts/{name}.yaml", folders)
        texts[name], shipped = yaml.read(file), yaml.read(loader.SHIPPED / f"texts/{name}.yaml")
        for field in _lacking(texts[name], shipped, ""):
            raise SpecFault(file.name, field, "is missing")
    for language, sentences in texts["comparison"].items():
        for field in verdict.unfit_sentences(sentences):
            raise SpecFault("comparison.yaml", f"{language}/{field}", "is missing or asks for unknown words")
    return texts


def _lacking(texts: Any, shipped: Any, field: str) -> Iterator[str]:
    if isinstance(shipped, Mapping):
        for name, part in shipped.items():
            here = f"{field}/{name}".removeprefix("/")
            if not isinstance(texts, Mapping) or name not in texts:
                yield here
            else:
                yield from _lacking(texts[name], part, here)


def _recordings(overlay: Path | None, service: Service, checkers: Mapping[str, RequestChecker]) -> Recordings:
    """What the overlay's examples answer. Refusals of the platform follow from an account, and are not repeated."""
    answers: dict[str, dict[bytes, tuple[RecordedAnswer, ...]]] = {}
    for example in recorded.read(overlay, service.operations) if overlay else ():
        operation = service.operations[example.operation]
        if (source := example.recorded.evidence.source) not in service.sources:
            raise SpecFault(example.file, "recorded/evidence/source", f"{source[:60]!r} is not among the sources")
        values = _recorded_values(operation, example, checkers[operation.id])
        _refuse_recorded_answer(service, operation, example)
        told = _recorded_answer(service, operation, example)
        if values is not None and told is not None and operation.security == "shared":
            own = answers.setdefault(operation.id, {})
            key = key_of(operation, values)
            own[key] = (*own.get(key, ()), told)
    return Recordings(answers)


def _recorded_answer(service: Service, operation: Operation, example: Example) -> RecordedAnswer | None:
    body = example.answer.body
    code = body.get("error_code")
    if code == 0 and "data" in body:
        return RecordedAnswer(body["data"], _found(operation, example), example.file)
    known = service.errors.codes.get(code) if isinstance(code, int) else None
    if known is None or not isinstance(code, int) or known.kind == "platform":
        return None
    return RecordedAnswer(None, 0, example.file, code)


def _recorded_values(operation: Operation, example: Example, checker: RequestChecker) -> Mapping[str, Any] | None:
    """The parameters of a recorded request; None of one that no sound call is equal to."""
    checked = checker.check(RawRequest(example.request.query, example.request.body))
    if not checked.violations:
        return checked.values
    if example.as_is or example.answer.body.get("error_code") != 0:
        return None
    raise SpecFault(example.file, f"request/{checked.violations[0].where}", f"{checked.violations[0]}; {_AS_IS}")


def _refuse_recorded_answer(service: Service, operation: Operation, example: Example) -> None:
    if not example.as_is:
        for violation in AnswerChecker(service, operation).check(example.answer.body):
            raise SpecFault(example.file, f"answer/body/{violation.where}", f"{violation}; {_AS_IS}")


def _found(operation: Operation, example: Example) -> int:
    """How many results the price counts: by what was paid, else by what came."""
    amount, credits = example.answer.amount, operation.price.credits
    return amount // credits if amount is not None and credits else counted(example.answer.body.get("data"))
