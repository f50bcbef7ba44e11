"""What somebody who speaks to the forward proxy wants, and whether it is for us: pure, on the head of one request.

A tunnel to port 443 of the vendor's hosts is granted, everything else refused. What is told of a refused wish is host
and port alone: paths, queries and credentials may be secret. What goes through a tunnel is not known here.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

_REQUEST_LINE = re.compile(r"([A-Z]{1,20}) (\S+) HTTP/1\.[01]")
_AUTHORITY = re.compile(r"([^:@/?#\s]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")
_HOST_ENDS = re.compile(r"[/?#]")
_STRANGE = re.compile(r"[^A-Za-z0-9.:\[\]_-]")
_SHOWN = 100  # characters of a host; names have 253 at most, and nobody reads them
TLS_PORT = 443


@dataclass(frozen=True)
class Refusal:
    """What was wanted, as `host:port` or in words, and why it is not had; `status` is that of the HTTP answer."""

    status: int
    wanted: str
    why: str


def judge(head: bytes, hosts: Collection[str]) -> Refusal | None:
    """Why the request with this head is refused; None for a tunnel to one of the vendor's `hosts`, in lower case."""
    line = head.partition(b"\r\n")[0].decode("latin-1")
    request = _REQUEST_LINE.fullmatch(line)
    if request is None:
        return Refusal(400, "something that is not HTTP", "what came is no request of HTTP/1.1 to a proxy")
    method, target = request.groups()
    return _tunnel(target, hosts) if method == "CONNECT" else _plain(target, hosts)


def _tunnel(target: str, hosts: Collection[str]) -> Refusal | None:
    authority = _AUTHORITY.fullmatch(target)
    if authority is None:
        host_at_most = _HOST_ENDS.split(target)[0].rpartition("@")[2]
        return Refusal(400, shown(host_at_most), "CONNECT wants a host and a port, like host:443")
    host, port = _name(authority[1]), int(authority[2])
    if host not in hosts:
        return Refusal(403, shown(target), _only(hosts))
    if port != TLS_PORT:
        return Refusal(403, shown(target), f"{host} is answered on port {TLS_PORT} only")
    return None


def _plain(target: str, hosts: Collection[str]) -> Refusal:
    try:
        parts = urlsplit(target)
        host, port = _name(parts.hostname or ""), parts.port
    except ValueError:
        return Refusal(400, "an address that cannot be read", "the address of the request cannot be read")
    if not host:
        return Refusal(400, "the proxy itself", "this is a proxy and no server: ask it for a tunnel by CONNECT")
    wanted = shown(f"{parts.scheme}://{host}" if port is None else f"{parts.scheme}://{host}:{port}", keep="/")
    if host not in hosts:
        return Refusal(403, wanted, _only(hosts))
    if parts.scheme == "http":
        return Refusal(403, wanted, f"the service speaks HTTPS only: write https://{host}")
    return Refusal(400, wanted, "HTTPS goes through a tunnel: ask for it by CONNECT")


def shown(text: str, keep: str = "") -> str:
    """Text of a stranger as it may stand in a report: short, of harmless signs."""
    return "".join(sign if sign in keep else _STRANGE.sub("?", sign) for sign in text[:_SHOWN])


def _name(host: str) -> str:
    """Names are alike in any case, and with the dot that ends a full name."""
    return host.lower().removesuffix(".")


def _only(hosts: Collection[str]) -> str:
    return f"only {' and '.join(sorted(hosts))} are answered here, and nothing leaves this machine"
