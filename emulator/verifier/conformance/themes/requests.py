"""What requests must have and must not: required parameters, JSON types, doubles, nulls, names no page has."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from emulator.contract.shapes import evidence_of
from emulator.errors import Cause
from emulator.spec.evidence import OURS
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance import judging
from emulator.verifier.conformance.answers import Answer
from emulator.verifier.conformance.caller import written
from emulator.verifier.conformance.case import Case, Need, beside, case
from emulator.verifier.conformance.places import Place, least, parameters, places, whole
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage
from emulator.verifier.conformance.themes.examples import needs
from emulator.verifier.conformance.themes.limits import refused
from emulator.verifier.conformance.values import wrong_types

UNKNOWN_NAME = "colour"  # documented nowhere


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        if operation.security != "shared":
            continue
        for place in places(operation):
            if place.required:
                yield _missing(place)
            yield from _mistyped(place)
        for place in parameters(operation):
            yield from _null(place)
            if place.in_query:
                yield _doubled(place)
        if operation.any_of:
            yield _none_given(operation)
        yield _undocumented(operation)
        yield _undocumented_strict(operation)
        if operation.body is not None and operation.body.media_type == "application/json":
            yield from _unreadable(operation)


def _missing(place: Place) -> Case:
    operation = place.operation

    def script(stage: Stage) -> Iterator[str]:
        yield from _invalid(stage, operation, stage.account.call(operation, place.cut()), place.written)

    title = f"without {place.written} the call is refused"
    return case("required", operation, place.written, title, script, evidence=place.schema["x-evidence"])


def _invalid(stage: Stage, operation: Operation, answer: Answer, *names: str) -> Iterator[str]:
    return judging.refused(stage, operation, answer, Cause.PARAMETER_INVALID, *names)


def _mistyped(place: Place) -> Iterator[Case]:
    operation = place.operation
    trials = list(wrong_types(place))
    proof = evidence_of(place.schema, "type", operation.evidence.model_dump())
    for kind, some in groupby(trials, key=lambda trial: trial.rule):
        wrong = list(some)
        yield case(
            "type", operation, f"{place.written}/{kind}", f"{place.written} as {kind} is refused",
            lambda stage, wrong=wrong: refused(operation, wrong, stage),  # type: ignore[misc]
            evidence=proof, calls=len(wrong),
        )  # fmt: skip


def _null(place: Place) -> Iterator[Case]:
    """An empty optional counts as absent, an empty required one is missing."""
    operation = place.operation
    if place.schema.get("format") == "binary":
        return
    empty: list[Any] = [""] if place.in_query else ["", None]

    def script(stage: Stage) -> Iterator[str]:
        for value in empty:
            answer = stage.account.call(operation, {**least(operation), place.top: value})
            if place.required or place.top in operation.any_of[:1]:
                yield from _invalid(stage, operation, answer)
            elif answer.code != 0:
                yield f"{place.top} as {value!r}: refused with {answer.told}"

    cost = 0 if place.required else len(empty) * price(operation, least(operation))
    yield case(
        "empty", operation, place.top, f"{place.top} that is empty counts as absent", script,
        evidence=OURS, calls=len(empty), credits=cost, needs=needs(operation),
    )  # fmt: skip


def _doubled(place: Place) -> Case:
    operation = place.operation

    def script(stage: Stage) -> Iterator[str]:
        twice = [(place.top, written(whole(operation)[place.top]))]
        yield from _invalid(stage, operation, stage.account.call(operation, place.base(), more_query=twice), place.top)

    return case("doubled", operation, place.top, f"{place.top} twice is refused", script, evidence=OURS)


def _none_given(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        values = {name: value for name, value in least(operation).items() if name not in operation.any_of}
        yield from _invalid(stage, operation, stage.account.call(operation, values), *operation.any_of)
        for name in operation.any_of:
            example = whole(operation)[name]
            answer = stage.account.call(operation, {**values, name: example})
            if answer.code != 0:
                yield f"with {name} alone: refused with {answer.told}"

    title = f"one of {', '.join(operation.any_of)} must be given, and any of them is enough"
    cost = sum(price(operation, {name: whole(operation)[name]}) for name in operation.any_of)
    return case(
        "any of", operation, "", title, script,
        evidence=operation.any_of_evidence, calls=1 + len(operation.any_of), credits=cost, needs=needs(operation),
    )  # fmt: skip


def _with_unknown(operation: Operation) -> dict[str, Any]:
    """A sound request with a parameter that no page documents."""
    return {**least(operation), UNKNOWN_NAME: b"red" if "multipart" in str(operation.body) else "red"}


def _undocumented(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        answer = stage.account.call(operation, _with_unknown(operation))
        if answer.code != 0:
            yield f"refused with {answer.told}"

    cost = price(operation, least(operation))
    title = "a parameter that no page documents is ignored"
    return case(
        "undocumented", operation, "ignored", title, script, evidence=OURS, credits=cost, needs=needs(operation)
    )


def _undocumented_strict(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.configure(strict=True)
        yield from _invalid(stage, operation, stage.account.call(operation, _with_unknown(operation)), UNKNOWN_NAME)

    title = "a strict account refuses a parameter that no page documents"
    return case("undocumented", operation, "strict", title, script, evidence=OURS, needs=(Need.CONTROL,))


def _unreadable(operation: Operation) -> Iterator[Case]:
    bodies = {"broken": b'{"a":', "text": b"text", "list": b"[]", "number": b"7"}

    def script(stage: Stage) -> Iterator[str]:
        in_query = {name: value for name, value in least(operation).items() if name in operation.names("query")}
        for name, content in bodies.items():
            let_in = stage.account.authorised()
            query = [*let_in["query"], *((key, written(value)) for key, value in in_query.items())]
            headers = {**let_in["headers"], "Content-Type": "application/json"}
            answer = stage.account.send(operation.method, operation.path, query=query, headers=headers, content=content)
            cause = Cause.BODY_UNREADABLE if name in ("broken", "text") else Cause.PARAMETER_INVALID
            yield from beside(f"a body that is {name}", judging.refused(stage, operation, answer, cause))

    yield case(
        "body", operation, "", "a body that is no JSON object is refused", script, evidence=OURS, calls=len(bodies)
    )
