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
        self._finder: re.Pattern[str] | None = None

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
            self._secrets[secret.casefold()] = self.of("secret", secret)
            self._finder = None

    @property
    def known(self) -> int:
        """How many secrets are known."""
        return len(self._secrets)

    def is_one(self, text: str) -> bool:
        """Whether a text is a placeholder itself."""
        return re.fullmatch(r"(?:secret|text|address)-\d+", text) is not None

    def without_secrets(self, text: str) -> str:
        """The text with each known secret replaced; a short one only where it stands alone."""
        if not self._secrets:
            return text
        if (whole := self._secrets.get(text.strip().casefold())) is not None:
            return whole
        if self._finder is None:
            self._finder = self._compiled()
        return self._finder.sub(lambda match: self._secrets.get(match[0].casefold(), "secret"), text)

    def _compiled(self) -> re.Pattern[str]:
        longest_first = sorted(self._secrets, key=len, reverse=True)
        return re.compile("|".join(_sought(secret) for secret in longest_first), re.IGNORECASE)


def _sought(secret: str) -> str:
    quoted = re.escape(secret)
    if len(secret) >= _SHORTEST:
        return quoted
    before = r"(?<!\w)" if _WORDLIKE.match(secret[0]) else ""
    after = r"(?!\w)" if _WORDLIKE.match(secret[-1]) else ""
    return before + quoted + after
