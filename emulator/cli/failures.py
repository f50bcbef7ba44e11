"""How a command ends that could not start: one line on stderr, exit code 3; wrong settings: exit code 2."""

import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

COULD_NOT_START = 3


def stop(sentence: str) -> NoReturn:
    click.echo(f"patsnap-emulator: {sentence}", err=True)
    sys.exit(COULD_NOT_START)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Faults of fixtures and settings as one line instead of a traceback."""
    from pydantic import ValidationError

    from emulator.corpus.reading import CorpusFault
    from emulator.settings import Settings
    from emulator.spec.faults import SpecFault
    from emulator.spec.typos import likely

    try:
        yield
    except (SpecFault, CorpusFault) as fault:
        stop(str(fault))
    except OSError as error:
        stop(f"{error.filename}: {error.strerror}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.UsageError(f"patsnap-emulator.toml cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])).replace("_", "-")
        if first["type"] == "extra_forbidden":
            told = f"patsnap-emulator.toml: {field} is not understood{likely(field, Settings.model_fields)}"
            raise click.UsageError(told) from error
        message = first["msg"].removeprefix("Value error, ")
        where = f"--{field} (or PATSNAP_EMULATOR_{field.replace('-', '_').upper()}): " if field else ""
        raise click.UsageError(where + message) from error


def typed_in(context: click.Context) -> dict[str, Any]:
    """The options that were really given on the command line."""
    from click.core import ParameterSource

    return {
        name: value
        for name, value in context.params.items()
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }


def tell_unknown_environment() -> None:
    """A line on stderr for each variable that looks like a setting and is none; other programs may mean it."""
    import os

    from emulator.settings import Settings
    from emulator.spec.typos import likely

    prefix = str(Settings.model_config["env_prefix"])
    known = [prefix + name.upper() for name in Settings.model_fields]
    for name in os.environ:
        if name.startswith(prefix) and name not in known:
            click.echo(f"patsnap-emulator: {name} is no setting{likely(name, known).split('; known')[0]}", err=True)
