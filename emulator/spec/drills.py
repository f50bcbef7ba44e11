"""The drills as frozen records: what mishap is prepared, where in a client's run, what a sound client does then.

Where a fault goes is told by the role that a call plays, since clients call different operations. Which operations
play a role in a run, and how a run is judged, is not known here.
"""

from typing import Any, Literal

from pydantic import Field, model_validator

from emulator.spec.evidence import Evidence, Frozen, Milliseconds

Role = Literal["call", "token", "read", "search", "poll", "creation", "upload", "paid", "link", "download"]
Form = Literal["extra", "sparse", "empty", "chinese"]


class DrillFault(Frozen):
    """One planned fault: `on` the first call of a role, or the `middle` one, or the first of each operation.

    `of_any` lets it meet whatever call comes from there on. The rest is as the control API takes it.
    """

    on: Role
    at: Literal["first", "middle"] = "first"
    each: bool = False
    of_any: bool = False
    error: int | None = None
    status: int | None = None
    delay: str | None = None
    drip: str | None = None
    advance: str | None = None
    answer: Form | None = None
    reset: bool = False
    truncate: bool = False
    hang: bool = False
    times: int | None = Field(default=1, ge=1)

    def effect(self) -> dict[str, Any]:
        """What happens, as the control API takes it."""
        where = {"on", "at", "each", "of_any", "times"}
        return self.model_dump(exclude=where, exclude_defaults=True) | {"times": self.times}


class Drill(Frozen):
    """A mishap and what follows from it.

    `needs` are roles without which it cannot be met; `settings` are options of `serve`; `plan` how tasks run; `ends`
    the limit that runs out inside the dearest call; `client_ahead` and `client_behind` how wrong the client's clock is;
    `limit_times` how much longer than usual the run may take; `rests_on` names an earlier drill whose mishap is part of
    this one.
    `result` is what must be there if the client ends well: the same, the same work with an `other` output, or `less`.
    """

    title: str
    happens: str
    expected: Literal["survives", "gives up"]
    sound: str
    wrong: str
    needs: tuple[Role, ...] = ()
    settings: dict[str, str] = Field(default_factory=dict)
    plan: Any = None
    ends: Literal["balance", "daily_limit"] | None = None
    client_ahead: Milliseconds = 0
    client_behind: Milliseconds = 0
    limit_times: float = Field(default=1.0, ge=1)
    faults: tuple[DrillFault, ...] = ()
    rests_on: str = ""
    result: Literal["same", "other", "less"] = "same"
    evidence: Evidence

    @model_validator(mode="after")
    def _something_happens(self) -> "Drill":
        clocks = self.client_ahead or self.client_behind
        if not (self.faults or self.settings or self.plan or self.ends or clocks):
            raise ValueError("nothing happens: faults, settings, plan, ends or a wrong clock are expected")
        return self

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that a run must have shown."""
        return frozenset({*self.needs, *(fault.on for fault in self.faults)})


class Patience(Frozen):
    """From when on refusals of one operation by one code, and repeated purchases beyond those in calm, are too many."""

    refusals: int = Field(ge=2)
    purchases: int = Field(ge=1)
    evidence: Evidence


class Drills(Frozen):
    """The whole of drills.yaml; `plan` is how tasks run where a drill does not say otherwise, the calm runs too."""

    plan: Any
    too_many: Patience
    drills: dict[str, Drill] = Field(min_length=1)

    @model_validator(mode="after")
    def _ground_comes_first(self) -> "Drills":
        before: set[str] = set()
        for name, drill in self.drills.items():
            if drill.rests_on and drill.rests_on not in before:
                raise ValueError(f"drills/{name}/rests_on: no drill before it is called {drill.rests_on!r}")
            before.add(name)
        return self
