"""What stands at an address: an emulator, with its control API, or another server, with one account from outside.

Asks an unknown server one question, without credentials: for the health page that only an emulator has.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx2

from emulator import clock, entropy
from emulator.spec.models import Service
from emulator.verifier.conformance.caller import Credentials
from emulator.verifier.conformance.stage import House, Knowledge
from emulator.verifier.conformance.target import Target, Unreachable
from emulator.verifier.control import Control, Refused

CLIENT_ID, CLIENT_SECRET, KEY = "PATSNAP_CLIENT_ID", "PATSNAP_CLIENT_SECRET", "PATSNAP_API_KEY"
_PROFILE = "documented"


class NoEntry(Exception):
    """Cases cannot be played there; the text says why, and what would help."""


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
    """The house at an address. Raises Unreachable where nobody answers, NoEntry where nobody lets us in."""
    with Control(url, token=control_token) as control:
        is_emulator = _is_emulator(control)
        domains = _domains(service) if follow_links else ()
        name = _name_of_run(seed)
        with Target(url, files_at=domains, own_files=is_emulator) as target:
            yield House(
                Knowledge(service),
                target,
                wire or (_wire_of(control, name) if is_emulator else _PROFILE),
                control if is_emulator else None,
                name,
                seed,
                None if is_emulator else _given(environment),
                own and is_emulator,
            )


def _is_emulator(control: Control) -> bool:
    try:
        health = control.ask("GET", "/health")
    except Refused:
        return False
    except ValueError:  # an answer that is no JSON
        return False
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise Unreachable(f"{control.base_url} cannot be reached: {error or type(error).__name__}") from error
    return isinstance(health, Mapping) and "mode" in health


def _wire_of(control: Control, name: str) -> str:
    """The profile of an account that says nothing else."""
    try:
        wire = control.of(f"{name}-0", "PUT", "", {})["wire"]
        control.of(f"{name}-0", "DELETE", "")
    except Refused as refused:
        raise NoEntry(f"the emulator's control API refuses: {refused}; try --control-token") from refused
    return str(wire)


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
