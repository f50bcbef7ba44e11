"""`healthcheck` and `env`: what a container and a client's shell want to know."""

import shlex
import sys
from typing import TYPE_CHECKING

import click

from emulator.cli.failures import told_plainly

if TYPE_CHECKING:
    from emulator.app import Credentials


@click.command(short_help="Exit 0 when the emulator answers.")
@click.option("--url", help="Base URL of the emulator.  [default: the configured host and port]")
@click.option("--timeout", type=float, default=3.0, show_default=True, help="Seconds to wait.")
def healthcheck(url: str | None, timeout: float) -> None:
    """Exit 0 when /_emulator/health answers, 1 when it does not. For containers and scripts."""
    import httpx2

    target = (url or address(*_listening())).rstrip("/") + "/_emulator/health"
    try:
        answer = httpx2.get(target, timeout=timeout, trust_env=False)
        healthy = answer.status_code == 200 and answer.json().get("status") == "ok"
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
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
    base_url = url or settings.public_url or address(settings.host, settings.port)
    for name, value in {"PATSNAP_BASE_URL": base_url, **variables(first)}.items():
        click.echo(f"export {name}={shlex.quote(value)}")


def variables(credentials: "Credentials") -> dict[str, str]:
    """Credentials as a client's environment has them; an account without a secret takes the first that comes."""
    secret = {"PATSNAP_CLIENT_SECRET": credentials.secret} if credentials.secret else {}
    return {"PATSNAP_CLIENT_ID": credentials.client_id, **secret, "PATSNAP_API_KEY": credentials.key}


def address(host: str, port: int) -> str:
    """Where a server that listens there is reached from the same machine."""
    host = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _listening() -> tuple[str, int]:
    with told_plainly():
        from emulator.settings import Settings

        settings = Settings()
    return settings.host, settings.port
