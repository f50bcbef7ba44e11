"""Signed links to files, in the form of the vendor's sample links, on the clock of the account that owns them.

Builds the query of a link and judges one that comes back. What lies behind a path is not known here.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from emulator import clock, entropy
from emulator.behaviours.world import Account
from emulator.spec.models import Links

PREFIX = "/files/"
_NAMES = ("X-Amz-Algorithm", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires", "X-Amz-Credential")
_SIGNATURE = "X-Amz-Signature"


class LinkState(StrEnum):
    GOOD = "good"
    UNSIGNED = "unsigned"
    TAMPERED = "tampered"
    EXPIRED = "expired"


class Gone(Exception):
    """A link is good, but what it leads to is not there; `was_there` says that its life has ended."""

    def __init__(self, *, was_there: bool) -> None:
        super().__init__("cleared" if was_there else "never there")
        self.was_there = was_there


@dataclass(frozen=True, slots=True)
class FilePath:
    """Where a link of ours points: whose file, of which kind, by which name."""

    account: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{PREFIX}{quote(self.account, safe='')}/{self.kind}/{quote(self.name)}"


def path_of(path: str) -> FilePath | None:
    """The parts of a path of ours, percent signs already decoded, or None."""
    parts = path.removeprefix(PREFIX).split("/", 2)
    if not path.startswith(PREFIX) or len(parts) != 3 or not all(parts):
        return None
    return FilePath(*parts)


def make(rules: Links, account: Account, base_url: str, path: FilePath, now: int, life: int) -> str:
    """A link that is good while now < `now` + `life` (milliseconds); `now` is cut to a whole second, as links are."""
    date = clock.compact(now)
    query = {
        "X-Amz-Algorithm": rules.algorithm,
        "X-Amz-Date": date,
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Expires": str(life // 1000),
        "X-Amz-Credential": f"{rules.credential}/{date[:8]}/{rules.scope}",
    }
    query[_SIGNATURE] = _signature(account, str(path), query)
    written = "&".join(f"{name}={_quoted(value)}" for name, value in query.items())
    return f"{base_url}{path}?{written}"


def judge(account: Account, path: FilePath, query: Sequence[tuple[str, str]], now: int) -> LinkState:
    """What a link is worth now. The signature covers the path and every name and value of the query.

    A name too many, a name twice or a name missing is tampering as well. The comparison takes constant time.
    """
    given = dict(query)
    signature = given.pop(_SIGNATURE, "")
    if not signature:
        return LinkState.UNSIGNED
    wanted = _signature(account, str(path), given)
    if len(query) != len(_NAMES) + 1 or not hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "replace")):
        return LinkState.TAMPERED
    start = clock.instant(given["X-Amz-Date"])
    return LinkState.GOOD if now < start + int(given["X-Amz-Expires"]) * 1000 else LinkState.EXPIRED


def is_ours(rules: Links, url: str, base_url: str) -> bool:
    """Whether a URL claims to be one of our links: it has our credential, or our host and a path of ours."""
    host = _authority(base_url.partition("://")[2])
    if rules.credential not in url and host.partition(":")[0] not in url.lower():
        return False
    parts = _split(url)
    if parts is None:
        return False
    credential = dict(parts[2]).get("X-Amz-Credential", "")
    return credential.startswith(rules.credential + "/") or (_authority(parts[0]) == host and PREFIX in parts[1])


def _authority(netloc: str) -> str:
    """Host and port, however they are written."""
    return netloc.rpartition("@")[2].partition("/")[0].lower().removesuffix(":80").removesuffix(":443")


def read(url: str) -> tuple[FilePath | None, list[tuple[str, str]]]:
    """Path and query of a URL of ours. What stands before our part of a path belongs to whoever passes calls on."""
    parts = _split(url)
    if parts is None:
        return None, []
    path = unquote(parts[1])
    return path_of(path[max(0, path.find(PREFIX)) :]), parts[2]


def _split(url: str) -> tuple[str, str, list[tuple[str, str]]] | None:
    try:
        parts = urlsplit(url)
        return parts.netloc, parts.path, parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return None


def _signature(account: Account, path: str, query: Mapping[str, str]) -> str:
    """Over the five signed names in their order; another name has no place in it."""
    key = entropy.draw(account.seed, account.id, "link", 0)
    text = "\n".join([path, *(quote(query.get(name, ""), safe="") for name in _NAMES)])
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _quoted(value: str) -> str:
    """Percent-encoded; only the slashes of a credential need it."""
    return value.replace("/", "%2F")
