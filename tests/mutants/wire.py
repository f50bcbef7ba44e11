"""Answers changed on their way out: the body of an operation's successes or failures, a header, the whole."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson

from emulator.server.messages import Answer, Request
from emulator.spec.models import Operation
from tests.mutants.mutant import Respond

Edit = Callable[[Any], Any]  # of a body that was read; what it gives back is written
Wrap = Callable[[Respond], Respond]


def edited(operation: Operation | None, edit: Edit) -> Wrap:
    """Bodies of an operation's answers changed, those of all operations when it is None."""

    def change(request: Request, answer: Answer) -> Answer:
        return replace(answer, body=orjson.dumps(edit(orjson.loads(answer.body)))) if _is_json(answer) else answer

    return changed(operation, change)


def changed(operation: Operation | None, change: Callable[[Request, Answer], Answer]) -> Wrap:
    """Whole answers of an operation changed."""

    def wrap(respond: Respond) -> Respond:
        def answer(request: Request) -> Answer:
            given = respond(request)
            hit = operation is None or (request.path, request.method) == (operation.path, operation.method)
            return change(request, given) if hit and given.body else given

        return answer

    return wrap


def succeeded(body: Any) -> bool:
    return isinstance(body, dict) and body.get("error_code", 0) == 0 and body.get("status") is not False


def with_header(name: str, value: str | None) -> Wrap:
    """A header of every answer replaced, or taken away."""

    def change(request: Request, answer: Answer) -> Answer:
        others = tuple((each, text) for each, text in answer.headers if each.lower() != name.lower())
        had = len(others) < len(answer.headers)
        return replace(answer, headers=(*others, (name, value)) if value is not None and had else others)

    return changed(None, change)


def is_json(answer: Answer) -> bool:
    return _is_json(answer)


def _is_json(answer: Answer) -> bool:
    return answer.body[:1] == b"{" and answer.status < 500


Steps = tuple[str, ...]  # names of members; `[]` for every item of a list


def at(body: Any, steps: Steps, act: Callable[[Any, str], None]) -> None:
    """Do something to every holder of a member that the steps lead to, where the answer has it."""
    if not isinstance(body, (dict, list)):
        return
    first, *rest = steps
    if first == "[]":
        for item in body if isinstance(body, list) else ():
            at(item, tuple(rest), act)
    elif isinstance(body, dict) and first in body:
        if rest:
            at(body[first], tuple(rest), act)
        else:
            act(body, first)


def fields(schema: Any, above: Steps = ()) -> "list[tuple[Steps, Any]]":
    """Every member that a schema names, with its own schema, from the top down."""
    found: list[tuple[Steps, Any]] = []
    for name, part in schema.get("properties", {}).items():
        found += [((*above, name), part), *fields(part, (*above, name))]
    if "items" in schema:
        found += fields(schema["items"], (*above, "[]"))
    return found
