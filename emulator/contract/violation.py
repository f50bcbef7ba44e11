"""One breach of one rule: where, which rule, what was expected, what came, and how we know the rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.errors import Cause


@dataclass(frozen=True, slots=True)
class Violation:
    """`sentence` is for people, `rule` the word of the schema that was broken, `cause` why the service refuses."""

    where: str
    rule: str
    sentence: str
    evidence: Mapping[str, Any]
    cause: Cause = Cause.PARAMETER_INVALID

    def __str__(self) -> str:
        return f"{self.sentence} ({cited(self.evidence)})"


def cited(evidence: Mapping[str, Any]) -> str:
    """'seed 004' for a document, 'assumed' for a rule of ours, 'observed, live logs' for what was seen."""
    source = str(evidence["source"]).replace("-", " ")
    match evidence["grade"]:
        case "documented":
            return source
        case "assumed":
            return "assumed: no page says so"
        case grade:
            return f"{grade}, {source}"


def shown(value: Any) -> str:
    """A value as a sentence quotes it: short, whatever came."""
    text = repr(value) if not isinstance(value, float) else f"{value:g}"
    return text if len(text) <= 60 else text[:57] + "..."
