"""An exchange from what went over the wire: routed, read, checked, told in facts, its texts without secrets.

For those who stand between a client and any server, and for recordings. An emulator has parsed its own calls already
and does not need this. What cannot be read is told as such and never raises.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

import orjson

from emulator.contract.authorization import basic_of
from emulator.contract.credential_facts import credential_facts
from emulator.contract.exchange import Exchange
from emulator.contract.facts import OperationFacts, digest_of_bytes, without_boundary
from emulator.contract.link_facts import link_facts
from emulator.contract.request import CheckedRequest, RawRequest, RequestChecker
from emulator.contract.secrecy import mark, query_without_secrets, without_secrets
from emulator.contract.shown import LONGEST_BODY, shown, shown_path
from emulator.errors import Cause
from emulator.spec.models import FILE, Operation, Service

_FILES = "/files/"  # where an emulator keeps what its answers link to
_PART = re.compile(rb'content-disposition:[^\r\n]*?\bname="([^"\r\n]{1,60})"', re.IGNORECASE)
_JSON, _MULTIPART = "application/json", "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Raw:
    """What went to and fro. Names of headers are in small letters; bodies are without any content encoding.

    `query` is as it stood in the address. `status` is None where no answer came; `answer` is None where it was not
    kept; `arrived` says whether the client got all of it. Times are milliseconds: `at` of the clock that the client
    lives by, `real` of the machine, `held` what the answer was held back on purpose.
    """

    id: str
    at: int
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None
    answer_headers: Mapping[str, str]
    answer: bytes | None
    arrived: bool = True
    real: int | None = None
    held: int = 0


class RawReader:
    """Compiled once for all exchanges with a service."""

    def __init__(self, service: Service) -> None:
        self._service = service
        operations = service.operations.values()
        self._routes = {(one.method, one.path): one for one in operations}
        self._by_path = {one.path: one for one in operations}
        anywhere = service.query_credentials()
        self._checkers = {one.id: RequestChecker(one, anywhere) for one in operations}
        self._facts = {one.id: OperationFacts(service, one) for one in operations}

    def exchange(self, raw: Raw, account: str | None = None, *, longest_body: int = LONGEST_BODY) -> Exchange:
        """The whole exchange, its bodies to a length in bytes.

        Without an `account`, it is the client id, or a mark of the key, that the call bears.
        """
        operation = self._routes.get((raw.method, raw.path))
        meant = operation or self._by_path.get(raw.path)
        is_file = raw.path.startswith(_FILES)
        secret = is_file or (meant is not None and meant.security == "clientSecret")
        told = _json(raw.answer) if raw.answer is not None and _is_json(raw.answer_headers) else None
        code = told.get("error_code") if isinstance(told, dict) else None
        if code is None and meant is not None and _is_token(meant, told, raw):
            code = 0
        kind = raw.headers.get("content-type", "").partition(";")[0].strip().lower()
        answered = _media_type(raw.answer_headers)
        return Exchange(
            id=raw.id,
            at=raw.at,
            account=account if account is not None else _account_of(raw),
            operation=FILE if is_file else meant.id if meant else None,
            method=raw.method[:20],
            path=shown_path(raw.path),
            query=query_without_secrets(raw.query),
            status=raw.status,
            code=code if isinstance(code, int) and not isinstance(code, bool) else None,
            cost=self._cost(raw),
            cause=None if code == 0 or is_file else _known_cause(operation, meant),
            facts=self._told(raw, operation, told, code, is_file=is_file),
            request=None if secret else shown(raw.body, kind, longest_body),
            answer=None if secret or raw.answer is None else shown(raw.answer, answered, longest_body),
        )

    def _told(self, raw: Raw, operation: Operation | None, told: Any, code: Any, *, is_file: bool) -> Mapping[str, Any]:
        query = tuple(parse_qsl(raw.query[:65_536], keep_blank_values=True, errors="replace"))
        fields = self._service.client_rules.fields
        body = raw.body if operation is not None and operation.security == "clientSecret" else b""
        facts = credential_facts(operation, raw.path, query, raw.headers, body, fields)
        more = {"lost": not raw.arrived, "held": raw.held, "real": raw.real}
        facts |= {name: value for name, value in more.items() if value}
        unchecked = digest_of_bytes(*(part.encode("utf-8", "replace") for part in (raw.method, raw.path, raw.query)))
        if is_file:
            return {**facts, "links": link_facts((f"{raw.path}?{raw.query}",)), "same": unchecked}
        if operation is None:
            return {**facts, "same": unchecked}
        if raw.answer is None or (raw.arrived and told is None and raw.status == 200):
            facts["unread"] = True
        checked = self._checked(operation, raw, query)
        if checked is None:
            return {**facts, "same": digest_of_bytes(unchecked.encode(), raw.body)}
        return {**facts, **self._read(operation, raw, checked, told, code)}

    def _read(self, operation: Operation, raw: Raw, checked: CheckedRequest, told: Any, code: Any) -> dict[str, Any]:
        reader = self._facts[operation.id]
        facts = reader.of_request(checked)
        if operation.body is not None and operation.body.media_type == _MULTIPART:
            facts["same"] = digest_of_bytes(without_boundary(raw.body, raw.headers.get("content-type", "")))
        if code == 0 and isinstance(told, dict):
            data = told.get("data", told if operation.security == "clientSecret" else None)
            facts |= reader.of_answer(data)
            if "page" in facts:
                facts["page"] = reader.counted(facts["page"], data)
        return facts

    def _checked(self, operation: Operation, raw: Raw, query: tuple[tuple[str, str], ...]) -> CheckedRequest | None:
        """The request judged; None where its body cannot be read."""
        body = _body(operation, raw)
        return None if body is None else self._checkers[operation.id].check(RawRequest(query, body))

    def _cost(self, raw: Raw) -> int:
        amount = raw.answer_headers.get(self._service.envelope.amount_header.lower(), "")
        return int(amount) if re.fullmatch("[0-9]{1,9}", amount) else 0


def _known_cause(operation: Operation | None, meant: Operation | None) -> str | None:
    """Why a call was refused, where its address alone tells."""
    if operation is not None:
        return None
    return str(Cause.PATH_UNKNOWN if meant is None else Cause.METHOD_WRONG)


def account_key(key: str) -> str:
    """What the account of an sk- key is called, without the key."""
    return f"key-{mark(key)}"


def _account_of(raw: Raw) -> str:
    basic = basic_of(raw.headers.get("authorization", ""))
    if raw.path.startswith(_FILES):
        return unquote(raw.path.removeprefix(_FILES).partition("/")[0])
    apikey = dict(parse_qsl(raw.query[:65_536], errors="replace")).get("apikey", "")
    bearer = raw.headers.get("authorization", "").partition(" ")[2].strip()
    for key in (bearer, apikey):
        if key.startswith("sk-"):
            return account_key(key)
    form = dict(parse_qsl(raw.body[:65_536].decode("utf-8", "replace"), errors="replace")) if not apikey else {}
    return without_secrets(apikey or (basic[0] if basic else form.get("client_id", "")))[:128]


def _body(operation: Operation, raw: Raw) -> Any:
    """The body as data, None for one that cannot be read. The parts of an upload count by their names."""
    media_type = operation.body.media_type if operation.body else None
    if media_type is None:
        return {}
    if media_type == _MULTIPART:
        return {name.decode("utf-8", "replace"): "file" for name in _PART.findall(raw.body)}
    if media_type == _JSON:
        return _json(raw.body) if raw.body.strip() else {}
    fields = dict(parse_qsl(raw.body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace"))
    basic = basic_of(raw.headers.get("authorization", ""))
    return {**fields, **({"client_id": basic[0], "client_secret": basic[1]} if basic else {})}


def _is_token(operation: Operation, told: Any, raw: Raw) -> bool:
    """Whether it is the flat form of a token, which bears no code."""
    return operation.security == "clientSecret" and raw.status == 200 and isinstance(told, dict) and "token" in told


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _is_json(headers: Mapping[str, str]) -> bool:
    return _media_type(headers).endswith("json")


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def lowered(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers as `Raw` has them; of doubles the last."""
    return {name.lower(): value for name, value in headers}
