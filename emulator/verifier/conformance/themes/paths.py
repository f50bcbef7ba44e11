"""Paths and methods: what no operation has is refused, and told apart from what another method would have."""

from collections.abc import Iterator

from emulator.errors import Cause
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance import judging
from emulator.verifier.conformance.case import Case, beside, case
from emulator.verifier.conformance.stage import Stage

_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")


def cases(service: Service) -> Iterator[Case]:
    known = {operation.path for operation in service.operations.values()}
    for operation in service.operations.values():
        yield _other_methods(operation, service)
        yield _other_paths(operation, known)


def _other_methods(operation: Operation, service: Service) -> Case:
    allowed = {one.method for one in service.operations.values() if one.path == operation.path}
    wrong = [method for method in _METHODS if method not in allowed]

    def script(stage: Stage) -> Iterator[str]:
        for method in wrong:
            answer = stage.account.send(method, operation.path)
            yield from beside(method, judging.refused(stage, operation, answer, Cause.METHOD_WRONG))

    proof = service.errors.codes[67200012].evidence
    title = f"{operation.path} is called with {operation.method} alone"
    return case("method", operation, "", title, script, evidence=proof, calls=len(wrong))


def _other_paths(operation: Operation, known: set[str]) -> Case:
    path = operation.path
    wrong = [one for one in (f"{path}/", f"{path}/more", f"/v2{path}", path.upper(), path[:-1]) if one not in known]

    def script(stage: Stage) -> Iterator[str]:
        for other in wrong:
            answer = stage.account.send(operation.method, other)
            yield from beside(other, judging.refused(stage, None, answer, Cause.PATH_UNKNOWN))

    title = "a path that is almost this one is unknown"
    return case("path", operation, "", title, script, calls=len(wrong))
