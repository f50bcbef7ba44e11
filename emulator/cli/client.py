"""`healthcheck` and `env`: what a container and a client's shell want to know."""

import shlex
import ssl
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from emulator.cli.failures import told_plainly

if TYPE_CHECKING:
    from emulator.app import Credentials
    from emulator.settings import Settings


@click.command(short_help="Exit 0 when the emulator answers.")
@click.option("--url", help="Base URL of the emulator.  [default: the configured host and port]")
@click.option("--timeout", type=float, default=3.0, show_default=True, help="Seconds to wait.")
@click.option(
    "--tls-ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificate to trust.  [default: the configured one]",
)
def healthcheck(url: str | None, timeout: float, tls_ca: Path | None) -> None:
    """Exit 0 when /_emulator/health answers, 1 when it does not. For containers and scripts.

    The emulator of this machine is asked whether it lives; who it is, only where --tls-ca says whom to trust."""
    import httpx2

    settings = _settings()
    own = address(settings.host, settings.port, secure=settings.secure)
    target = (url or own).rstrip("/") + "/_emulator/health"
    try:
        verify = _trusting(tls_ca or settings.tls_ca, anybody=url is None)
        answer = httpx2.get(target, timeout=timeout, trust_env=False, verify=verify)
        healthy = answer.status_code == 200 and answer.json().get("status") == "ok"
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
        click.echo(f"{target}: {error}", err=True)
        sys.exit(1)
    click.echo(f"{target}: {'ok' if healthy else f'answers {answer.status_code}'}")
    sys.exit(0 if healthy else 1)


@click.command(short_help="Print export lines for a client.")
@click.option("--url", help="Base URL of the emulator.  [default: the configured host and port]")
def env(url: str | None) -> None:
    """Print `export` lines for a client: eval "$(patsnap-emulator env)"."""
    with told_plainly():
        from emulator.app import credentials_of, listed_accounts
        from emulator.settings import Settings
        from emulator.spec import loader

        settings = Settings()
        service = loader.load(*([settings.fixtures] if settings.fixtures else ()))
        first = credentials_of(listed_accounts(settings, service)[0], settings, service)
    base_url = url or settings.public_url or address(settings.host, settings.port, secure=settings.secure)
    trust = _trust(settings.tls_ca) if settings.tls_ca else {}
    for name, value in {"PATSNAP_BASE_URL": base_url, **variables(first), **trust}.items():
        click.echo(f"export {name}={shlex.quote(value)}")


def variables(credentials: "Credentials") -> dict[str, str]:
    """Credentials as a client's environment has them; an account without a secret takes the first that comes."""
    secret = {"PATSNAP_CLIENT_SECRET": credentials.secret} if credentials.secret else {}
    return {"PATSNAP_CLIENT_ID": credentials.client_id, **secret, "PATSNAP_API_KEY": credentials.key}


def address(host: str, port: int, *, secure: bool) -> str:
    """Where a server that listens there is reached from the same machine."""
    host = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    return f"{'https' if secure else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"


def _settings() -> "Settings":
    with told_plainly():
        from emulator.settings import Settings

        return Settings()


def _trust(authority: Path) -> dict[str, str]:
    """Variables by which clients trust an authority, and no other."""
    from emulator.verifier.intercept.environment import TRUST

    return dict.fromkeys(TRUST, str(authority.absolute()))


def _trusting(authority: Path | None, *, anybody: bool) -> ssl.SSLContext | bool:
    """How a certificate is checked: against one authority, else like any other, or not at all."""
    return ssl.create_default_context(cafile=authority) if authority else not anybody
