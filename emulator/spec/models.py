"""The promises of the service as frozen records: operations, lives, decisions, the whole; no files, no HTTP."""

from typing import Any, Literal

from pydantic import Field

from emulator.spec.errors import Errors
from emulator.spec.evidence import Evidence, Frozen, Milliseconds, Note, Pattern, Schema, Source, TimeOfDay, Zone
from emulator.spec.report_rules import EvaluationRules, Nearness, RerankWeights, ValuationRules
from emulator.spec.reserved import Reserved
from emulator.spec.rules import ClientRules

FILE = "file"  # what a download is called, beside the ids of operations


class Price(Frozen):
    """What one success costs: `credits` for each of `per`."""

    credits: int = Field(ge=0)
    per: Literal["nothing", "non_empty_call", "item", "task", "image"]
    evidence: Evidence


class Performance(Frozen):
    normal_ms: int
    max_ms: int
    evidence: Evidence


class Life(Frozen):
    """How long something lives, in milliseconds, and what starts it."""

    length: Milliseconds = Field(alias="is", ge=1)
    start: Literal["creation", "success"] = Field(alias="from")
    evidence: Evidence

    @property
    def told(self) -> str:
        """'30 minutes (tutorial)', for a reason."""
        units = (
            ("days", 86_400_000),
            ("hours", 3_600_000),
            ("minutes", 60_000),
            ("seconds", 1000),
            ("milliseconds", 1),
        )
        name, unit = next((name, unit) for name, unit in units if self.length % unit == 0)
        number = self.length // unit
        return f"{number} {name if number != 1 else name.removesuffix('s')} ({self.evidence.cited})"


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

    `runs` is the decision that says when it is done, if it takes time.
    `documented` are the ids of the pages' examples; they exist, finished, in every account from its opening.
    """

    table: Literal["tasks", "searches"]
    form: Literal["dashed", "hex", "search", "number"]
    life: str
    runs: Literal["task_duration", "valuation_duration", "batch_search_hours"] = "task_duration"
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

    @property
    def makes_tasks(self) -> bool:
        """Whether what it records takes time."""
        return self.creates is not None and self.creates.table == "tasks"

    def parameter(self, name: str) -> Parameter | None:
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    def names(self, location: str) -> frozenset[str]:
        """The parameters that stand in the query, or in the body."""
        return frozenset(parameter.name for parameter in self.parameters if parameter.location == location)

    def example_values(self) -> dict[str, Any]:
        """The page's own example of a request, the required and the optional parameters alike."""
        return {parameter.name: parameter.example for parameter in self.parameters if parameter.example is not None}


class DemoCredentials(Frozen):
    client_id: str = Field(min_length=1)
    client_secret: str = Field(min_length=1)


class Credentials(Frozen):
    token_type: str
    expires_in: int
    token_status: str
    grant_type: str
    key_pattern: Pattern
    key_length: int
    client_id_pattern: Pattern
    reserved_secret: str
    demo: DemoCredentials
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
    at_most: int = Field(ge=1)
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


class RiskLevels(Frozen):
    """The scores from which a comparison is a high or a medium risk."""

    High: float
    Medium: float


class Values(Frozen):
    """The decisions that carry a value which code reads, by their names in decisions.yaml."""

    task_duration: Milliseconds
    batch_search_hours: TimeOfDay
    valuation_duration: Milliseconds
    valuation_waiting: float
    valuation_rules: ValuationRules
    balance_at_opening: int
    day_zone: Zone
    latency_documented: Milliseconds
    busy: Milliseconds
    risk_levels: RiskLevels
    same_look: float
    first_view_hides: dict[str, tuple[str, ...]]
    comparison_count: int
    clearance_listed: int
    score_without_picture: float
    other_class_weight: float
    colour_weight: float
    rerank_weights: RerankWeights
    rrf_constant: int
    nearness: Nearness
    evaluation_weights: dict[str, dict[str, float]]
    evaluation_rules: EvaluationRules
    report_text_printed: int
    report_rows_printed: int
    simple_legal_status_words: dict[int, str]
    wide_family_ids_beyond: int


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
    reserved: Reserved
    errors: Errors
    decisions: dict[str, Decision]
    client_rules: ClientRules
    operations: dict[str, Operation]
    values: Values
    security: tuple[dict[str, tuple[str, ...]], ...]
    components: dict[str, Any] = Field(repr=False)

    def life(self, name: str) -> int:
        """A life's length in milliseconds."""
        return self.lives[name].length

    def usual_answer(self, operation: Operation) -> int:
        """How long an answer takes by its page, in milliseconds."""
        return operation.performance.normal_ms if operation.performance else self.values.latency_documented

    def longest_answer(self, operation: Operation) -> int:
        """How long an answer may take by its page, in milliseconds."""
        return operation.performance.max_ms if operation.performance else self.values.busy

    def query_credentials(self) -> frozenset[str]:
        """The names of query parameters that carry credentials, on every operation."""
        schemes = self.components["securitySchemes"].values()
        return frozenset(scheme["name"] for scheme in schemes if scheme.get("in") == "query")
