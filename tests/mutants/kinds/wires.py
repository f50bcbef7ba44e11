"""What surrounds the data: headers, envelope keys, bodies broken off, paths and methods."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from emulator.errors import ApiError, Cause
from emulator.server.messages import Answer, Request
from emulator.server.routing import Routes
from emulator.spec.models import Service
from tests.mutants.mutant import Mutant, Patch, touched
from tests.mutants.wire import changed, edited, succeeded, with_header

_RULES = ("example", "header", "envelope", "cause")


def headers(service: Service) -> list[Mutant]:
    """Headers missing, with another name, with the same value for ever."""
    said: dict[str, tuple[str, str | None]] = {
        "correlation id missing": (service.envelope.correlation_header, None),
        "correlation id always the same": (service.envelope.correlation_header, "5d7b4d6e-5c4c-4a2b-9a5d-3a2f6a0f8a11"),
        "correlation id empty": (service.envelope.correlation_header, ""),
        "amount missing": (service.envelope.amount_header, None),
        "amount always 0": (service.envelope.amount_header, "0"),
        "amount always 1": (service.envelope.amount_header, "1"),
        "content type missing": ("content-type", None),
        "content type text/html": ("content-type", "text/html"),
        "content type without charset": ("content-type", "application/json"),
        "Date missing": ("date", None),
        "Date stands still": ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
        "Date is no HTTP date": ("date", "2026-01-01T00:00:00Z"),
    }
    return [Mutant("header wrong", name, rules=_RULES, answers=with_header(*one)) for name, one in said.items()]


def envelopes(service: Service) -> list[Mutant]:
    """Keys of an envelope added or contradicting each other, at each operation."""
    return [
        Mutant(
            "envelope wrong",
            f"{operation.id}:{name}",
            touched(operation),
            _RULES,
            answers=edited(operation, edit),
        )
        for operation in service.operations.values()
        if operation.security == "shared"
        for name, edit in _EDITS.items()
    ]


def truncated(service: Service) -> list[Mutant]:
    """Bodies without their last byte, or empty, at each operation."""
    cuts: dict[str, Callable[[bytes], bytes]] = {"cut": lambda body: body[:-1], "empty": lambda body: b""}
    return [
        Mutant(
            "body broken off",
            f"{operation.id}:{name}",
            touched(operation),
            _RULES,
            answers=changed(operation, _cut(cut)),
        )
        for operation in service.operations.values()
        for name, cut in cuts.items()
    ]


def routes(service: Service) -> list[Mutant]:
    """Each path under any method, and each gone; paths in other letters or with a slash at the end."""
    found = []
    for operation in service.operations.values():
        for name, make in (("any method", _any_method(operation.path)), ("gone", _gone(operation.path))):
            patch = Patch(Routes, "called", make)
            found.append(
                Mutant(
                    "route wrong",
                    f"{operation.id}:{name}",
                    touched(operation),
                    ("method", "path", "example"),
                    patches=(patch,),
                )
            )
    for name, lead in (
        ("a slash at the end", lambda path: path.rstrip("/")),
        ("other letters", lambda path: path.lower()),
    ):
        patches = tuple(Patch(Routes, each, _led(lead)) for each in ("at",))
        found.append(
            Mutant(
                "route wrong",
                f"every path:{name}",
                rules=("path", "method"),
                patches=(*patches, Patch(Routes, "called", _led_call(lead))),
            )
        )
    return found


def _set(**members: Any) -> Callable[[Any], Any]:
    return lambda body: {**body, **members}


def _when(success: bool, edit: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda body: edit(body) if succeeded(body) is success else body


_EDITS: dict[str, Callable[[Any], Any]] = {
    "data null in failures": _when(False, _set(data=None)),
    "data in failures": _when(False, _set(data={})),
    "error_msg in successes": _when(True, _set(error_msg="")),
    "status true in failures": _when(False, _set(status=True)),
    "status false in successes": _when(True, _set(status=False)),
    "error_code text": lambda body: {**body, "error_code": str(body["error_code"])},
    "error_msg empty": _when(False, _set(error_msg="")),
    "wrapped once more": lambda body: {"data": body, "status": True, "error_code": 0},
    "a list around it": lambda body: [body],
}


def _cut(cut: Callable[[bytes], bytes]) -> Callable[[Request, Answer], Answer]:
    return lambda request, answer: replace(answer, body=cut(answer.body))


def _any_method(path: str) -> Any:
    def make(called: Any) -> Any:
        def act(self: Routes, method: str, asked: str) -> Any:
            return self.at(asked) if asked == path else called(self, method, asked)

        return act

    return make


def _gone(path: str) -> Any:
    def make(called: Any) -> Any:
        def act(self: Routes, method: str, asked: str) -> Any:
            if asked == path:
                raise ApiError(Cause.PATH_UNKNOWN, "a mutant has lost this path")
            return called(self, method, asked)

        return act

    return make


def _led(lead: Callable[[str], str]) -> Any:
    return lambda at: lambda self, path: at(self, _known(self, path, lead))


def _led_call(lead: Callable[[str], str]) -> Any:
    return lambda called: lambda self, method, path: called(self, method, _known(self, path, lead))


def _known(routes: Any, path: str, lead: Callable[[str], str]) -> str:
    """The path of an operation that is meant, when it is led back to one."""
    if path in routes._paths:
        return path
    return next((one for one in routes._paths if lead(path) == lead(one)), path)
