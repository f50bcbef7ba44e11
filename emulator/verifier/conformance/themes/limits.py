"""Both sides of every limit: the last value that is allowed, and the first that is not.

Limits are numbers, lengths, counts, lists of allowed values, formats, sizes of files, and values that go only with
values of another parameter.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from emulator.contract.shapes import evidence_of
from emulator.errors import Cause
from emulator.spec.models import Operation, Parameter, Service
from emulator.verifier.conformance import judging
from emulator.verifier.conformance.case import Case, beside, case
from emulator.verifier.conformance.places import Place, least, places
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage
from emulator.verifier.conformance.themes.examples import needs
from emulator.verifier.conformance.values import Trial, limits

RULE = "limit"
_WORDS = {"list-maxItems": "x-list", "list-enum": "x-list", "list-format": "x-list", "int64": "format"}


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        if operation.security == "shared":
            for place in places(operation):
                for rule, trials in groupby(limits(place), key=lambda trial: trial.rule):
                    yield from both_sides(place, rule, list(trials))
            yield from _alliances(operation)


def refused(operation: Operation, trials: Iterable[Trial], stage: Stage) -> Iterator[str]:
    """Whether each of some requests is refused for its cause."""
    for trial in trials:
        answer = stage.account.call(operation, trial.request)
        cause = trial.cause or Cause.PARAMETER_INVALID
        yield from beside(trial.shown, judging.refused(stage, operation, answer, cause, trial.place.top))


def both_sides(place: Place, rule: str, trials: list[Trial]) -> Iterator[Case]:
    """One case for what a rule allows and one for what it does not, where there are such trials."""
    operation, word = place.operation, _WORDS.get(rule, rule)
    proof = evidence_of(place.schema, word if word in place.schema else "format", operation.evidence.model_dump())
    sound, broken = [one for one in trials if one.cause is None], [one for one in trials if one.cause is not None]

    def accepted(stage: Stage) -> Iterator[str]:
        for trial in sound:
            answer = stage.account.call(operation, trial.request)
            if answer.code != 0:
                yield f"{trial.shown}: refused with {answer.told}"

    def not_accepted(stage: Stage) -> Iterator[str]:
        yield from refused(operation, broken, stage)

    about = f"{place.written}/{rule}"
    cost = sum(price(operation, trial.request) for trial in sound)
    if sound:
        yield case(
            RULE, operation, f"{about}/within", f"{place.written} within its {rule} is accepted", accepted,
            evidence=proof, calls=len(sound), credits=cost, needs=needs(operation),
        )  # fmt: skip
    if broken:
        yield case(
            RULE, operation, f"{about}/beyond", f"{place.written} beyond its {rule} is refused", not_accepted,
            evidence=proof, calls=len(broken),
        )  # fmt: skip


def _alliances(operation: Operation) -> Iterator[Case]:
    for parameter in operation.parameters:
        for other, allowed in parameter.schema_.get("x-allowed-by", {}).items():
            for ally in allowed:
                yield _alliance(operation, parameter, other, ally)


def _alliance(operation: Operation, parameter: Parameter, other: str, ally: str) -> Case:
    fitting = parameter.schema_["x-allowed-by"][other][ally]

    def script(stage: Stage) -> Iterator[str]:
        for value in parameter.schema_["enum"]:
            answer = stage.account.call(operation, {**least(operation), parameter.name: value, other: ally})
            if (answer.code == 0) is not (value in fitting):
                yield f"{parameter.name} {value} beside {other} {ally}: {answer.told}"

    title = f"{parameter.name} goes with {other} {ally} only as {', '.join(map(str, fitting))}"
    proof = evidence_of(parameter.schema_, "x-allowed-by", operation.evidence.model_dump())
    count = len(parameter.schema_["enum"])
    cost = len(fitting) * price(operation, least(operation))
    return case(
        RULE, operation, f"{parameter.name}/{other}-{ally}", title, script, evidence=proof, calls=count, credits=cost
    )
