"""What an Authorization header holds: a bearer, or user and password. Whether they are right is not known here."""

import base64
import binascii


def bearer_of(header: str) -> str | None:
    """The token of a header, however its scheme is capitalised."""
    scheme, _, value = header.partition(" ")
    return value.strip() if scheme.lower() == "bearer" and value.strip() else None


def basic_of(header: str) -> tuple[str, str] | None:
    """User and password of a Basic header."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, colon, password = base64.b64decode(value.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return (user, password) if colon else None
