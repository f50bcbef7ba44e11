"""Values that ask for trouble, as frozen records: where they are looked for, and what each word does, for people."""

from typing import Any

from pydantic import Field

from emulator.spec.evidence import Evidence, Frozen, Milliseconds


class ReservedWord(Frozen):
    """A word and what it does."""

    word: str
    does: str


class AnswerForms(Frozen):
    """How a success comes otherwise than usual.

    `added` are the unknown fields, `kept` the names of what tells an item from others, `texts` the names of fields
    with words for people, `ending` what is written behind these.
    """

    added: dict[str, Any]
    kept: tuple[str, ...]
    texts: tuple[str, ...]
    ending: str


class Reserved(Frozen):
    """Values that ask for trouble: where they are looked for, what they are, what a failure is answered with."""

    parameters: tuple[str, ...]
    failure: int
    slow_task: Milliseconds
    slow_nights: int = Field(ge=1)
    words: tuple[ReservedWord, ...]
    evidence: Evidence
