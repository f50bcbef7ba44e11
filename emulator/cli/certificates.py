"""What `serve --tls` shows to clients: somebody's own certificate, or one of an authority made for this start alone.

No private key of ours stays on the disk: OpenSSL reads the server's from a file that only its owner can read, gone at
once; the authority's is never written. The authority's certificate is what clients need to trust.
"""

import signal
import ssl
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from emulator.cli.failures import stop

if TYPE_CHECKING:
    from emulator.settings import Settings

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_EVERYWHERE = ("0.0.0.0", "::")  # addresses to listen on that nobody calls
_WHO = "patsnap-emulator, made for one run"


@contextmanager
def trusted(settings: "Settings") -> Iterator[Path | None]:
    """Where clients find whom to trust, for instance with `curl --cacert`; None without TLS.

    Where nobody named a file it lies in a folder that only its owner can read and that goes away at the end.
    """
    named = settings.tls_cert or settings.tls_ca
    if named or not settings.secure:
        yield named
    else:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # leaves the folder behind otherwise
        with TemporaryDirectory(prefix="patsnap-emulator-") as folder:
            yield Path(folder) / "ca.pem"


def context(settings: "Settings", hosts: Iterable[str], authority: Path) -> ssl.SSLContext:
    """What a server with these settings speaks TLS with, `hosts` being the vendor's addresses.

    A certificate of our own making is good for them, for loopback and for the address that is listened on; the
    certificate of its authority is written to `authority`. Ends the program when that cannot be, with a sentence.
    """
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if settings.tls_cert is not None and settings.tls_key is not None:
        _load(found, settings.tls_cert, settings.tls_key)
    else:
        _make(found, names(settings, hosts), authority)
    return found


def names(settings: "Settings", hosts: Iterable[str]) -> list[str]:
    """Names and addresses by which clients may call, each once."""
    public = urlsplit(settings.public_url or "").hostname
    listening = None if settings.host in _EVERYWHERE else settings.host
    called = [urlsplit(host).hostname for host in hosts]
    return list(dict.fromkeys(name for name in (*called, *_LOOPBACK, listening, public) if name))


def _load(found: ssl.SSLContext, certificate: Path, key: Path) -> None:
    """No password is asked for: there may be nobody to answer."""
    try:
        found.load_cert_chain(certificate, key, password=lambda: "")
    except (OSError, ValueError) as error:
        why = getattr(error, "reason", None) or getattr(error, "strerror", None) or "is a password needed?"
        stop(f"--tls-cert {certificate} and --tls-key {key} are no certificate and its key ({why})")


def _make(found: ssl.SSLContext, called: list[str], authority: Path) -> None:
    import trustme

    made = trustme.CA(organization_name=_WHO)
    try:
        made.issue_cert(*called, organization_name=_WHO).configure_cert(found)
    except ValueError as error:
        stop(f"no certificate can be made for {', '.join(called)} ({error})")
    try:
        made.cert_pem.write_to_path(str(authority))
    except OSError as error:
        stop(f"--tls-ca {authority} cannot be written ({error.strerror})")
