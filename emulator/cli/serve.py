"""`serve`: start the emulator and say how to reach it."""

import logging
import shlex
import signal
import socket
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from emulator.cli.certificates import context as tls_context
from emulator.cli.certificates import trusted
from emulator.cli.failures import stop, tell_unknown_environment, told_plainly, typed_in

if TYPE_CHECKING:
    from emulator.app import Emulation
    from emulator.settings import Settings


_SHOWN = 5  # accounts named at the start


@click.command(short_help="Start the emulator.")
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=int, help="Port to listen on; 0 takes a free one.  [default: 8390]")
@click.option("--seed", type=int, help="What all ids and chance depend on.  [default: 1]")
@click.option("--now", metavar="INSTANT", help="Start the clock here, for instance 2026-01-01T00:00:00Z.")
@click.option("--freeze/--no-freeze", help="Let the clock stand still until it is moved.")
@click.option(
    "--wire",
    type=click.Choice(["documented", "live"]),
    help="Answer as the pages say, or as was seen live.  [default: documented]",
)
@click.option("--language", type=click.Choice(["en", "cn"]), help="Language of error texts.  [default: en]")
@click.option(
    "--fixtures",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder laid over the shipped documents.",
)
@click.option("--public-url", metavar="URL", help="Address that links in answers lead to.")
@click.option(
    "--port-file", type=click.Path(dir_okay=False, path_type=Path), help="Write the port here once it is open."
)
@click.option("--control-token", metavar="T", help="Secret that the control API demands.")
@click.option("--control-open/--no-control-open", help="Let everybody steer, even off loopback.")
@click.option(
    "--latency", metavar="off|documented|DURATION", help="How long answers take, a real wait.  [default: off]"
)
@click.option("--qps", type=int, metavar="N", help="Requests an account may make in one second.")
@click.option("--daily-limit", type=int, metavar="N", help="Units an account may use on one day.")
@click.option("--total-limit", type=int, metavar="N", help="Units an account may use altogether.")
@click.option("--balance", type=int, metavar="N", help="Credits of a new account.  [default: 10000]")
@click.option("--strict/--no-strict", help="Refuse what is otherwise accepted with a remark.")
@click.option("--created-status", type=click.Choice(["200", "201"]), help="HTTP status of a success of POST.")
@click.option("--search-id-lifetime", metavar="DURATION", help="A shorter life for search ids.")
@click.option(
    "--link-lifetime",
    type=click.Choice(["documented", "signed"]),
    help="Lives of links as pages say, or as their samples are signed.",
)
@click.option(
    "--accounts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Accounts to open, and no others: a list, in JSON or YAML.",
)
@click.option("--tls/--no-tls", help="Speak https, with a certificate made for this start.")
@click.option(
    "--tls-cert", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A certificate of one's own."
)
@click.option("--tls-key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Its private key.")
@click.option(
    "--tls-ca",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write here what clients must trust: the certificate of the authority made for this start.",
)
@click.option("--journal", type=int, metavar="N", help="Calls that each account's journal keeps.  [default: 1000]")
@click.option("--journal-bodies", type=int, metavar="N", help="Bytes of a body that journals keep.  [default: 8192]")
@click.pass_context
def serve(context: click.Context, /, **_: Any) -> None:
    """Start the emulator. Every option is also an environment variable (PATSNAP_EMULATOR_PORT, ...) and a line of
    patsnap-emulator.toml; flags win over the environment, the environment over the file."""
    with told_plainly():
        from emulator.app import build
        from emulator.settings import Settings

        tell_unknown_environment()
        settings = Settings(**typed_in(context))
        listener = listening(settings.host, settings.port)
        with closing(listener), trusted(settings) as trust:
            _run(build(settings), settings, listener, trust)


def listening(host: str, port: int) -> socket.socket:
    """The open port, before anything else is made, so that a busy one is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except (OSError, UnicodeError) as error:
        place = f"port {port} of {host}"
        why = getattr(error, "strerror", None) or error
        stop(f"{place} cannot be opened ({why}); choose another with --port, or --port 0")
    return listener


def _run(emulation: "Emulation", settings: "Settings", listener: socket.socket, trust: Path | None) -> None:
    import uvicorn

    from emulator.app import protocol

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # what it says is said in the answer
    config = uvicorn.Config(
        emulation.app,
        log_config=None,
        access_log=False,
        date_header=False,
        server_header=False,
        timeout_graceful_shutdown=3,
        lifespan="off",
        ws="none",
        http=protocol(),
    )
    config.load()
    if trust is not None:
        config.ssl = tls_context(settings, emulation.hosts, trust)
    server = server_of(uvicorn)(config)
    for number in (signal.SIGTERM, signal.SIGINT):  # before anybody is told that it is up: one may come at once
        signal.signal(number, lambda *_: setattr(server, "should_exit", True))
    port = listener.getsockname()[1]
    if settings.port_file:
        write_port(settings.port_file, port)
    _announce(emulation, settings, port, trust)
    server.run(sockets=[listener])
    sys.exit(0)


def server_of(uvicorn_: Any) -> Any:
    """uvicorn's server, which ends with 0 when it is told to end."""

    class Server(uvicorn_.Server):  # type: ignore[misc]
        """uvicorn raises the signal again once it has stopped; SIGTERM and Ctrl-C should end with 0 here."""

        def handle_exit(self, sig: int, frame: Any) -> None:
            super().handle_exit(sig, frame)
            self._captured_signals.clear()

    return Server


def write_port(file: Path, port: int) -> None:
    """Whole or not at all, so that nobody reads half of it."""
    try:
        draft = file.with_name(f".{file.name}.{port}")
        draft.write_text(f"{port}\n")
        draft.replace(file)
    except OSError as error:
        stop(f"--port-file {file} cannot be written ({error.strerror})")


def _announce(emulation: "Emulation", settings: "Settings", port: int, trust: Path | None) -> None:
    from emulator import __version__
    from emulator.cli.client import address

    url = settings.public_url or address(settings.host, port, secure=settings.secure)
    curl = f"curl --cacert {shlex.quote(str(trust.absolute()))}" if trust else "curl"
    lines = [
        f"patsnap-emulator {__version__} is ready at {url}",
        "",
        *_accounts_told(emulation),
        f"  control API    {url}/_emulator/health",
        "",
        "Try:",
        f"  {curl} -H 'Authorization: Bearer {emulation.first.key}' \\",
        f"    '{url}/basic-patent-data/abstract-data-translated?patent_number=CN101595528B&lang=en'",
        "",
    ]
    if trust and trust != settings.tls_cert:
        lines.append(f"  Clients must trust {trust.absolute()}, which was made for this start.\n")
    if not settings.steerable:
        lines.append("  The control API is shut off loopback: start with --control-token T to steer.\n")
    if settings.control_open:
        lines.append("  WARNING: --control-open lets everybody who reaches this address steer the emulator.\n")
    click.echo("\n".join(lines))
    sys.stdout.flush()


def _accounts_told(emulation: "Emulation") -> list[str]:
    """How to call as the first account. A secret that somebody set is not printed."""
    first = emulation.first
    key = f"  sk- key        {first.key}"
    if emulation.accounts is None:
        return [f"  client id      {first.client_id}", f"  client secret  {first.secret}", key]
    more = len(emulation.accounts) - _SHOWN
    names = ", ".join(emulation.accounts[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
    return [f"  accounts       {names}; the list is closed", f"  client id      {first.client_id}", key]
