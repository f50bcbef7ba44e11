"""The parsed parts of an exchange that was heard: which operation, its parameters, the JSON of its answer.

What cannot be read is told in a sentence; what the parts must look like is the contract's business.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import python_multipart
from python_multipart.exceptions import FormParserError

from emulator.contract.authorization import basic_of
from emulator.contract.request import RawRequest
from emulator.spec.models import Operation, Service
from emulator.verifier.foreign import NoJson, json_of
from emulator.verifier.recording.heard import Heard

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
_IN_MEMORY = {"MAX_MEMORY_FILE_SIZE": 1 << 30}  # bodies are bounded before
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,60}")


@dataclass(frozen=True, slots=True)
class Unread:
    """A request that cannot be read as its operation wants it."""

    sentence: str


class Routes:
    """Which operation a call is of."""

    def __init__(self, service: Service) -> None:
        self._exact = {(one.method, one.path): one for one in service.operations.values()}

    def operation(self, method: str, path: str) -> Operation | None:
        return self._exact.get((method, path))


def request_of(operation: Operation, heard: Heard) -> RawRequest | Unread:
    """The parameters as they came; a file is told by its media type and its length."""
    query = heard.query
    if operation.body is None:
        return RawRequest(query)
    if heard.body is None:
        return Unread("the body was not kept")
    match operation.body.media_type:
        case "multipart/form-data":
            parts = _multipart(heard)
        case "application/x-www-form-urlencoded":
            parts = _form(heard)
        case _:
            parts = _json(heard)
    return parts if isinstance(parts, Unread) else RawRequest(query, parts)


def answer_of(heard: Heard) -> Any:
    """The JSON of an answer; None where there is none."""
    try:
        return json_of(heard.unfolded or b"")
    except NoJson:
        return None


def _json(heard: Heard) -> Any:
    if heard.media_type and heard.media_type != "application/json" and not heard.media_type.endswith("+json"):
        return Unread(f"the content type is {heard.media_type[:60]}, not application/json")
    try:
        return json_of(heard.body) if heard.body and heard.body.strip() else {}
    except NoJson as error:
        return Unread(f"the body is {error}")


def _form(heard: Heard) -> Mapping[str, str] | Unread:
    fields: dict[str, str] = {}
    if heard.media_type == FORM:
        try:
            fields = dict(parse_qsl((heard.body or b"").decode(), keep_blank_values=True))
        except ValueError:
            return Unread("the form is not text in UTF-8")
    if (basic := basic_of(heard.header("authorization"))) is not None:
        fields["client_id"], fields["client_secret"] = basic
    return fields


def _multipart(heard: Heard) -> Mapping[str, Any] | Unread:
    if heard.media_type != MULTIPART:
        return Unread(f"the content type is {heard.media_type[:60] or 'missing'}, not {MULTIPART}")
    found: dict[str, Any] = {}

    def on_field(field: Any) -> None:
        found[_text(field.field_name)] = _text(field.value)

    def on_file(file: Any) -> None:
        kind = _text(file.content_type) if getattr(file, "content_type", None) else ""
        told = {"media_type": kind if _MEDIA_TYPE.fullmatch(kind) else "", "bytes": file.size}
        found[_text(file.field_name)] = {"file": told}

    try:
        headers = {"Content-Type": heard.header("content-type").encode("latin-1")}
        parser = python_multipart.create_form_parser(headers, on_field, on_file, config=_IN_MEMORY)
        parser.write(heard.body or b"")
        parser.finalize()
    except (FormParserError, ValueError) as error:
        return Unread(f"the multipart body cannot be read: {error}")
    return found


def _text(raw: bytes | str | None) -> str:
    return raw if isinstance(raw, str) else (raw or b"").decode("utf-8", "replace")
