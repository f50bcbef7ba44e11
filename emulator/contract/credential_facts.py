"""Which credential a request carries and where secrets stand in it that should not.

A credential is told by its mark alone. Whether it is right is for those who answer.
"""

from collections.abc import Iterator, Mapping
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
    if places := list(_misplaced(path, query, headers if lacks else {}, fields)):
        told["misplaced"] = places
    return told


def _shared(authorization: str, query: _Query) -> tuple[dict[str, Any], list[str]]:
    bearer = bearer_of(authorization)
    apikey = next((value for name, value in reversed(query) if name == "apikey"), "")
    key = next((value for value in (bearer, apikey) if value and value.startswith(_KEY)), None)
    if key is not None:
        return {"kind": "key", "credential": mark(key)}, []
    lacks = [name for name, value in (("apikey", apikey), ("token", bearer)) if not value]
    return ({"kind": "token", "credential": mark(bearer)} if bearer else {}), lacks


def _misplaced(path: str, query: _Query, headers: Mapping[str, str], fields: Fields) -> Iterator[str]:
    """Places that hold a secret; headers are looked at only where the right one lacks."""
    for name, value in query:
        if name.lower() in fields.secrets or (value.startswith(_KEY) and name != "apikey"):
            yield f"the query parameter {name[:40]}" if name.lower() in fields.secrets else "the query"
    if _KEY in path:
        yield "the path"
    for name in headers:
        if (name in fields.secrets and name != "authorization") or name == "apikey":
            yield f"the header {name}"
    authorization = headers.get("authorization", "")
    if authorization and bearer_of(authorization) is None:
        yield "the header Authorization, but not as bearer"
