"""Signed links to files, in the form of the vendor's sample links, on the clock of the account that owns them.

Builds the query of a link and judges one that comes back. What lies behind a path is not known here.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from emulator import clock, entropy
from emulator.behaviours.world import Account
from emulator.spec.models import Links

PREFIX = "/files/"


class LinkState(StrEnum):
    GOOD = "good"
    UNSIGNED = "unsigned"
    TAMPERED = "tampered"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class FilePath:
    """Where a link of ours points: whose file, of which kind, by which name."""

    account: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{PREFIX}{quote(self.account, safe='')}/{self.kind}/{quote(self.name)}"


def path_of(path: str) -> FilePath | None:
    """The parts of a path of ours, or None."""
    parts = path.removeprefix(PREFIX).split("/", 2)
    if not path.startswith(PREFIX) or len(parts) != 3 or not all(parts):
        return None
    return FilePath(unquote(parts[0]), parts[1], unquote(parts[2]))


def make(rules: Links, account: Account, base_url: str, path: FilePath, now: int, life: int) -> str:
    """A link that is good while now < `now` + `life` (milliseconds), `now` rounded up to a whole second.

    Signed links tell whole seconds; rounding up keeps a link from dying before the file behind it.
    """
    date = clock.compact(now + 999)
    query = {
        "X-Amz-Algorithm": rules.algorithm,
        "X-Amz-Date": date,
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Expires": str(life // 1000),
        "X-Amz-Credential": f"{rules.credential}/{date[:8]}/{rules.scope}",
    }
    query["X-Amz-Signature"] = _signature(account, str(path), query)
    written = "&".join(f"{name}={_quoted(value)}" for name, value in query.items())
    return f"{base_url}{path}?{written}"


def judge(account: Account, path: FilePath, query: Mapping[str, str], now: int) -> LinkState:
    """What a link is worth now. The signature covers path and query, and is compared in constant time."""
    given = query.get("X-Amz-Signature")
    if not given:
        return LinkState.UNSIGNED
    signed = {name: value for name, value in query.items() if name != "X-Amz-Signature"}
    if not hmac.compare_digest(_signature(account, str(path), signed).encode(), given.encode("utf-8", "replace")):
        return LinkState.TAMPERED
    start = clock.instant(signed["X-Amz-Date"])
    return LinkState.GOOD if now < start + int(signed["X-Amz-Expires"]) * 1000 else LinkState.EXPIRED


def is_ours(rules: Links, url: str, base_url: str) -> bool:
    """Whether a URL claims to be one of our links: it has our credential, or our host and a path of ours."""
    host = urlsplit(base_url).netloc
    if rules.credential not in url and host not in url:
        return False
    parts = _split(url)
    if parts is None:
        return False
    ours = parts[0] == host and parts[1].startswith(PREFIX)
    return ours or parts[2].get("X-Amz-Credential", "").startswith(rules.credential + "/")


def read(url: str) -> tuple[FilePath | None, dict[str, str]]:
    """Path and query of a URL of ours."""
    parts = _split(url)
    return (path_of(parts[1]), parts[2]) if parts else (None, {})


def _split(url: str) -> tuple[str, str, dict[str, str]] | None:
    try:
        parts = urlsplit(url)
        return parts.netloc, parts.path, dict(parse_qsl(parts.query, keep_blank_values=True))
    except ValueError:
        return None


def _signature(account: Account, path: str, query: Mapping[str, str]) -> str:
    key = entropy.draw(account.seed, account.id, "link", 0)
    text = "\n".join([path, *(f"{name}={query[name]}" for name in sorted(query))])
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _quoted(value: str) -> str:
    """Percent-encoded; only the slashes of a credential need it."""
    return value.replace("/", "%2F")
