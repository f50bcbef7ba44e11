"""Values that ask for trouble, as frozen records: where they are looked for, and what each word does, for people."""

from pydantic import Field

from emulator.spec.evidence import Evidence, Frozen, Milliseconds


class ReservedWord(Frozen):
    """A word and what it does."""

    word: str
    does: str


class Reserved(Frozen):
    """Values that ask for trouble: where they are looked for, what they are, what a failure is answered with."""

    parameters: tuple[str, ...]
    failure: int
    slow_task: Milliseconds
    slow_nights: int = Field(ge=1)
    words: tuple[ReservedWord, ...]
    evidence: Evidence
