"""One exchange in a few facts: what was asked, made, sent, found and paged, small enough for any journal.

Client rules rest on these and never on shown bodies. Made from what was parsed already; how it was parsed, and who
made the exchange, is not known here. A fact that says nothing is left out:

    credential, kind    mark of what was sent; token, key or secret
    lacks, misplaced    missing credentials; places of secrets that should bear none
    same                digest of all parameters; of query and body where they were never read
    breaches            {where, rule, sentence, evidence} of each broken rule
    undocumented        names of parameters that no page has
    placeholders        parameters that hold None, undefined and the like
    asked, made         ids that the call reads, and that its answer gave
    state               running, success or failed: what a polled task says
    sent, found         a number for each patent id in the request, in its order; for each in the answer
    doubled             items that stand twice in one list, by parameter
    page                {of: digest of the other parameters, offset, limit, items, total}
    links               {mark, signed, life} of signed links among the parameters
    token               {mark, life in milliseconds} of a token that was made
    lost, held          the answer never arrived whole; so many milliseconds it was held back on purpose
    unread              the answer was not read, so what it gave is unknown
    real                real milliseconds of the machine; absent where the account's clock stands still
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast
from zlib import crc32

import orjson

from emulator.contract.fact_paths import gather, places
from emulator.contract.link_facts import link_facts
from emulator.contract.request import CheckedRequest
from emulator.contract.secrecy import mark, without_secrets
from emulator.contract.violation import Violation
from emulator.spec.models import Operation, Service
from emulator.spec.rules import Fields

_DIGEST = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS
_MOST_TOLD = 20  # breaches, names and doubles of one exchange


class OperationFacts:
    """What to look for in the exchanges of one operation, found in its schemas once."""

    def __init__(self, service: Service, operation: Operation) -> None:
        fields = service.client_rules.fields
        self._fields = fields
        self._creates, self._reads = operation.creates is not None, operation.reads is not None
        names = [parameter.name for parameter in operation.parameters]
        self._ids = [name for name in names if name in fields.ids] if self._reads else []
        self._pages = fields.offset in names and fields.limit in names
        request = {"properties": {parameter.name: parameter.schema_ for parameter in operation.parameters}}
        self._sent = places(request, fields.patents)
        self._links = places(request, fields.pictures)
        self._lists = [one.name for one in operation.parameters if "x-list" in one.schema_ or _plain_list(one.schema_)]
        self._guarded = frozenset({*fields.ids, *fields.patents, *fields.pictures}) & {*names}
        self._found = places(operation.answer.get("properties", {}).get("data", {}), fields.patents)
        self._token = operation.security == "clientSecret"
        maker = service.operations.get(operation.reads or "")
        self._states = _states(fields, operation) if maker is not None and maker.makes_tasks else {}

    def of_request(self, checked: CheckedRequest) -> dict[str, Any]:
        """The facts of a request that was read, sound or not."""
        values = checked.values
        facts: dict[str, Any] = {"same": digest(values)}
        if checked.violations:
            facts["breaches"] = [_breach(one) for one in checked.violations[:_MOST_TOLD]]
        if checked.undocumented:
            facts["undocumented"] = [without_secrets(name[:60]) for name in checked.undocumented[:_MOST_TOLD]]
        for name, found in self._told(values):
            if found:
                facts[name] = found
        return facts

    def _told(self, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        yield "asked", [without_secrets(str(values[name])[:100]) for name in self._ids if name in values]
        yield "placeholders", [name for name in self._guarded if self._is_placeholder(values.get(name))]
        if self._sent:
            yield "sent", [patent_number(one) for one in gather(values, self._sent)]
        if self._links:
            yield "links", link_facts(gather(values, self._links))
        if self._lists:
            yield "doubled", dict(self._doubled(values))
        if self._pages:
            yield "page", self._page(values)

    def of_answer(self, data: Any) -> dict[str, Any]:
        """The facts of a success, by its `data`."""
        if self._token:
            return self._token_made(data)
        facts: dict[str, Any] = {}
        if found := gather(data, self._found):
            facts["found"] = sorted({patent_number(one) for one in found})
        if not isinstance(data, Mapping):
            return facts
        if self._creates and (made := [str(data[name]) for name in self._fields.ids if name in data]):
            facts["made"] = made
        for name, states in self._states.items():
            value = data.get(name)
            if isinstance(value, (int, str)) and value in states:
                facts["state"] = states[value]
        return facts

    def counted(self, page: dict[str, Any], data: Any) -> dict[str, Any]:
        """A page with what its answer listed."""
        if not isinstance(data, Mapping):
            return page
        listed = next((data[name] for name in self._fields.listed if isinstance(data.get(name), list)), None)
        total = next((data[name] for name in self._fields.total if isinstance(data.get(name), int)), None)
        return {**page, "items": 0 if listed is None else len(listed), "total": total}

    def _page(self, values: Mapping[str, Any]) -> dict[str, Any]:
        offset, limit = self._fields.offset, self._fields.limit
        others = {name: value for name, value in values.items() if name not in (offset, limit)}
        return {"of": digest(others), "offset": values.get(offset, 0), "limit": values.get(limit)}

    def _is_placeholder(self, value: Any) -> bool:
        if isinstance(value, list):
            return not self._fields.placeholders.isdisjoint(one for one in value if isinstance(one, str))
        return isinstance(value, str) and value in self._fields.placeholders

    def _doubled(self, values: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
        for name in self._lists:
            value = values.get(name)
            if not isinstance(value, list):
                continue
            if found := doubled(one.lower() for one in value if isinstance(one, str)):
                yield name, _without_secrets(sorted({one[:60] for one in found})[:_MOST_TOLD])

    def _token_made(self, data: Any) -> dict[str, Any]:
        token, seconds = (
            (data.get(self._fields.token), data.get(self._fields.expires_in)) if isinstance(data, Mapping) else (0, 0)
        )
        if not isinstance(token, str):
            return {}
        return {"token": {"mark": mark(token), "life": int(seconds) * 1000 if isinstance(seconds, int) else None}}


def doubled(items: Iterable[str]) -> list[str]:
    """Those that come more than once, each once; a body may hold a hundred thousand."""
    return [one for one, times in Counter(items).items() if times > 1]


def digest(values: Any) -> str:
    """Twelve digits that are equal for equal parameters; a file counts by its content."""
    try:
        text = orjson.dumps(values, default=_content, option=_DIGEST)
    except TypeError:  # a number too large, a text that is none
        text = repr(values).encode("utf-8", "backslashreplace")
    return hashlib.blake2b(text, digest_size=6).hexdigest()


def digest_of_bytes(*parts: bytes) -> str:
    """The same of what was never read."""
    return "-" + hashlib.blake2b(b"\n".join(parts), digest_size=6).hexdigest()


def without_boundary(body: bytes, content_type: str) -> bytes:
    """A multipart body without the line that parts it, which is drawn anew for each request."""
    boundary = content_type.partition("boundary=")[2].partition(";")[0].strip('" ')
    return body.replace(boundary.encode("latin-1", "replace"), b"") if boundary else body


def patent_number(patent_id: str) -> int:
    """A small number in place of a patent's id; letter case does not matter."""
    return crc32(patent_id.lower().encode("utf-8", "replace"))


def _breach(violation: Violation) -> dict[str, Any]:
    return {
        "where": without_secrets(violation.where[:80]),
        "rule": violation.rule,
        "sentence": without_secrets(violation.sentence),
        "evidence": dict(violation.evidence),
    }


def _without_secrets(texts: list[str]) -> list[str]:
    """All at once, for there may be many; separately only where there is something to hide."""
    whole = "\n".join(texts)
    return texts if without_secrets(whole) == whole else [without_secrets(text) for text in texts]


def _content(value: Any) -> Any:
    return hashlib.blake2b(getattr(value, "content", b""), digest_size=8).hexdigest()


def _plain_list(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "array" and schema.get("items", {}).get("type") == "string"


def _states(fields: Fields, operation: Operation) -> dict[str, dict[int | str, str]]:
    members = operation.answer.get("properties", {}).get("data", {}).get("properties", {})
    return {
        name: {value: cast("str", state) for state, values in states.items() for value in values}
        for name, states in fields.states.items()
        if name in members
    }
