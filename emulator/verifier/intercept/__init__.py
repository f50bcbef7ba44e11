"""Clients whose host is hard-coded, led to an emulator of one's own: `verify --intercept`, `drill --intercept`.

A forward proxy answers for the vendor's hosts alone; the emulator behind it speaks TLS with a certificate of an
authority that lives as long as it does; the environment leads programs to the one and lets them trust the other.
Programs that obey no such variable are not reached: a client of which nothing is seen may call the real service.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from emulator.spec.models import Service
from emulator.verifier.intercept.environment import Files, environment
from emulator.verifier.intercept.listener import Listener, Patience, listening
from emulator.verifier.intercept.trust import java_store


@dataclass(frozen=True)
class Refused:
    """Something else that a client wanted to reach, as `host:port` or in words, why it did not, and how often."""

    wanted: str
    why: str
    times: int

    def __str__(self) -> str:
        again = f" {self.times} times" if self.times > 1 else ""
        return f"The client also wanted to reach {self.wanted}{again}; refused: {self.why}."


@dataclass(frozen=True)
class Intercept:
    """A way for clients to a private emulator, ready before it is started.

    `serve_options` are for the emulator; `environment` is for the client, over its own. `lead_to` opens the way once
    the emulator is up.
    """

    environment: dict[str, str]
    serve_options: tuple[str, ...]
    _files: Files
    _listener: Listener

    def lead_to(self, base_url: str) -> None:
        """From now on clients are led to the emulator that has this address, and trust it."""
        self._files.java_store.write_bytes(java_store(self._files.authority.read_bytes()))
        self._listener.leads_to = urlsplit(base_url).port

    @property
    def refused(self) -> list[Refused]:
        """What clients wanted besides, so far."""
        return [Refused(one.wanted, one.why, times) for one, times in self._listener.refused.items()]

    def notes(self) -> tuple[str, ...]:
        """The same for a report, a sentence each."""
        return tuple(str(one) for one in self.refused)


@contextmanager
def intercepting(
    service: Service, known: Mapping[str, str] = os.environ, patience: Patience | None = None
) -> Iterator[Intercept]:
    """A way for clients that call the vendor's hosts; it is closed and its files are gone when the block ends.

    `known` is the environment that the client would have had.

        with intercepting(service) as way, private(*way.serve_options) as control:
            way.lead_to(control.base_url)
            subprocess.run(command, env={**os.environ, **way.environment})
    """
    names = [urlsplit(host).hostname or "" for host in service.hosts]
    with (
        tempfile.TemporaryDirectory(prefix="patsnap-emulator-") as folder,
        listening(names, patience or Patience()) as listener,
    ):
        files = Files(Path(folder) / "ca.pem", Path(folder) / "ca.p12")
        yield Intercept(
            environment=environment(listener.port, service.hosts, files, known),
            serve_options=("--tls", "--tls-ca", str(files.authority)),
            _files=files,
            _listener=listener,
        )
