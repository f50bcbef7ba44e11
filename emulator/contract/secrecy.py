"""What must not stand in a journal, a header or a report: keys, secrets, tokens, signatures, in any writing.

Texts go in and come out with each secret replaced, keys and tokens by a mark from which equal ones can be told.
"""

import hashlib
import re
import string
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote

_PUBLIC = frozenset({"token_type", "token_status"})
_SECRET_NAME = re.compile(
    r".*(?:secret|passw|passphrase|token|api[-_]?key|access[-_]?key|private[-_]?key|authorization|credential"
    r"|signature|session|cookie|jwt|bearer).*|(?:.*[-_])?(?:auth|sig|pwd|pw|pin|otp)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_NAME = 60
_OF_NAMES = string.ascii_letters + string.digits + "_.-"
_KEY = re.compile(r"(?<![A-Za-z0-9])sk-[A-Za-z0-9]{16,}")
_MEMBER_NAME = re.compile(r'"([^"\\]{1,60})"\s*:')
_VALUE = r'(?:"(?:[^"\\]|\\.)*(?:"|$)|\[[^\]]*(?:\]|$)|\{[^}]*(?:\}|$)|[^,}\s]+)'
_FIELD = re.compile(r"""((?<![\w.-])([A-Za-z0-9_.-]{1,60})=)[^&\s"\\]+""")
_USER_INFO = re.compile(r"""(://)[^\s/@"'<>]+@""")
_SCHEME = re.compile(r"\b(bearer|basic)(\s+)(?=[A-Za-z._~+/-]*[0-9=])[A-Za-z0-9._~+/=-]{6,}", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u00([2-7][0-9a-fA-F])")
_TOKEN = re.compile(  # 32 letters and digits, small and large ones: no id of ours looks like that
    r"(?<![A-Za-z0-9])(?=[a-z0-9]*[A-Z])(?=[A-Z0-9]*[a-z])[A-Za-z0-9]{32}(?![A-Za-z0-9])"
)


def is_secret(name: str) -> bool:
    """Whether what bears this name is not for others, be it a header, a parameter, a member or an option."""
    return _is_secret(name[-200:])


@lru_cache(4096)
def _is_secret(name: str) -> bool:
    return name.lower() not in _PUBLIC and _SECRET_NAME.fullmatch(name) is not None


def without_secrets(text: str) -> str:
    """A text with keys, tokens and signatures replaced; read once more where percent signs may hide one."""
    masked = _masked(text)
    if "%" in text:
        plain = unquote(unquote(text))
        if _masked(plain) != plain:
            return _masked(plain)
    return masked


def query_without_secrets(raw_query: str) -> str:
    """A raw query, read and written anew, so that no way of writing hides a secret."""
    pairs = parse_qsl(raw_query[:8000], keep_blank_values=True, errors="replace")
    shown = ((without_secrets(name), _shown(name, value)) for name, value in pairs)
    return "&".join(f"{_written(name)}={_written(value)}" for name, value in shown)[:4000]


def body_without_secrets(body: str) -> str:
    """A JSON or form body, or what was meant as one."""
    if "\\u00" in body:
        body = _ESCAPE.sub(_unescaped, body)
    if names := set(filter(is_secret, _MEMBER_NAME.findall(body))):
        body = re.sub(rf'("(?:{"|".join(map(re.escape, names))})"\s*:\s*){_VALUE}', r'\1"..."', body)
    return _masked(body)


def _unescaped(match: re.Match[str]) -> str:
    return match[0] if match[1] in ("22", "5c", "5C") else chr(int(match[1], 16))


def _masked(text: str) -> str:
    """Goes through a text only for what a look at it says may be there: most have nothing."""
    text = _KEY.sub(lambda match: f"sk-...{mark(match[0])}", text)
    if "=" in text and any(map(is_secret, _fields(text))):
        text = _FIELD.sub(lambda match: f"{match[1]}..." if is_secret(match[2]) else match[0], text)
    if "@" in text:
        text = _USER_INFO.sub(r"\1...@", text)
    if any(part in text for part in ("earer", "EARER", "asic", "ASIC")):
        text = _SCHEME.sub(r"\1\2...", text)
    return _TOKEN.sub(lambda match: f"...{mark(match[0])}", text)


def _fields(text: str) -> set[str]:
    """The names before equals signs."""
    ends = (part[-_LONGEST_NAME:] for part in text.split("=")[:-1])
    return {end[len(end.rstrip(_OF_NAMES)) :] for end in ends}


def _shown(name: str, value: str) -> str:
    return "..." if is_secret(name) else without_secrets(value)


def _written(text: str) -> str:
    return quote(text, safe="-._~!$'()*,;:@/ ").replace(" ", "+")


def mark(secret: str) -> str:
    """Eight digits from which equal secrets can be told, and nothing else."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()[:8]
