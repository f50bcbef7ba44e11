"""One breach of one rule: where, which rule, what was expected, what came, and how we know the rule."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.errors import Cause
from emulator.spec.evidence import cited


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


def shown(value: Any) -> str:
    """A value as a sentence quotes it: short, whatever came."""
    text = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."
