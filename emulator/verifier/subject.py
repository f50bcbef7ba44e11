"""A command as reports name it: on one line, without secrets that were typed into it."""

import shlex
from collections.abc import Iterable, Iterator, Sequence

from emulator.contract.secrecy import body_without_secrets, is_secret, without_secrets

_BEFORE_A_USER = frozenset({"-u", "--user"})  # as curl has it: name:secret
_HIDDEN = "..."


def told(command: Sequence[str], known: Iterable[str] = ()) -> str:
    """The command, quoted for a shell; `known` are secrets that are to be hidden wherever they stand."""
    secrets = sorted(filter(None, known), key=len, reverse=True)
    return " ".join(shlex.join(_words(command, secrets)).split())


def _words(command: Sequence[str], secrets: Sequence[str]) -> Iterator[str]:
    before = ""
    for word in command:
        yield _word(before, word, secrets)
        before = word


def _word(before: str, word: str, secrets: Sequence[str]) -> str:
    if before.startswith("-") and is_secret(before.lstrip("-")):
        return _HIDDEN
    if before in _BEFORE_A_USER:
        return word.partition(":")[0] + (f":{_HIDDEN}" if ":" in word else "")
    name, equals, _ = word.partition("=")
    if equals and is_secret(name.lstrip("-")):
        word = f"{name}={_HIDDEN}"
    for secret in secrets:
        word = word.replace(secret, _HIDDEN)
    return without_secrets(body_without_secrets(word))
