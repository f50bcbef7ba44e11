"""Which credential a request carries and where secrets stand in it that should not.

A credential is told by its mark alone. Whether it is right is for those who answer.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from emulator.contract.authorization import bearer_of
from emulator.contract.secrecy import mark
from emulator.spec.models import Operation
from emulator.spec.rules import Fields

_KEY = "sk-"
_Query = tuple[tuple[str, str], ...]


def credential_facts(
    operation: Operation | None, path: str, query: _Query, headers: Mapping[str, str], body: bytes, fields: Fields
) -> dict[str, Any]:
    """`credential` and `kind`; `lacks` what is missing; `misplaced` places of secrets, each only where there are any.

    Header names come in small letters.
    """
    authorization = headers.get("authorization", "")
    if operation is not None and operation.security == "clientSecret":
        told: dict[str, Any] = {"kind": "secret", "credential": mark(authorization or body.decode("latin-1"))}
        lacks: list[str] = []
    else:
        told, lacks = _shared(authorization, query)
        if operation is not None and lacks:
            told["lacks"] = lacks
    if lacks or _KEY in path or any(_is_secret(name, value, fields) for name, value in query):
        told["misplaced"] = list(_misplaced(path, query, headers if lacks else {}, fields))
    return {name: fact for name, fact in told.items() if fact}


def _is_secret(name: str, value: str, fields: Fields) -> bool:
    return name in fields.secrets or name.lower() in fields.secrets or (name != "apikey" and value.startswith(_KEY))


def _shared(authorization: str, query: _Query) -> tuple[dict[str, Any], list[str]]:
    bearer, apikey = bearer_of(authorization), ""
    for name, value in query:
        if name == "apikey":
            apikey = value
    for key in (bearer, apikey):
        if key and key.startswith(_KEY):
            return {"kind": "key", "credential": _mark(key)}, []
    if bearer and apikey:
        return {"kind": "token", "credential": _mark(bearer)}, []
    lacks = [name for name, value in (("apikey", apikey), ("token", bearer)) if not value]
    return ({"kind": "token", "credential": _mark(bearer)} if bearer else {}), lacks


_mark = lru_cache(4096)(mark)  # one token serves many calls


def _misplaced(path: str, query: _Query, headers: Mapping[str, str], fields: Fields) -> Iterator[str]:
    """Places that hold a secret; headers are looked at only where the right one lacks."""
    for name, value in query:
        if _is_secret(name, value, fields):
            yield f"the query parameter {name[:40]}" if name.lower() in fields.secrets else "the query"
    if _KEY in path:
        yield "the path"
    for name in headers:
        if (name in fields.secrets and name != "authorization") or name == "apikey":
            yield f"the header {name}"
    authorization = headers.get("authorization", "")
    if authorization and bearer_of(authorization) is None:
        yield "the header Authorization, but not as bearer"
