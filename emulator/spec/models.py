"""The promises of the service as frozen records: operations, errors, lives, decisions and their evidence.

Nothing here reads files or knows HTTP libraries. Every model refuses a field it does not know, so a word
that the emulator would silently ignore stops it at the start instead.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from emulator.clock import duration

Grade = Literal["documented", "observed", "assumed"]
Milliseconds = Annotated[int, BeforeValidator(lambda value: duration(value) if isinstance(value, str) else value)]
Schema = dict[str, Any]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Evidence(Frozen):
    """How we know a rule: a page says so, somebody saw it live, or it is ours."""

    grade: Grade
    source: str
    note: str = ""

    def __str__(self) -> str:
        return f"{self.grade}, {self.source}"


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

    `documented` is the id of the page's example; it exists, finished, in every account from its opening.
    """

    table: Literal["tasks", "searches"]
    form: Literal["dashed", "hex", "search"]
    life: str
    documented: str


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
    parameters: tuple[Parameter, ...]
    body: Body | None = None
    answer: Schema
    statuses: dict[int, str]
    security: Literal["clientToken", "clientSecret"]
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
    do: str
    live: int | None = None


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
    key_pattern: str
    key_length: int
    client_id_pattern: str
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


class Service(Frozen):
    """Everything the fixtures say."""

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
    components: dict[str, Any] = Field(repr=False)

    def life(self, name: str) -> int:
        """A life's length in milliseconds."""
        return self.lives[name].length

    def decided(self, name: str) -> Any:
        """The machine value of a decision."""
        return self.decisions[name].value
