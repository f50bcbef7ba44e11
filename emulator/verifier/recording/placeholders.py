"""What must not be told, and what is told in its place: equal things get equal placeholders, in order of appearance.

Keeps digests of what it has replaced, and in clear only what is known to be a secret, to find it in other places.
"""

import hashlib
import re

_LEAST, _SHORTEST = 4, 6  # characters of a secret that is looked for elsewhere, and inside other words
_WORDLIKE = re.compile(r"\w")


class Placeholders:
    """One recording's secrets and addresses."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, bytes], str] = {}
        self._made: dict[str, int] = {}
        self._secrets: dict[str, str] = {}
        self._starts: dict[str, list[str]] = {}  # by their first letters, those of a start longest first

    def of(self, kind: str, thing: str) -> str:
        """'secret-3' for the third secret."""
        key = kind, hashlib.blake2b(thing.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if key not in self._told:
            self._made[kind] = self._made.get(kind, 0) + 1
            self._told[key] = f"{kind}-{self._made[kind]}"
        return self._told[key]

    def learn(self, secret: str) -> None:
        """From now on this text is a secret wherever it stands, unless it is so short that it stands everywhere."""
        secret = secret.strip()
        if len(secret) >= _LEAST and secret.casefold() not in self._secrets and not self.is_one(secret):
            folded = _folded(secret)
            self._secrets[secret.casefold()] = self._secrets[folded] = self.of("secret", secret)
            alike = self._starts.setdefault(folded[:_LEAST], [])
            alike.append(folded)
            alike.sort(key=len, reverse=True)

    @property
    def known(self) -> int:
        """How many secrets are known."""
        return len(self._secrets)

    def is_one(self, text: str) -> bool:
        """Whether a text is a placeholder itself."""
        return re.fullmatch(r"(?:secret|text|address)-\d+", text) is not None

    def without_secrets(self, text: str) -> str:
        """The text with each known secret replaced, the longest first; a short one only where it stands alone.

        What it takes depends on the length of the text, hardly on how many secrets are known: there may be thousands.
        """
        if (whole := self._secrets.get(text.strip().casefold())) is not None:
            return whole
        folded = _folded(text)
        told: list[str] = []
        place = done = 0
        while place <= len(folded) - _LEAST:
            secret = self._at(folded, place) if folded[place : place + _LEAST] in self._starts else None
            if secret is None:
                place += 1
                continue
            told += (text[done:place], self._secrets[secret])
            place = done = place + len(secret)
        return "".join((*told, text[done:])) if told else text

    def _at(self, folded: str, place: int) -> str | None:
        """The secret that begins here, if one does."""
        for secret in self._starts[folded[place : place + _LEAST]]:
            end = place + len(secret)
            if folded.startswith(secret, place) and (len(secret) >= _SHORTEST or _alone(folded, place, end)):
                return secret
        return None


def _folded(text: str) -> str:
    """In small letters, as many as there were."""
    folded = text.casefold()
    return folded if len(folded) == len(text) else "".join(sign.casefold()[:1] or sign for sign in text)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether no word goes on at either end of what stands there."""
    before = start > 0 and _WORDLIKE.match(text[start - 1]) and _WORDLIKE.match(text[start])
    after = end < len(text) and _WORDLIKE.match(text[end - 1]) and _WORDLIKE.match(text[end])
    return not before and not after
