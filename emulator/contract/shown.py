"""Bodies and addresses as people may see them: cut, and without secrets."""

from emulator.contract.secrecy import body_without_secrets, without_secrets

_LONGEST_BODY = 8192
_LONGEST_SECRET = 1024
_TEXTS = ("application/json", "application/x-www-form-urlencoded", "")


def shown(body: bytes, media_type: str) -> str | None:
    """The first 8192 bytes of a text, the size of anything else; None for nothing."""
    if not body:
        return None
    if media_type not in _TEXTS:
        return f"<{len(body)} bytes of {without_secrets(media_type[:60])}>"
    read = body[: _LONGEST_BODY + _LONGEST_SECRET].decode("utf-8", "replace")  # no secret is cut before it is seen
    text = body_without_secrets(read)[:_LONGEST_BODY]
    return text + (f" ... <{len(body)} bytes in all>" if len(body) > _LONGEST_BODY else "")


def shown_path(path: str) -> str:
    """A path, at most 500 characters of it."""
    return without_secrets(path[:500])
