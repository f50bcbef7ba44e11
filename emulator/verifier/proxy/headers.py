"""Which headers a proxy passes on: all but those that speak of one connection alone.

Order and doubles stay. How names are capitalised is lost, as HTTP allows.
"""

from collections.abc import Iterable

RawHeaders = list[tuple[bytes, bytes]]
BREACH, FAULT = b"x-emulator-breach", b"x-emulator-fault"
_OF_A_CONNECTION = frozenset(
    {b"connection", b"keep-alive", b"proxy-connection", b"proxy-authorization", b"proxy-authenticate", b"te"}
    | {b"trailer", b"transfer-encoding", b"upgrade"}
)
_OF_THE_WAY_IN = _OF_A_CONNECTION | {b"host", b"expect", b"content-length"}


def to_upstream(headers: Iterable[tuple[bytes, bytes]], host: bytes) -> RawHeaders:
    """A request's headers, with the upstream's name; how the body is framed follows from the client's own words."""
    given = [(name.lower(), value) for name, value in headers]
    kept = [(b"host", host), *_passed(given, _OF_THE_WAY_IN)]
    lengths = [value for name, value in given if name == b"content-length"]
    if any(name == b"transfer-encoding" for name, _ in given):
        kept.append((b"transfer-encoding", b"chunked"))
    elif lengths:
        kept.append((b"content-length", lengths[0]))
    return kept


def to_client(headers: Iterable[tuple[bytes, bytes]]) -> RawHeaders:
    """An answer's headers; a mark of ours that a server sends as well stays the server's."""
    return _passed([(name.lower(), value) for name, value in headers], _OF_A_CONNECTION)


def bodied(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether a request announces a body."""
    return any(
        (name == b"content-length" and value.strip() != b"0") or name == b"transfer-encoding" for name, value in headers
    )


def text_of(headers: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in headers)


def _passed(headers: RawHeaders, without: frozenset[bytes]) -> RawHeaders:
    named = {
        part.strip().lower() for name, value in headers if name == b"connection" for part in value.split(b",")
    }  # what this connection's ends agreed on
    return [(name, value) for name, value in headers if name not in without and name not in named]
