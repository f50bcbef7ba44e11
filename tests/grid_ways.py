"""The real ways to every refusal: for each cause, what `errors.yaml` says leads to it, done to a guest.

A way prepares its guest and yields the requests that are to be refused; one that yields nothing does not fit the
operation. Which causes apply to an operation is not decided here but read off the documents, in `tests.grid`. What the
service does wrong itself, or is asked to, stands in `tests.grid_trouble`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from contract_tests.documents import SERVICE, least, picture, places
from emulator.errors import Cause
from emulator.spec.models import Operation
from emulator.verifier.conformance.values import limits
from tests.grid_guests import GRANT, Guest, Request, Stage, basic, laid_out, sound

Walk = Callable[[Guest], Iterator[Request]]
_FOREVER = "9d"  # longer than anything lives


@dataclass(frozen=True)
class Way:
    """How a cause is met, and the application it takes."""

    cause: Cause
    walk: Walk
    stage: Stage

    @property
    def name(self) -> str:
        return self.walk.__name__


WAYS: list[Way] = []


def leads_to(cause: Cause, stage: Stage = "plain") -> Callable[[Walk], Walk]:
    def register(walk: Walk) -> Walk:
        WAYS.append(Way(cause, walk, stage))
        return walk

    return register


# --- Address and credentials ------------------------------------------------------------------------------


@leads_to(Cause.PATH_UNKNOWN)
def other_path(guest: Guest) -> Iterator[Request]:
    yield replace(guest.sound, path=guest.operation.path + "/nowhere")


@leads_to(Cause.METHOD_WRONG)
def other_method(guest: Guest) -> Iterator[Request]:
    yield replace(guest.sound, method="PUT")


@leads_to(Cause.KEY_MISSING, stage="own")
def no_credentials(guest: Guest) -> Iterator[Request]:
    yield sound(guest.operation)
    yield sound(guest.operation).and_headers({"Authorization": f"Bearer {guest.token()}"})


@leads_to(Cause.TOKEN_REJECTED)
def token_of_half_an_hour(guest: Guest) -> Iterator[Request]:
    token = guest.token()
    guest.advance("30m")
    yield _with_token(guest, token)


@leads_to(Cause.TOKEN_REJECTED)
def token_of_another(guest: Guest) -> Iterator[Request]:
    yield _with_token(guest, guest.neighbour().token())


@leads_to(Cause.KEY_REJECTED)
def neither_token_nor_key(guest: Guest) -> Iterator[Request]:
    yield _with_token(guest, "neither-this-nor-that")


@leads_to(Cause.SECRET_WRONG)
def other_secret(guest: Guest) -> Iterator[Request]:
    for secret in ("another secret", "wrong-secret"):
        yield guest.sound.and_headers({"Authorization": basic(guest.client_id, secret)})


@leads_to(Cause.GRANT_TYPE_WRONG)
def other_grant_type(guest: Guest) -> Iterator[Request]:
    for form in ({"grant_type": "password"}, {}):
        yield guest.signed(laid_out(guest.operation, form))


def _with_token(guest: Guest, token: str) -> Request:
    signed = sound(guest.operation).and_headers({"Authorization": f"Bearer {token}"})
    return signed.and_query(("apikey", guest.client_id))


# --- What the account may do ------------------------------------------------------------------------------


@leads_to(Cause.CLIENT_DISABLED)
def disabled(guest: Guest) -> Iterator[Request]:
    guest.configure(enabled=False)
    yield guest.sound


@leads_to(Cause.CLIENT_EXPIRED)
def term_that_ended(guest: Guest) -> Iterator[Request]:
    guest.configure(valid_until="2026-01-02T00:00:00Z")
    guest.succeed()
    guest.advance("1d")
    yield guest.sound


@leads_to(Cause.PERMISSION_MISSING)
def list_without_the_operation(guest: Guest) -> Iterator[Request]:
    guest.configure(permissions=[name for name in SERVICE.operations if name != guest.operation.id])
    yield guest.sound


@leads_to(Cause.RATE_EXCEEDED)
def too_many_in_a_second(guest: Guest) -> Iterator[Request]:
    guest.configure(qps=1)
    guest.succeed()
    yield guest.sound


@leads_to(Cause.DAILY_LIMIT_REACHED)
def daily_limit_used_up(guest: Guest) -> Iterator[Request]:
    guest.configure(daily_limit=guest.used_up())
    yield guest.sound


@leads_to(Cause.TOTAL_LIMIT_REACHED)
def total_limit_used_up(guest: Guest) -> Iterator[Request]:
    guest.configure(total_limit=guest.used_up())
    yield guest.sound


@leads_to(Cause.PLATFORM_LIMIT_REACHED)
def platform_used_up_by_a_neighbour(guest: Guest) -> Iterator[Request]:
    neighbour = guest.neighbour()
    guest.configure(prices={guest.operation.id: 1})
    guest.limit_all(total_limit=neighbour.used_up())
    try:
        neighbour.succeed()
        yield guest.sound
    finally:
        guest.limit_all()


@leads_to(Cause.PLATFORM_LIMIT_REACHED)
def platform_too_fast(guest: Guest) -> Iterator[Request]:
    neighbour = guest.neighbour()
    guest.limit_all(qps=1)
    try:
        neighbour.succeed()
        yield guest.sound
    finally:
        guest.limit_all()


@leads_to(Cause.BALANCE_INSUFFICIENT)
def balance_below_the_price(guest: Guest) -> Iterator[Request]:
    guest.configure(prices={guest.operation.id: 5}, balance=4)
    yield guest.sound


# --- What is asked ----------------------------------------------------------------------------------------


@leads_to(Cause.BODY_UNREADABLE)
def damaged_body(guest: Guest) -> Iterator[Request]:
    """The grant type of a token call comes in the query, because it is looked for first."""
    if guest.operation.body is not None:
        content = guest.sound.content or b""
        if guest.operation.security == "clientSecret":
            yield replace(guest.sound, content=content + b"\xff").and_query(*GRANT.items())
        else:
            yield replace(guest.sound, content=content[: -min(3, len(content) - 1)])
            yield guest.sound.and_headers({"Content-Type": "text/plain"})


@leads_to(Cause.BODY_UNREADABLE)
def body_too_long(guest: Guest) -> Iterator[Request]:
    if guest.operation.body is not None and guest.operation.body.media_type != "multipart/form-data":
        content = (guest.sound.content or b"").ljust(SERVICE.bounds["body"].at_most + 1)
        yield replace(guest.sound, content=content).and_query(*GRANT.items())


@leads_to(Cause.PARAMETER_INVALID)
def nothing_given(guest: Guest) -> Iterator[Request]:
    if guest.operation.any_of or any(parameter.required for parameter in guest.operation.parameters):
        yield guest.signed(laid_out(guest.operation, {}))


@leads_to(Cause.PARAMETER_INVALID)
def given_twice(guest: Guest) -> Iterator[Request]:
    for name in sorted(guest.operation.names("query"))[:1]:
        yield guest.sound.and_query((name, "once"), (name, "twice"))


@leads_to(Cause.PARAMETER_INVALID)
def over_a_limit(guest: Guest) -> Iterator[Request]:
    trials = (trial for place in places(guest.operation) for trial in limits(place))
    refused = [trial for trial in trials if trial.cause is Cause.PARAMETER_INVALID]
    for trial in refused[:1]:
        yield guest.signed(laid_out(guest.operation, trial.request))


@leads_to(Cause.PARAMETER_INVALID)
def id_after_its_life(guest: Guest) -> Iterator[Request]:
    if guest.operation.reads is not None:
        maker = SERVICE.operations[guest.operation.reads]
        name = next(iter(least(guest.operation)))
        told = guest.succeed(guest.signed(sound(maker)))
        made = next(told[kind] for kind in ("task_id", "job_id", "search_id") if kind in told)
        guest.succeed(guest.signed(sound(guest.operation, **{name: made})))
        guest.advance(_FOREVER)
        yield guest.signed(sound(guest.operation, **{name: made}))


@leads_to(Cause.FILE_REFUSED)
def refused_file(guest: Guest) -> Iterator[Request]:
    for name, size in _files(guest.operation).items():
        for content in (b"no picture", _too_large(size)):
            yield guest.signed(sound(guest.operation, **{name: content}))


@leads_to(Cause.FILE_REFUSED)
def file_that_is_no_picture(guest: Guest) -> Iterator[Request]:
    """The link to a report of the account's own, in place of one to a picture."""
    for parameter in guest.operation.parameters:
        if parameter.name in ("url", "urls"):
            link = _report_link(guest)
            yield guest.signed(sound(guest.operation, **{parameter.name: [link] if parameter.name == "urls" else link}))


def _report_link(guest: Guest) -> str:
    guest.steer("PUT", "/plan", "immediate")
    make, export = SERVICE.operations["R003-create"], SERVICE.operations["R003-export"]
    values = {"text": "A kettle.", "report_name": "kettle", "tech_maturity_index": 3}
    job = guest.call(make.method, make.path, json=values).json()["data"]
    return str(guest.call(export.method, export.path, job).json()["data"]["report_url"])


@cache
def _too_large(size: int) -> bytes:
    return picture(size + 1)


def _files(operation: Operation) -> dict[str, int]:
    """The parameters that are files, and how large they may be."""
    schemas = {parameter.name: parameter.schema_ for parameter in operation.parameters}
    return {name: schema["x-max-bytes"] for name, schema in schemas.items() if schema.get("format") == "binary"}
