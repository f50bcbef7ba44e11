"""Addresses inside texts: links, host names, numbers of hosts, e-mail; found by their look alone.

Names what to look for. Texts of patents are full of dots, so a bare word is a host only with an ending that hosts
have, and in small letters.
"""

import ipaddress
import re
from collections.abc import Callable

LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}:(?:\\?/){2}[^\s\"'<>]+")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*")
IPV4 = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?![\d.]*\d)")
_IPV6 = re.compile(r"\[?(?<![0-9A-Za-z:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![0-9A-Za-z:])\]?(?::\d{2,5})?")
_ENDINGS = (
    "com|net|org|edu|gov|mil|int|info|biz|io|dev|app|cloud|ai|co|me|tech|online|site|xyz|internal|intranet|local|"
    "localdomain|localhost|lan|corp|home|private|test|example|arpa|onion|cn|jp|kr|tw|hk|de|fr|uk|eu|us|ru|ch|nl|se"
)
_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,62})"
HOST = re.compile(rf"(?<![A-Za-z0-9@./_-])(?:{_LABEL}\.)+(?:{_ENDINGS})(?![A-Za-z0-9_-])(?::\d{{1,5}})?")
_UPPER_HOST = re.compile(rf"(?<![A-Za-z0-9@./_-])(?:{_LABEL}\.){{1,}}(?:com|net|org|internal)(?![a-z0-9_-])", re.I)
MACHINE = re.compile(r"(?<![A-Za-z0-9.@_-])(?:localhost|[a-z][a-z0-9]*[-0-9][a-z0-9-]*)(?::\d{4,5})(?!\d)")


def without_hosts(text: str, put: Callable[[str, str], str]) -> str:
    """The text with every address but links replaced by what `put` makes of its kind and itself."""
    text = EMAIL.sub(lambda match: put("mail", match[0]), text)
    text = IPV4.sub(lambda match: put("host", match[0]), text)
    text = _IPV6.sub(lambda match: put("host", match[0]) if _is_address(match[0]) else match[0], text)
    for look in (HOST, _UPPER_HOST, MACHINE):
        text = look.sub(lambda match: put("host", match[0]), text)
    return text


def _is_address(text: str) -> bool:
    inner = text.partition("]")[0].lstrip("[") if text.startswith("[") else text
    try:
        ipaddress.IPv6Address(inner)
    except ValueError:
        return False
    return inner.strip(":") != ""
