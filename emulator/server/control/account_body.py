"""What an account can be told, by PUT or by a file of accounts: names, kinds and bounds of its settings.

Whether the operations they name exist is checked here too; what settings lead to is not known.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WrapValidator

from emulator import clock
from emulator.server.control.answers import Refused, parsed
from emulator.server.control.plan_body import PlansBody, plans_of
from emulator.settings import Instant, Milliseconds
from emulator.spec.models import Service
from emulator.spec.typos import likely

Count = Annotated[int, Field(ge=0, le=2**53)]
Price = Annotated[int, Field(ge=0, le=1_000_000)]  # sums of many charges stay numbers that everybody can read


class AccountBody(BaseModel):
    """What PUT takes. Durations as `20m`, instants as `2026-01-01T00:00:00Z`; both are kept in milliseconds."""

    model_config = ConfigDict(extra="forbid", strict=True)

    secret: str | None = Field(default=None, min_length=1, max_length=256)
    seed: int = Field(default=1, ge=-(2**53), le=2**53)
    wire: Literal["documented", "live"] = "documented"
    language: Literal["en", "cn"] = "en"
    created_status: Literal[200, 201] = 200
    strict: bool = False
    search_id_lifetime: Milliseconds | None = Field(default=None, ge=1, le=clock.LATEST)
    link_lifetime: Literal["documented", "signed"] = "documented"
    plan: Annotated[PlansBody | None, WrapValidator(lambda value, _: value)] = None  # read by `plans_of`
    qps: Count | None = None
    daily_limit: Count | None = None
    total_limit: Count | None = None
    balance: Annotated[int, Field(ge=-(2**53), le=2**53)] | None = None
    prices: dict[str, Price] = Field(default_factory=dict)
    valid_until: Instant | None = Field(default=None, ge=0, le=clock.LATEST)
    enabled: bool = True
    permissions: list[str] | None = None


def settings_of(given: Mapping[str, Any], service: Service) -> dict[str, Any]:
    """The settings that were given, as they are kept. Raises Refused naming the field."""
    body: AccountBody = parsed(AccountBody, given)
    _refuse_unknown("permissions", body.permissions or (), service)
    _refuse_unknown("prices", body.prices, service)
    if body.secret == service.credentials.reserved_secret:
        raise Refused(400, f"secret: {body.secret!r} is reserved: it is wrong for every client")
    settings = {name: getattr(body, name) for name in AccountBody.model_fields if name in body.model_fields_set}
    if settings.get("plan") is not None:
        settings["plan"] = plans_of(settings["plan"], service, "plan")
    return settings


def _refuse_unknown(field: str, names: Iterable[str], service: Service) -> None:
    for name in names:
        if name not in service.operations:
            raise Refused(400, f"{field}: {name[:60]!r} is no operation{likely(name, service.operations)}")
