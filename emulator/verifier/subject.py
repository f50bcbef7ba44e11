"""A command as reports name it: on one line, without secrets that were typed into it."""

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence

from emulator.contract.secrecy import body_without_secrets, without_secrets

_SECRET = r"[\w.-]*(?:secret|password|token|api[_-]?key|authorization)[\w.-]*"
_BEFORE_ONE = re.compile(rf"-{{1,2}}{_SECRET}", re.IGNORECASE)
_WITH_ONE = re.compile(rf"(-{{0,2}}{_SECRET}=).+", re.IGNORECASE | re.DOTALL)
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
    if _BEFORE_ONE.fullmatch(before):
        return _HIDDEN
    if before in _BEFORE_A_USER:
        return word.partition(":")[0] + (f":{_HIDDEN}" if ":" in word else "")
    word = _WITH_ONE.sub(rf"\g<1>{_HIDDEN}", word)
    for secret in secrets:
        word = word.replace(secret, _HIDDEN)
    return without_secrets(body_without_secrets(word))
