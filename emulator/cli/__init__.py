"""The command `patsnap-emulator`. One file for each command; each imports what it needs when it is run.

Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 could not start.
"""

import click

from emulator import __version__
from emulator.cli import conformance
from emulator.cli.client import env, healthcheck
from emulator.cli.fixtures import fixtures
from emulator.cli.serve import serve
from emulator.cli.spec import spec


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="patsnap-emulator")
def main() -> None:
    """A local stand-in for the PatSnap / Zhihuiya Open Platform API."""


main.add_command(serve)
main.add_command(spec)
main.add_command(conformance.command)
main.add_command(fixtures)
main.add_command(healthcheck)
main.add_command(env)
