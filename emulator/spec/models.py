"""The promises of the service as frozen records: operations, errors, lives, decisions and their evidence.

Nothing here reads files or knows HTTP libraries. Every model refuses a field it does not know, so a word
that the emulator would silently ignore stops it at the start instead.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from emulator.clock import duration

Grade = Literal["documented", "observed", "assumed"]
Milliseconds = Annotated[int, BeforeValidator(lambda value: duration(value) if isinstance(value, str) else value)]
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


class Price(Frozen):
    """What one success costs: `credits` for each of `per`."""

    credits: int
    per: Literal["nothing", "non_empty_call", "item", "task"]
    evidence: Evidence


class Performance(Frozen):
    normal_ms: int
    max_ms: int
    evidence: Evidence


class Life(Frozen):
    """How long something lives, in milliseconds, and what starts it."""

    length: Milliseconds = Field(alias="is")
    start: Literal["creation", "success"] = Field(alias="from")
    evidence: Evidence

    @property
    def told(self) -> str:
        """'30 minutes (tutorial)', for a reason."""
        units = (("days", 86_400_000), ("hours", 3_600_000), ("minutes", 60_000), ("seconds", 1000), ("ms", 1))
        name, unit = next((name, unit) for name, unit in units if self.length % unit == 0)
        return f"{self.length // unit} {name} ({self.evidence.cited})"


class Parameter(Frozen):
    """One thing a request may carry. `schema` is resolved: no references, evidence on every part."""

    name: str
    location: Literal["query", "body"]
    required: bool
    published_required: bool
    schema_: Schema = Field(alias="schema")
    example: Any = None
    evidence: Evidence


class Body(Frozen):
    media_type: Literal["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]


class Creation(Frozen):
    """What an operation records for later calls: where, how its id is written, how long it lives.

    `documented` are the ids of the pages' examples; they exist, finished, in every account from its opening.
    """

    table: Literal["tasks", "searches"]
    form: Literal["dashed", "hex", "search"]
    life: str
    documented: tuple[str, ...]


class Operation(Frozen):
    """One operation of the service, with everything its page says."""

    id: str
    method: str
    path: str
    title: str
    published_title: str
    family: str
    behaviour: str
    reads: str | None = None
    after: tuple[str, ...] = ()
    creates: Creation | None = None
    error_table: str
    price: Price
    performance: Performance | None = None
    lives: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    any_of: tuple[str, ...] = ()
    any_of_evidence: Evidence
    parameters: tuple[Parameter, ...]
    body: Body | None = None
    answer: Schema
    statuses: dict[int, str]
    security: Literal["shared", "clientSecret"]
    evidence: Evidence
    file: str
    fragment: dict[str, Any] = Field(repr=False)

    def parameter(self, name: str) -> Parameter | None:
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    def names(self, location: str) -> frozenset[str]:
        """The parameters that stand in the query, or in the body."""
        return frozenset(parameter.name for parameter in self.parameters if parameter.location == location)

    def example_values(self) -> dict[str, Any]:
        """The page's own example of a request, the required and the optional parameters alike."""
        return {parameter.name: parameter.example for parameter in self.parameters if parameter.example is not None}


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
    texts: dict[str, str] = Field(min_length=1)
    meaning: str
    causes: dict[str, Annotated[CauseEntry, BeforeValidator(_cause)]] = {}
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


class Credentials(Frozen):
    token_type: str
    expires_in: int
    token_status: str
    grant_type: str
    key_pattern: Pattern
    key_length: int
    client_id_pattern: Pattern
    reserved_secret: str
    demo: dict[Literal["client_id", "client_secret"], str]
    evidence: Evidence


class Envelope(Frozen):
    content_type: str
    success_keys: tuple[Literal["data", "status", "error_code"], ...]
    correlation_header: str
    amount_header: str
    evidence: Evidence


class Links(Frozen):
    algorithm: str
    credential: str
    scope: str
    evidence: Evidence


class Bound(Frozen):
    at_most: int
    evidence: Evidence


class Side(Frozen):
    says: str
    source: str


class Decision(Frozen):
    """Where documents are silent or disagree: what we do, and why."""

    question: str
    answer: str
    value: Any = None
    switch: str | None = None
    sides: tuple[Side, ...] = ()
    evidence: Evidence
    where: str | None = None
    state: Literal["in_force", "later"]


class Values(Frozen):
    """The decisions that carry a value which code reads, by their names in decisions.yaml."""

    task_duration: Milliseconds
    risk_levels: dict[Literal["High", "Medium"], float]
    comparison_count: int
    clearance_listed: int
    score_without_picture: float
    rerank_weights: dict[Literal["likeness", "class", "main_field"], float]
    rrf_constant: int


class Service(Frozen):
    """Everything the fixtures say. `security` is what an operation demands that does not say otherwise."""

    title: str
    description: str
    hosts: tuple[str, ...]
    sources: dict[str, Source]
    lives: dict[str, Life]
    credentials: Credentials
    envelope: Envelope
    links: Links
    bounds: dict[str, Bound]
    errors: Errors
    decisions: dict[str, Decision]
    operations: dict[str, Operation]
    values: Values
    security: tuple[dict[str, tuple[str, ...]], ...]
    components: dict[str, Any] = Field(repr=False)

    def life(self, name: str) -> int:
        """A life's length in milliseconds."""
        return self.lives[name].length

    def query_credentials(self) -> frozenset[str]:
        """The names of query parameters that carry credentials, on every operation."""
        schemes = self.components["securitySchemes"].values()
        return frozenset(scheme["name"] for scheme in schemes if scheme.get("in") == "query")
