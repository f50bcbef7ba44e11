"""What stands at an address: an emulator, where no credit is real, or a server that may take money.

An unknown server is asked for the health page that only an emulator has. One that shows it as ours does is asked for
an account as well, and only who makes that, too, is an emulator. No credentials of a user are sent for this.
"""

from collections.abc import Mapping
from typing import Any

from emulator import clock
from emulator.contract.refusals import Refusals
from emulator.errors import Cause
from emulator.spec.models import Operation, Service
from emulator.verifier.control import Control, NoControl, Refused

_MODES = frozenset({"running", "frozen"})
_OF_AN_ACCOUNT = frozenset({"id", "api_key", "wire", "balance", "plan"})
_OF_CREDENTIALS = (Cause.KEY_REJECTED, Cause.TOKEN_REJECTED, Cause.SECRET_WRONG)


class NoEntry(Exception):
    """Calls cannot be made there as things are; the text says why, and what would help."""


class LetsNobodyIn(Exception):
    """The target does not take the credentials; the text says what it answered."""

    def __init__(self, why: object) -> None:
        super().__init__(f"the target lets nobody in: {why}")


def account_of_its_own(control: Control, name: str, settings: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """An account that is opened for this; None where no emulator stands.

    Raises NoEntry where an emulator refuses, and httpx2.HTTPError where nobody answers.
    """
    try:
        if not _is_our_health(control.ask("GET", "/health")):
            return None
        opened = control.of(name, "PUT", "", settings)
    except NoControl:
        return None
    except Refused as refused:
        if str(refused).startswith("GET /health"):
            return None
        raise NoEntry(f"the emulator's control API refuses: {refused}; try --control-token") from refused
    ours = isinstance(opened, Mapping) and opened.keys() >= _OF_AN_ACCOUNT and opened["id"] == name
    return opened if ours else None


def refuses_credentials(service: Service, operation: Operation, code: object) -> bool:
    """Whether a code says, on any wire, that the caller's credentials are not taken."""
    refusals = Refusals(service)
    return any(
        code == refusals.code_of(cause, operation, wire) for cause in _OF_CREDENTIALS for wire in service.errors.wire
    )


def _is_our_health(health: Any) -> bool:
    if not isinstance(health, Mapping) or health.get("status") != "ok" or health.get("mode") not in _MODES:
        return False
    version, now = health.get("version"), health.get("clock")
    if not isinstance(version, str) or not isinstance(now, str):
        return False
    try:
        clock.instant(now)
    except ValueError:
        return False
    return bool(version)
