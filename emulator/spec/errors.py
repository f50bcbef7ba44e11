"""The errors of the service as frozen records: codes, texts, the tables of pages, the ways on the wire."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from emulator.spec.evidence import Evidence, Frozen


class CauseEntry(Frozen):
    """How to meet a cause, its code under `live` where that differs, and the tables of pages where it cannot occur."""

    do: str
    live: int | None = None
    not_on: tuple[str, ...] = ()


def _cause(value: Any) -> Any:
    return {"do": value} if isinstance(value, str) else value


class ErrorCode(Frozen):
    kind: Literal["platform", "business"]
    http: int
    texts: dict[str, Annotated[str, Field(min_length=1)]] = Field(min_length=1)
    meaning: str
    causes: dict[str, Annotated[CauseEntry, BeforeValidator(_cause)]] = Field(default_factory=dict)
    by_hand: str | None = None
    evidence: Evidence


class ErrorTable(Frozen):
    """The codes a page lists, the order in which texts are looked for, and what stands in for unlisted codes."""

    texts: dict[str, tuple[str, ...]]
    lists: tuple[int, ...]
    nearest: dict[int, int]
    evidence: Evidence


class Wire(Frozen):
    failure_keys: tuple[Literal["status", "error_code", "error_msg"], ...]
    http: Literal["by_code", "always_200"]
    amount_header: bool
    texts: Literal["by_table"] | dict[str, tuple[str, ...]]
    nearest: bool
    token: Literal["flat", "wrapped"]
    evidence: Evidence


class Errors(Frozen):
    """The whole of errors.yaml. `generations` says where the texts of each name stand."""

    generations: dict[str, Evidence]
    codes: dict[int, ErrorCode]
    tables: dict[str, ErrorTable]
    wire: dict[str, Wire]
