"""What must not stand in a journal, a header or a report: keys, secrets, tokens, signatures, in any writing.

Texts go in and come out with each secret replaced, keys and tokens by a mark from which equal ones can be told.
"""

import hashlib
import re
from urllib.parse import parse_qsl, quote, unquote

_NAME = r"(?:client[_-]?secret|secret|password|token|access[_-]?token|api[_-]?key|authorization)"
_KEY = re.compile(r"(?<![A-Za-z0-9])sk-[A-Za-z0-9]{16,}")
_SIGNATURE = re.compile(r'(X-Amz-Signature(?:=|%3D))[^&\s"\\]+', re.IGNORECASE)
_MEMBER = re.compile(rf'("{_NAME}"\s*:\s*)(?:"(?:[^"\\]|\\.)*(?:"|$)|\[[^\]]*(?:\]|$)|[^,}}\s]+)', re.IGNORECASE)
_FIELD = re.compile(rf'((?:^|[&?\s"]){_NAME}=)[^&\s"\\]+', re.IGNORECASE)
_NAMES = re.compile(rf"{_NAME}|x-amz-signature", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u00([2-7][0-9a-fA-F])")
_TOKEN = re.compile(  # 32 letters and digits, small and large ones: no id of ours looks like that
    r"(?<![A-Za-z0-9])(?=[a-z0-9]*[A-Z])(?=[A-Z0-9]*[a-z])[A-Za-z0-9]{32}(?![A-Za-z0-9])"
)


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
    body = _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] not in ("22", "5c", "5C") else match[0], body)
    return _masked(_FIELD.sub(r"\1...", _MEMBER.sub(r'\1"..."', body)))


def _masked(text: str) -> str:
    text = _KEY.sub(lambda match: f"sk-...{mark(match[0])}", text)
    text = _SIGNATURE.sub(r"\1...", text)
    return _TOKEN.sub(lambda match: f"...{mark(match[0])}", text)


def _shown(name: str, value: str) -> str:
    return "..." if _NAMES.fullmatch(name) else without_secrets(value)


def _written(text: str) -> str:
    return quote(text, safe="-._~!$'()*,;:@/ ").replace(" ", "+")


def mark(secret: str) -> str:
    """Eight digits from which equal secrets can be told, and nothing else."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()[:8]
