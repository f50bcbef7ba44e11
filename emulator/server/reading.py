"""The body of a request as plain data: JSON, form fields or files.

Everything that cannot be read is one cause; what the data must look like is the contract's business.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson
import python_multipart
from python_multipart.exceptions import FormParserError

from emulator.behaviours.world import Upload
from emulator.contract.request import RawRequest
from emulator.errors import ApiError, Cause
from emulator.server.messages import MOST_FIELDS, Request
from emulator.spec.models import Bound, Operation

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
_IN_MEMORY = {"MAX_MEMORY_FILE_SIZE": 1 << 30}  # bodies are bounded before; nothing goes to a temporary file


def read(operation: Operation, request: Request, bounds: Mapping[str, Bound]) -> RawRequest:
    """Query and body as data. Raises ApiError for what cannot be read."""
    try:
        query = request.query
    except ValueError as error:
        raise ApiError(Cause.PARAMETER_INVALID, f"the query is not text in UTF-8: {error}") from error
    if operation.body is None:
        return RawRequest(query)
    match operation.body.media_type:
        case "multipart/form-data":
            return RawRequest(query, _multipart(request))
        case "application/x-www-form-urlencoded":
            _refuse_length(request, bounds["body"].at_most)
            return RawRequest(query, form_fields(request))
        case _:
            return RawRequest(query, _json(request, bounds))


def form_fields(request: Request) -> dict[str, str]:
    """The fields of a form body; none when the body is something else or cannot be read."""
    if request.media_type != FORM:
        return {}
    try:
        return dict(
            parse_qsl(request.body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
        )
    except ValueError:
        return {}


def _json(request: Request, bounds: Mapping[str, Bound]) -> Any:
    if request.media_type and request.media_type != "application/json" and not request.media_type.endswith("+json"):
        raise _unreadable(f"the content type is {request.media_type[:60]}, not application/json")
    _refuse_length(request, bounds["body"].at_most)
    if not request.body.strip():
        return {}
    try:
        value = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise _unreadable(f"the body is not JSON: {error}") from error
    if isinstance(value, (dict, list)):
        _refuse_depth(value, bounds["nesting"].at_most)
    _refuse_doubled_keys(request.body, value)
    return value


def _refuse_length(request: Request, most: int) -> None:
    if request.dropped or len(request.body) > most:
        raise _unreadable(f"the body is longer than {most} bytes")


def _refuse_depth(value: Any, deepest: int) -> None:
    """Look at the value level by level, so that no later step recurses deeper than it may."""
    level = [value]
    for _ in range(deepest):
        parts = (part for node in level for part in (node.values() if isinstance(node, dict) else node))
        level = [part for part in parts if isinstance(part, (dict, list))]
        if not level:
            return
    raise _unreadable(f"the body nests deeper than {deepest}")


def _refuse_doubled_keys(body: bytes, value: Any) -> None:
    """A key that occurs twice is lost in parsing; seen by its colon, and only then looked for."""
    if b"\\" not in body and body.count(b'":') == orjson.dumps(value).count(b'":'):
        return
    try:
        json.loads(body, object_pairs_hook=_refuse_double)
    except RecursionError as error:
        raise _unreadable("the body nests too deep") from error


def _refuse_double(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen = dict(pairs)
    if len(seen) != len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise ApiError(Cause.PARAMETER_INVALID, f"the key {doubled[:60]!r} occurs twice in one object of the body")
    return seen


def _multipart(request: Request) -> dict[str, Any]:
    if request.media_type != MULTIPART:
        raise _unreadable(f"the content type is {request.media_type[:60] or 'missing'}, not {MULTIPART}")
    if request.dropped:
        raise ApiError(Cause.FILE_REFUSED, "the upload is longer than anything that is read")
    found: dict[str, Any] = {}

    def keep(name: str, value: Any) -> None:
        if name in found:
            raise ApiError(Cause.PARAMETER_INVALID, f"the field {name[:60]!r} occurs twice")
        found[name] = value

    def on_field(field: Any) -> None:
        keep(_name(field.field_name), _name(field.value))

    def on_file(file: Any) -> None:
        file.file_object.seek(0)
        keep(_name(file.field_name), Upload(_name(file.file_name), file.file_object.read()))

    try:
        headers = {"Content-Type": request.headers["content-type"].encode("latin-1")}
        parser = python_multipart.create_form_parser(headers, on_field, on_file, config=_IN_MEMORY)
        parser.write(request.body)
        parser.finalize()
    except (FormParserError, ValueError) as error:
        raise _unreadable(f"the multipart body cannot be read: {error}") from error
    return found


def _name(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "replace")


def _unreadable(reason: str) -> ApiError:
    return ApiError(Cause.BODY_UNREADABLE, reason)
