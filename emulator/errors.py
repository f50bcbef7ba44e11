"""Why a call is refused, in one exception.

A `Cause` is our own word for a reason to refuse; which number, HTTP status and text the service uses
for it stands in `fixtures/errors.yaml`, and the loader refuses to start unless that file names exactly
the causes below. Nothing here knows numbers, HTTP or language.
"""

from enum import StrEnum


class Cause(StrEnum):
    """Every reason for which the emulator itself refuses a call."""

    PATH_UNKNOWN = "path_unknown"
    METHOD_WRONG = "method_wrong"
    KEY_MISSING = "key_missing"
    KEY_REJECTED = "key_rejected"
    TOKEN_REJECTED = "token_rejected"
    SECRET_WRONG = "secret_wrong"
    GRANT_TYPE_WRONG = "grant_type_wrong"
    CLIENT_DISABLED = "client_disabled"
    CLIENT_EXPIRED = "client_expired"
    PERMISSION_MISSING = "permission_missing"
    RATE_EXCEEDED = "rate_exceeded"
    DAILY_LIMIT_REACHED = "daily_limit_reached"
    TOTAL_LIMIT_REACHED = "total_limit_reached"
    PLATFORM_LIMIT_REACHED = "platform_limit_reached"
    BALANCE_INSUFFICIENT = "balance_insufficient"
    BUSY = "busy"
    BODY_UNREADABLE = "body_unreadable"
    PARAMETER_INVALID = "parameter_invalid"
    FILE_REFUSED = "file_refused"
    EMULATOR_FAULT = "emulator_fault"


class ApiError(Exception):
    """A refusal. `reason` is for people and goes into `X-Emulator-Reason` and the journal, never into the body."""

    def __init__(self, cause: Cause, reason: str) -> None:
        super().__init__(f"{cause}: {reason}")
        self.cause = cause
        self.reason = reason


class RequestedError(Exception):
    """A refusal that was asked for by its literal code; `asked` says how, for people."""

    def __init__(self, code: int, asked: str) -> None:
        super().__init__(str(code))
        self.code = code
        self.asked = asked
