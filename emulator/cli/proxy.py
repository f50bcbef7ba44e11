"""`proxy`: stand between a client and a server, judge both, record on demand, and report when told to end."""

import logging
import signal
import socket
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from emulator.cli.failures import told_plainly
from emulator.cli.reporting import ReportOptions, finish, report_options
from emulator.cli.serve import listening, server_of, write_port

if TYPE_CHECKING:
    from emulator.verifier.proxy.application import Proxy
    from emulator.verifier.proxy.upstream import Address
    from emulator.verifier.proxy.watcher import Watcher


@click.command(short_help="Judge, and record, a client's traffic with a server.")
@click.option("--upstream", required=True, metavar="URL", help="The server that calls go to, and no other.")
@click.option("--record", type=click.Path(file_okay=False, path_type=Path), help="Folder for scrubbed examples.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8391, show_default=True, help="0 takes a free one.")
@click.option("--port-file", type=click.Path(dir_okay=False, path_type=Path), help="Write the port here once open.")
@click.option("--patience", default="60s", show_default=True, metavar="DURATION", help="Wait so long for the server.")
@click.option(
    "--upstream-ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificate of the authority that the server's own is from.",
)
@click.option("--keep", type=click.IntRange(1), default=5000, show_default=True, help="Calls that the report shows.")
@report_options
def proxy(options: ReportOptions, upstream: str, port_file: Path | None, **given: Any) -> None:
    """Pass every call on to one server and every answer back, byte by byte. What breaks the documents is marked in the
    header X-Emulator-Breach, and told in a report when the proxy is ended by Ctrl-C or SIGTERM."""
    from emulator.verifier.proxy.upstream import Address, NoAddress

    try:
        address = Address.of(upstream)
    except NoAddress as error:
        raise click.UsageError(str(error)) from error
    with told_plainly():
        application, watcher = _made(address, **given)
    with closing(listening(given["host"], given["port"])) as listener:
        _run(application, address, listener, port_file)
    finish(watcher.report(), options)


def _made(
    address: "Address", *, record: Path | None, patience: str, upstream_ca: Path | None, keep: int, **_: Any
) -> "tuple[Proxy, Watcher]":
    from emulator import clock
    from emulator.spec import loader
    from emulator.verifier.proxy.application import Proxy
    from emulator.verifier.proxy.upstream import Upstream
    from emulator.verifier.proxy.watcher import Watcher
    from emulator.verifier.recording.recorder import NotEmpty, Recorder

    service = loader.load()
    try:
        seconds = clock.duration(patience) / 1000
        kind = address.kind(service)
        recorder = Recorder(record, service, kind, frozenset({address.host})) if record else None
    except (ValueError, NotEmpty) as error:
        raise click.UsageError(str(error)) from error
    watcher = Watcher(service, str(address), keep=keep, recorder=recorder)
    return Proxy(Upstream(address, patience=seconds, authority=upstream_ca), watcher), watcher


def _run(application: "Proxy", address: "Address", listener: socket.socket, port_file: Path | None) -> None:
    import uvicorn

    from emulator.cli.client import address as told

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # answers that break off are meant to
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        date_header=False,
        server_header=False,
        timeout_graceful_shutdown=3,
        lifespan="on",
        ws="none",
    )
    server = server_of(uvicorn)(config)
    for number in (signal.SIGTERM, signal.SIGINT):  # before anybody is told that it is up: one may come at once
        signal.signal(number, lambda *_: setattr(server, "should_exit", True))
    host, port = listener.getsockname()[:2]
    if port_file:
        write_port(port_file, port)
    click.echo(f"patsnap-emulator proxy is ready at {told(host, port, secure=False)} in front of {address}")
    sys.stdout.flush()
    server.run(sockets=[listener])
