"""The only source of ids and chance.

A draw is a keyed hash of the seed, the account, what the draw is for and how many such draws the account
has made before. It holds no state, so two accounts never disturb each other and the same calls give the
same ids. Who counts the draws, and where the count is kept, is not known here.
"""

import hashlib
import uuid

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def draw(seed: int, account: str, purpose: str, number: int, size: int = 32) -> bytes:
    """`size` bytes (1 to 64) that depend on the arguments alone."""
    text = f"{seed}\x00{account}\x00{purpose}\x00{number}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=size).digest()


def dashed(raw: bytes) -> str:
    """A random-looking version 4 UUID, as task ids and correlation ids are written."""
    return str(uuid.UUID(bytes=raw[:16], version=4))


def letters(raw: bytes, length: int) -> str:
    """`length` letters and digits, as keys and tokens are written."""
    stream = hashlib.shake_256(raw).digest(length)
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in stream)
