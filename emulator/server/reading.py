"""The body of a request as plain data: JSON, form fields or files.

Everything that cannot be read is one cause; what the data must look like is the contract's business.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson
import python_multipart
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from emulator.behaviours.world import Upload
from emulator.contract.request import RawRequest
from emulator.errors import ApiError, Cause
from emulator.server.messages import Request
from emulator.spec.models import Bound, Operation

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
_LONGEST_FORM = 65_536  # bytes in which credentials are looked for
_SPACED_COLON = re.compile(rb'"\s+:')
_IN_MEMORY = {"MAX_MEMORY_FILE_SIZE": 1 << 30}  # bodies are bounded before; nothing goes to a temporary file


def read(operation: Operation, request: Request, bounds: Mapping[str, Bound]) -> RawRequest:
    """Query and body as data. Raises ApiError for what cannot be read."""
    query = _query(request, bounds["fields"].at_most)
    if operation.body is None:
        return RawRequest(query)
    match operation.body.media_type:
        case "multipart/form-data":
            return RawRequest(query, _multipart(request))
        case "application/x-www-form-urlencoded":
            return RawRequest(query, _form(request, bounds))
        case _:
            return RawRequest(query, _json(request, bounds))


def _query(request: Request, most: int) -> tuple[tuple[str, str], ...]:
    if request.raw_query.count("&") >= most:
        raise ApiError(Cause.PARAMETER_INVALID, f"the query has more than {most} fields")
    try:
        return request.query
    except ValueError as error:
        raise ApiError(Cause.PARAMETER_INVALID, "the query is not text in UTF-8") from error


def form_fields(request: Request) -> dict[str, str]:
    """The fields of a form body, the last of doubles; none when the body is something else or cannot be read."""
    try:
        return dict(_pairs(request))
    except ValueError:
        return {}


def _pairs(request: Request) -> list[tuple[str, str]]:
    if request.media_type != FORM or len(request.body) > _LONGEST_FORM:
        return []
    return parse_qsl(request.body.decode(), keep_blank_values=True, errors="strict")


def _form(request: Request, bounds: Mapping[str, Bound]) -> dict[str, str]:
    """The fields of a form body; the credentials of a Basic header count as fields."""
    _refuse_length(request, bounds["body"].at_most)
    if request.body.count(b"&") >= bounds["fields"].at_most:
        raise _unreadable(f"the form has more than {bounds['fields'].at_most} fields")
    try:
        pairs = _pairs(request)
    except ValueError as error:
        raise _unreadable(f"the form cannot be read: {error}") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ApiError(Cause.PARAMETER_INVALID, "a field of the form occurs twice")
    if request.basic is not None:
        fields["client_id"], fields["client_secret"] = request.basic
    return fields


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
    """A key that occurs twice is lost in parsing; fewer colons after it tell so, and only then it is looked for."""
    odd = b"\\" in body or _SPACED_COLON.search(body) is not None
    if odd or body.count(b'":') != orjson.dumps(value).count(b'":'):
        json.loads(body, object_pairs_hook=_refuse_double)


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
    _, options = parse_options_header(request.headers["content-type"])
    if b"--" + options.get(b"boundary", b"") + b"--" not in request.body:
        raise _unreadable("the multipart body ends too early")
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
