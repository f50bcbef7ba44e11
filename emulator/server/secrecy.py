"""What must not stand in a journal or a header: keys, secrets, tokens and signatures, however they are written.

Texts go in and come out with each secret replaced by a mark from which equal ones can be told.
"""

import hashlib
import re
from urllib.parse import parse_qsl, quote

_NAMES = frozenset({"client_secret", "secret", "token", "access_token", "password", "x-amz-signature"})
_KEY = re.compile(r"sk-[A-Za-z0-9]{8,}")
_SIGNATURE = re.compile(r"(X-Amz-Signature(?:=|%3D))[0-9A-Za-z]+", re.IGNORECASE)
_MEMBER = re.compile(r'("(?:client_secret|secret|token|access_token|password)"\s*:\s*)"(?:[^"\\]|\\.)*"', re.IGNORECASE)
_ESCAPE = re.compile(r"\\u00([2-7][0-9a-fA-F])")
_TOKEN = re.compile(  # 32 letters and digits, of each kind at least one: no id of ours looks like that
    r"(?<![A-Za-z0-9])(?=[A-Za-z]*[0-9])(?=[a-z0-9]*[A-Z])(?=[A-Z0-9]*[a-z])[A-Za-z0-9]{32}(?![A-Za-z0-9])"
)


def without_secrets(text: str) -> str:
    """A text with keys, tokens and signatures replaced."""
    text = _KEY.sub(lambda match: f"sk-...{_mark(match[0])}", text)
    text = _SIGNATURE.sub(r"\1...", text)
    return _TOKEN.sub(lambda match: f"...{_mark(match[0])}", text)


def query_without_secrets(raw_query: str) -> str:
    """A raw query, read and written anew, so that no way of writing hides a secret."""
    pairs = parse_qsl(raw_query[:8000], keep_blank_values=True, errors="replace")
    shown = ((without_secrets(name), _shown(name, value)) for name, value in pairs)
    return "&".join(f"{_written(name)}={_written(value)}" for name, value in shown)[:4000]


def body_without_secrets(body: str, media_type: str) -> str:
    """A JSON or form body."""
    if media_type == "application/x-www-form-urlencoded":
        return query_without_secrets(body)
    body = _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] not in ("22", "5c", "5C") else match[0], body)
    return without_secrets(_MEMBER.sub(r'\1"..."', body))


def _shown(name: str, value: str) -> str:
    return "..." if name.lower() in _NAMES else without_secrets(value)


def _written(text: str) -> str:
    return quote(text, safe="-._~!$'()*,;:@/ ").replace(" ", "+")


def _mark(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()[:8]
