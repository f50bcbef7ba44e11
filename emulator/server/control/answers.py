"""How the control API answers: JSON, and for what it cannot take one plain sentence naming the field."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any, get_args

import orjson
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from emulator.spec.typos import likely

LARGEST_BODY = 1024 * 1024
_PATIENCE_S = 30


class Json(Response):
    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content)


class Refused(Exception):
    """A request of the control API that cannot be granted: status and sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence.encode("utf-8", "backslashreplace").decode()  # it may tell a name that is no text


async def body_of(request: Request, largest: int = LARGEST_BODY) -> dict[str, Any]:
    """The JSON object of a request; an empty body is an empty object."""
    value = await json_of(request, largest)
    if not isinstance(value, dict):
        raise Refused(400, "the body is not a JSON object")
    return value


async def json_of(request: Request, largest: int = LARGEST_BODY) -> Any:
    """The JSON of a request, whatever it is; an empty body is an empty object."""
    raw = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE_S):
            async for chunk in request.stream():
                raw += chunk
                if len(raw) > largest:
                    raise Refused(413, f"the body is longer than {largest} bytes")
    except TimeoutError as error:
        raise Refused(408, f"the body did not come within {_PATIENCE_S} seconds") from error
    try:
        return json.loads(bytes(raw), object_pairs_hook=_once) if raw.strip() else {}
    except (ValueError, RecursionError) as error:
        raise Refused(400, f"the body is not JSON: {error}") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a member that occurs twice is refused."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Refused(400, f"{name} occurs twice")
        found[name] = value
    return found


def keepable(field: str, value: Any) -> None:
    """Refuse what Python reads in JSON and no store can keep, before it is found out too late."""
    try:
        kept = orjson.loads(orjson.dumps(value))
    except (TypeError, ValueError) as error:
        raise Refused(400, f"{field}: cannot be kept: {error}") from error
    if kept != value:
        raise Refused(400, f"{field}: cannot be kept: it holds a number that is none, or is without end")


def parsed(model: type[BaseModel], value: Mapping[str, Any]) -> Any:
    """The value as a model, or a refusal that names the field and, for a typo, the likely word."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        field = ".".join(map(str, first["loc"])) or "the body"
        if first["type"] == "extra_forbidden":
            fields = _model_at(model, first["loc"]).model_fields
            raise Refused(400, f"{field} is not understood{likely(str(first['loc'][-1]), fields)}") from error
        raise Refused(400, f"{field}: {first['msg'].removeprefix('Value error, ')}") from error


def _model_at(model: type[BaseModel], where: tuple[int | str, ...]) -> type[BaseModel]:
    """The model that a place stands in; models stand in fields, or in lists of a field."""
    for step in where[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            annotation = model.model_fields[step].annotation
            inner = (one for one in (annotation, *get_args(annotation)) if isinstance(one, type))
            model = next((one for one in inner if issubclass(one, BaseModel)), model)
    return model


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return Json({"error": error.sentence}, error.status)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return Json({"error": f"{request.method} {request.url.path}: {error.detail}"}, error.status_code, error.headers)


def _fault(request: Request, error: Exception) -> Response:
    return Json({"error": f"a fault of the emulator: {type(error).__name__}; its log has the traceback"}, 500)


def _gone(request: Request, error: Exception) -> Response:
    return Json({"error": "the client went away"}, 400)


EXCEPTION_HANDLERS: Mapping[Any, Callable[[Request, Exception], Response]] = {
    Refused: _refused,
    HTTPException: _http,
    ClientDisconnect: _gone,
    Exception: _fault,
}
