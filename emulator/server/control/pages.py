"""What a page of the control API is, and what is made of all of them: routes, and an OpenAPI document.

A page is written down once; that it is served, described and refused by name when somebody mistypes a query all
follows from that. What pages do is not known here.
"""

import difflib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from emulator.server.control.answers import Refused
from emulator.spec.typos import likely

ALL, ONE = "/_emulator", "/_emulator/accounts/{account}"
_REFERENCE = "#/components/schemas/{model}"
_PARAMETERS = {
    "account": "The account's id: its client id, or `key-` and a digest.",
    "task": "The id of a task.",
    "patent": "The publication number or the id of a patent.",
    "fault": "The id of a planned fault.",
    "name": "The name of a checkpoint.",
}
_REFUSALS = {
    "400": "What was sent cannot be used; the sentence names the field.",
    "401": "The server listens off loopback and wants its control token.",
    "403": "The request comes from another web site.",
    "404": "There is no such account, task, patent, fault or checkpoint.",
    "409": "It cannot be done now: time would go back, an id names several things, or a snapshot is of another server.",
}


@dataclass(frozen=True)
class Page:
    """`path` stands below `/_emulator`; a page of `each` also stands below the path of every account.

    `query` names what may follow the question mark, with a sentence each; `made` is the status of a page that makes.
    """

    method: str
    path: str
    does: Callable[[Request], Awaitable[Response]]
    summary: str
    body: type[BaseModel] | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    each: bool = False
    made: bool = False

    @property
    def paths(self) -> tuple[str, ...]:
        return (ALL + self.path, ONE + self.path) if self.each else (ALL + self.path,)


def routes(pages: Iterable[Page]) -> list[Route]:
    """Those of the pages; and one behind them for what is no page, or not with this method."""
    pages = list(pages)
    served = [Route(path, _watched(page), methods=[page.method]) for page in pages for path in page.paths]
    return [*served, Route("/{path:path}", _Nowhere(served))]


class _Nowhere:
    """Says what was probably meant."""

    def __init__(self, served: Iterable[Route]) -> None:
        self._served = list(served)
        self._steps = {step for route in self._served for step in route.path.split("/") if step and "{" not in step}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        methods = {
            method
            for route in self._served
            if route.matches({**scope, "method": "GET"})[0] is not Match.NONE
            for method in route.methods or ()
        }
        if methods:
            raise HTTPException(
                405, f"is called with {', '.join(sorted(methods))}", {"Allow": ", ".join(sorted(methods))}
            )
        raise HTTPException(404, f"there is no such page{self._hint(request.url.path)}")

    def _hint(self, path: str) -> str:
        for step in path.removeprefix(ALL).split("/"):
            near = difflib.get_close_matches(step, self._steps, 1, 0.7)
            if step not in self._steps and near:
                return f"; did you mean {near[0]} where {step[:60]} stands?"
        return ""


def _watched(page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        for name in request.query_params:
            if name not in page.query:
                raise Refused(400, f"{name} is not understood{likely(name, page.query)}")
        return await page.does(request)

    return answer


def document(pages: Iterable[Page], version: str, base_url: str) -> dict[str, Any]:
    """The control API as OpenAPI 3.1."""
    pages = list(pages)
    models = [(page.body, "validation") for page in pages if page.body is not None]
    named, schemas = models_json_schema(models, ref_template=_REFERENCE)  # type: ignore[arg-type]
    paths: dict[str, dict[str, Any]] = {}
    for page in pages:
        for path in page.paths:
            paths.setdefault(path, {})[page.method.lower()] = _described(page, path, named)
    description = "Steer the emulator: `/_emulator/accounts/{account}/...` is one account, `/_emulator/...` all."
    return {
        "openapi": "3.1.0",
        "info": {"title": "patsnap-emulator, the control API", "version": version, "description": description},
        "servers": [{"url": base_url}],
        "paths": paths,
        "components": {
            "schemas": schemas.get("$defs", {}) | {"Refusal": _refusal()},
            "securitySchemes": {"controlToken": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"controlToken": []}],
    }


def _described(page: Page, path: str, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    whose = "one account" if "{account}" in path else "all"
    answers: dict[str, Any] = {"200": _json("Done.", {"type": "object"})}
    if page.made:
        answers["201"] = _json("Made.", {"type": "object"})
    refused = {status: _json(told, {"$ref": _REFERENCE.format(model="Refusal")}) for status, told in _REFUSALS.items()}
    told: dict[str, Any] = {
        "operationId": f"{page.method.lower()}{path.removeprefix(ALL)}".translate(str.maketrans("/.", "__", "{}")),
        "summary": f"{page.summary} ({whose})" if page.each else page.summary,
        "parameters": [
            *(
                {"name": name, "in": "path", "required": True, "description": text, "schema": {"type": "string"}}
                for name, text in _PARAMETERS.items()
                if f"{{{name}}}" in path
            ),
            *(
                {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
                for name, text in page.query.items()
            ),
        ],
        "responses": answers | refused,
    }
    if page.body is not None:
        told["requestBody"] = {"content": {"application/json": {"schema": schemas[page.body, "validation"]}}}
    return told


def _json(description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _refusal() -> dict[str, Any]:
    return {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
