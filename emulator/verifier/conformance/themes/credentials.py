"""Who is let in: every operation demands credentials, and each way of getting them wrong has its own refusal."""

from collections.abc import Callable, Iterator
from typing import Any

from emulator.errors import Cause
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance import judging
from emulator.verifier.conformance.answers import Answer, text
from emulator.verifier.conformance.case import Case, Need, beside, case
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage
from emulator.verifier.conformance.themes.examples import needs

RULE = "credentials"
_GARBAGE = "neither-a-token-nor-a-key-0123456789"
_SHORT_KEYS = ("sk-", "sk-short", "sk-0123456789abcde", "SK-0123456789abcdef", "sk-0123456789abcdef!")


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        if operation.security == "shared":
            yield from _of(operation, service)
    yield from _token_call(service.operations["token"], service)


def _of(operation: Operation, service: Service) -> Iterator[Case]:
    proof = service.credentials.evidence
    values = least(operation)

    def without(about: str, title: str, cause: Cause, sent: Callable[[Stage], Answer], *wants: Need) -> Case:
        def script(stage: Stage) -> Iterator[str]:
            yield from judging.refused(stage, operation, sent(stage), cause)

        return case(RULE, operation, about, title, script, evidence=proof, needs=wants)

    def requested(stage: Stage, **credentials: Any) -> Answer:
        return stage.account.request(operation, values, **credentials)

    yield without("none", "a call without credentials lacks the key", Cause.KEY_MISSING, requested)
    yield without(
        "no key", "a token without the client id lacks the key", Cause.KEY_MISSING,
        lambda stage: requested(stage, bearer=stage.account.token), Need.CLIENT,
    )  # fmt: skip
    yield without(
        "no token", "a client id without token is refused", Cause.TOKEN_REJECTED,
        lambda stage: requested(stage, apikey=stage.account.client_id), Need.CLIENT,
    )  # fmt: skip
    yield without(
        "garbage", "a bearer that is neither token nor key is refused", Cause.KEY_REJECTED,
        lambda stage: requested(stage, apikey=stage.account.client_id or "somebody", bearer=_GARBAGE),
    )  # fmt: skip
    yield without(
        "foreign token", "a token of another client is refused", Cause.TOKEN_REJECTED,
        lambda stage: requested(stage, apikey=stage.account.client_id, bearer=stage.other.token), Need.CONTROL,
    )  # fmt: skip
    yield without(
        "all tokens ended", "a token that has ended is refused", Cause.TOKEN_REJECTED, _with_ended_token(operation),
        Need.CONTROL,
    )  # fmt: skip
    yield without(
        "key beside another", "a key beside another client's id is refused", Cause.TOKEN_REJECTED,
        lambda stage: requested(stage, apikey="somebody-else", bearer=stage.account.credentials.key), Need.CONTROL,
    )  # fmt: skip
    yield _accepted(operation)


def _with_ended_token(operation: Operation) -> Callable[[Stage], Answer]:
    def sent(stage: Stage) -> Answer:
        token = stage.account.token
        stage.control.of(stage.account.client_id, "DELETE", "/tokens")
        return stage.account.request(operation, least(operation), apikey=stage.account.client_id, bearer=token)

    return sent


def _accepted(operation: Operation) -> Case:
    """Every way in that is described."""

    def script(stage: Stage) -> Iterator[str]:
        own = stage.account
        ways: dict[str, dict[str, Any]] = {
            "a key as bearer": {"bearer": own.credentials.key},
            "a key as apikey": {"apikey": own.credentials.key},
            "a key twice": {"apikey": own.credentials.key, "bearer": own.credentials.key},
            "a key beside the client id": {"apikey": own.client_id, "bearer": own.credentials.key},
            "client id and token": {"apikey": own.client_id, "bearer": own.token},
        }
        for way, credentials in ways.items():
            answer = own.request(operation, least(operation), **credentials)
            if answer.code != 0:
                yield f"{way}: refused with {answer.told}"
        headers = {"Authorization": f"bearer {own.token}"}
        answer = own.request(operation, least(operation), apikey=own.client_id, headers=headers)
        if answer.code != 0:
            yield f"the scheme in small letters: refused with {answer.told}"

    return case(
        RULE, operation, "ways in", "every kind of credentials lets its client in", script,
        calls=6, credits=6 * price(operation, least(operation)), needs=(Need.CONTROL, *needs(operation)),
    )  # fmt: skip


# --- The token call ---------------------------------------------------------------------------------------


def _token_call(token: Operation, service: Service) -> Iterator[Case]:
    known = service.credentials

    def made(stage: Stage) -> Iterator[str]:
        answers = [stage.account.token_call() for _ in range(2)]
        for answer in answers:
            yield from stage.judged(token, answer)
            told = stage.account.token_data(answer)
            wanted = {"token_type": known.token_type, "expires_in": known.expires_in, "status": known.token_status}
            for name, value in wanted.items():
                if told[name] != value:
                    yield f"{name} is {told[name]!r}, not {value!r}"
            if not text(told["issued_at"]).isdecimal():
                yield f"issued_at {told['issued_at']!r} is no number of milliseconds"
            yield from _of_profile(stage, answer)
        first, second = (text(stage.account.token_data(answer)["token"]) for answer in answers)
        if first == second:
            yield "two token calls were answered with one token"

    yield case(
        "token", token, "made", "id and secret are answered with a token", made,
        evidence=known.evidence, calls=2, needs=(Need.CLIENT,),
    )  # fmt: skip
    yield from _refused_tokens(token, service)


def _of_profile(stage: Stage, answer: Answer) -> Iterator[str]:
    """Flat with a twin in `data`, or wrapped in the envelope."""
    body = answer.json
    if stage.service.errors.wire[stage.wire].token == "flat":
        if "token" not in body:
            yield "the answer is not flat, as published"
        elif "data" in body and any(body[name] != value for name, value in body["data"].items()):
            yield "the flat form and its twin in data differ"
    elif list(body) != list(stage.service.envelope.success_keys):
        yield "the answer is not wrapped in the envelope"


def _refused_tokens(token: Operation, service: Service) -> Iterator[Case]:
    grant = {"grant_type": service.credentials.grant_type}
    basic: dict[str, tuple[str, Cause, Callable[[Stage], Answer], tuple[Need, ...]]] = {
        "another secret": ("another secret is refused", Cause.SECRET_WRONG,
            lambda stage: stage.account.token_call(secret="another secret"), (Need.CLIENT,)),
        "reserved secret": ("the reserved secret is refused", Cause.SECRET_WRONG,
            lambda stage: stage.account.token_call(secret=service.credentials.reserved_secret), (Need.CLIENT,)),
        "grant type": ("another grant type is refused", Cause.GRANT_TYPE_WRONG,
            lambda stage: stage.account.token_call(grant_type="password"), (Need.CLIENT,)),
        "no grant type": ("a token call without grant type is refused", Cause.GRANT_TYPE_WRONG,
            lambda stage: stage.account.token_call(grant_type=""), (Need.CLIENT,)),
        "reserved secret of nobody": ("the reserved secret opens no account", Cause.SECRET_WRONG,
            lambda stage: stage.account.request(token, grant, basic=(
                "nobody-opened-this", service.credentials.reserved_secret)), (Need.CONTROL,)),
        "doubled": ("a grant type told twice in the query is refused", Cause.PARAMETER_INVALID,
            lambda stage: stage.account.request(token, {}, basic=(
                stage.account.client_id, stage.account.credentials.secret), more_query=[*grant.items()] * 2),
            (Need.CLIENT,)),
        "nobody": ("a token call of nobody is refused", Cause.SECRET_WRONG,
            lambda stage: stage.account.request(token, {"grant_type": service.credentials.grant_type}), ()),
    }  # fmt: skip
    for about, (title, cause, sent, wants) in basic.items():

        def script(stage: Stage, sent: Any = sent, cause: Cause = cause) -> Iterator[str]:
            yield from judging.refused(stage, token, sent(stage), cause)

        yield case("token", token, about, title, script, needs=wants)
    yield case(
        "token", token, "ways", "id and secret may come by Basic or as form fields, the grant type in body or query",
        lambda stage: _ways_to_ask(stage, token), calls=3, needs=(Need.CLIENT,),
    )  # fmt: skip
    yield case(
        "token", token, "malformed keys", "a key that is too short, or written otherwise, is none",
        lambda stage: _malformed(stage), calls=len(_SHORT_KEYS), evidence=service.credentials.evidence,
    )  # fmt: skip


def _ways_to_ask(stage: Stage, token: Operation) -> Iterator[str]:
    own = stage.account
    grant = stage.service.credentials.grant_type
    form = {"client_id": own.client_id, "client_secret": own.credentials.secret}
    ways = {
        "form fields": own.request(token, {"grant_type": grant, **form}),
        "grant type in the query": own.request(
            token, {}, basic=(own.client_id, own.credentials.secret), more_query=[("grant_type", grant)]
        ),
        "all in the form and the grant type in the query": own.request(token, form, more_query=[("grant_type", grant)]),
    }
    for way, answer in ways.items():
        if answer.code != 0:
            yield f"{way}: refused with {answer.told}"


def _malformed(stage: Stage) -> Iterator[str]:
    operation = next(one for one in stage.service.operations.values() if one.security == "shared" and not one.body)
    for key in _SHORT_KEYS:
        answer = stage.account.request(operation, least(operation), bearer=key)
        yield from beside(key, judging.refused(stage, operation, answer, Cause.KEY_REJECTED))
