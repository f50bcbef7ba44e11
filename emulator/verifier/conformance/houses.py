"""What stands at an address: an emulator, with its control API, or another server, with one account from outside.

A server that is no emulator is asked for a token before any case is played.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx2

from emulator import clock, entropy
from emulator.spec.models import Service
from emulator.verifier.conformance.answers import Departed
from emulator.verifier.conformance.caller import Caller, Credentials
from emulator.verifier.conformance.stage import House, Knowledge
from emulator.verifier.conformance.target import Target, Unreachable
from emulator.verifier.control import Control
from emulator.verifier.standing import LetsNobodyIn, NoEntry, account_of_its_own

CLIENT_ID, CLIENT_SECRET, KEY = "PATSNAP_CLIENT_ID", "PATSNAP_CLIENT_SECRET", "PATSNAP_API_KEY"
_PROFILE = "documented"


@contextmanager
def house_at(
    url: str,
    service: Service,
    *,
    wire: str | None = None,
    seed: int = 1,
    control_token: str | None = None,
    follow_links: bool = False,
    own: bool = False,
    environment: Mapping[str, str] = os.environ,
) -> Iterator[House]:
    """The house at an address. Raises Unreachable where nobody answers, NoEntry or LetsNobodyIn where we stay out."""
    with Control(url, token=control_token) as control:
        name = _name_of_run(seed)
        opened = _opened(control, f"{name}-0")
        is_emulator = opened is not None
        domains = _domains(service) if follow_links else ()
        with Target(url, files_at=domains, own_files=is_emulator) as target:
            house = House(
                Knowledge(service),
                target,
                wire or (str(opened["wire"]) if opened else _PROFILE),
                control if is_emulator else None,
                name,
                seed,
                None if is_emulator else _given(environment),
                own and is_emulator,
            )
            _let_in(house)
            yield house


def _opened(control: Control, name: str) -> Mapping[str, Any] | None:
    """An account that says nothing else, closed again; None where no emulator stands."""
    try:
        opened = account_of_its_own(control, name, {})
        if opened is not None:
            control.of(name, "DELETE", "")
        return opened
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise Unreachable(f"{control.base_url} cannot be reached: {error or type(error).__name__}") from error


def _let_in(house: House) -> None:
    """Get the token that the whole run calls with: whom the target does not know has nothing to ask."""
    if house.given is None or not house.given.client_id:
        return
    try:
        house.entry.token_of(Caller(house.knowledge.service, house.target, house.given, entry=house.entry))
    except Departed as departed:
        raise LetsNobodyIn(departed) from departed


def _given(environment: Mapping[str, str]) -> Credentials:
    given = Credentials(environment.get(CLIENT_ID, ""), environment.get(CLIENT_SECRET, ""), environment.get(KEY, ""))
    if not (given.client_id and given.secret) and not given.key:
        raise NoEntry(f"the target is no emulator; set {CLIENT_ID} and {CLIENT_SECRET}, or {KEY}")
    return given if given.client_id and given.secret else Credentials(key=given.key)


def _domains(service: Service) -> tuple[str, ...]:
    """The vendor's own domains: `patsnap.com` of `https://connect.patsnap.com`."""
    return tuple((urlsplit(host).hostname or "").partition(".")[2] for host in service.hosts)


def _name_of_run(seed: int) -> str:
    """A name that no other run has, so that runs against one emulator do not disturb each other."""
    chance = entropy.draw(seed, str(os.getpid()), "conformance", clock.real_now())
    return f"conformance-{entropy.letters(chance, 8)}"
