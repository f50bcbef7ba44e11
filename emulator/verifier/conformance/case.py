"""One promise of the documents that can be put to the test: what it is about, how it is known, what trying it costs.

Cases are made by the modules of `themes`; how one is played, and against what, stands in `play` and `stage`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from emulator.spec.evidence import OURS, Evidence
from emulator.spec.models import Operation

if TYPE_CHECKING:
    from emulator.verifier.conformance.stage import Stage

ANYWHERE = "service"  # the operation of cases that are about no single one


class Need(StrEnum):
    """What a case cannot do without."""

    CONTROL = "the control API of an emulator"
    CLIENT = "a client id with its secret"
    SERVER = "a server of one's own, because every account of it is concerned"


class Breach(str):
    """A sentence about what differed, with the evidence of the rule where that is not the case's own."""

    __slots__ = ("evidence",)
    evidence: Mapping[str, Any] | None

    def __new__(cls, sentence: str, evidence: Mapping[str, Any] | None = None) -> "Breach":
        breach = super().__new__(cls, sentence)
        breach.evidence = evidence
        return breach


@dataclass(frozen=True, slots=True)
class Case:
    """`calls` and `credits` are what it takes at most, by the published prices; `needs` what must be there.

    `script` is what is done; each sentence it yields is a breach.
    """

    id: str
    operation: str
    rule: str
    title: str
    evidence: Mapping[str, Any]
    calls: int
    credits: int
    script: Callable[["Stage"], Iterator[str]]
    needs: frozenset[Need] = frozenset()

    def play(self, stage: "Stage") -> Iterator[str]:
        """The breaches, as they are found."""
        return self.script(stage)


def beside(what: str, breaches: Iterable[str]) -> Iterator[str]:
    """Breaches with a word in front about what they belong to; how they are known stays."""
    for breach in breaches:
        yield Breach(f"{what}: {breach}", breach.evidence if isinstance(breach, Breach) else None)


def case(
    rule: str,
    operation: Operation | None,
    about: str,
    title: str,
    script: Callable[["Stage"], Iterator[str]],
    *,
    evidence: Mapping[str, Any] | Evidence | None = None,
    calls: int = 1,
    credits: int = 0,
    needs: tuple[Need, ...] = (),
) -> Case:
    """A case called `rule/operation/about`; its evidence is the operation's, unless told otherwise."""
    name = operation.id if operation else ANYWHERE
    known = evidence if evidence is not None else operation.evidence if operation else OURS
    proof = known.model_dump() if isinstance(known, Evidence) else dict(known)
    full = "/".join(part for part in (rule, name, about) if part)
    return Case(full, name, rule, title, proof, calls, credits, script, frozenset(needs))
