"""Bodies and addresses as people may see them: cut, and without secrets. What was cut says how long it was."""

import re

from emulator.contract.secrecy import body_without_secrets, without_secrets

LONGEST_BODY = 8192
_LONGEST_SECRET = 1024
_TEXTS = ("application/json", "application/x-www-form-urlencoded", "")
_CUT = re.compile(r" \.\.\. <(\d{1,12}) bytes in all>\Z")


def shown(body: bytes, media_type: str, longest: int = LONGEST_BODY) -> str | None:
    """The first bytes of a text, 8192 unless told otherwise; the size of anything else; None for nothing."""
    if not body:
        return None
    if media_type not in _TEXTS:
        return f"<{len(body)} bytes of {without_secrets(media_type[:60])}>"
    read = body[: longest + _LONGEST_SECRET].decode("utf-8", "replace")  # no secret is cut before it is seen
    return marked(body_without_secrets(read)[:longest], len(body), cut=len(body) > longest)


def marked(text: str, size: int, *, cut: bool) -> str:
    """A text that may be the beginning of `size` bytes, and says so then."""
    return f"{text} ... <{size} bytes in all>" if cut else text


def size_of_cut(text: str) -> tuple[str, int | None]:
    """A text as `shown` made it without its mark, and how many bytes there had been; None where nothing was cut."""
    found = _CUT.search(text)
    return (text[: found.start()], int(found[1])) if found else (text, None)


def shown_path(path: str) -> str:
    """A path, at most 500 characters of it."""
    return without_secrets(path[:500])
