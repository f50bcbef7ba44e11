"""How a rule is known, and the ground on which all models of the documents stand.

Every model refuses a field it does not know, so a word that the emulator would silently ignore stops it instead.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from emulator.clock import duration, time_of_day, zone

Grade = Literal["documented", "observed", "assumed"]
Milliseconds = Annotated[int, BeforeValidator(lambda value: duration(value) if isinstance(value, str) else value)]
Zone = Annotated[int, BeforeValidator(lambda value: zone(value) if isinstance(value, str) else value)]
TimeOfDay = Annotated[int, BeforeValidator(lambda value: time_of_day(value) if isinstance(value, str) else value)]
Schema = dict[str, Any]


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"is no pattern: {error}") from error
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Evidence(Frozen):
    """How we know a rule: a page says so, somebody saw it live, or it is ours."""

    grade: Grade
    source: str
    note: str = ""

    def __str__(self) -> str:
        return f"{self.grade}, {self.source}"

    @property
    def cited(self) -> str:
        """As a reason names it."""
        return cited({"grade": self.grade, "source": self.source})


def cited(evidence: Mapping[str, Any]) -> str:
    """'seed 004' for a document, 'assumed: ...' for a rule of ours, 'observed, live logs' for what was seen."""
    source = str(evidence["source"]).replace("-", " ", 1)
    match evidence["grade"]:
        case "documented":
            return source
        case "assumed":
            return "assumed: no page says so"
        case grade:
            return f"{grade}, {source}"


OURS: Mapping[str, Any] = {"grade": "assumed", "source": "own-decision"}


class Source(Frozen):
    title: str
    kind: str


class Note(Frozen):
    text: str
    evidence: Evidence
