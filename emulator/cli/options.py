"""Options that commands share: those of `serve` that say how an emulator behaves, and lengths of time.

A command with an emulator of its own takes the very options of `serve` and passes on what was typed in. Settings of
the environment and of patsnap-emulator.toml do not reach such an emulator, so that a run can be repeated.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from emulator import clock
from emulator.cli.failures import typed_in
from emulator.cli.serve import serve

if TYPE_CHECKING:
    from emulator.settings import Settings

# Where `serve` listens and who may steer it: an emulator of one's own listens on loopback, and nobody else knows of it.
LISTENING = frozenset(
    {"host", "port", "public_url", "port_file", "control_token", "control_open", "tls", "tls_cert", "tls_key", "tls_ca"}
)
_SHARED = {
    option.name: option
    for option in serve.params
    if isinstance(option, click.Option) and option.name and option.name not in LISTENING
}


def duration(context: click.Context, parameter: click.Parameter, value: str) -> int:
    """A length of time as the whole project writes it, for an option's callback: milliseconds above 0."""
    try:
        length = clock.duration(value)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error
    if length == 0:
        raise click.BadParameter("a length above 0 is expected", context, parameter)
    return length


def emulator_options(command: click.Command) -> click.Command:
    """A command that takes the options of `serve` that say how an emulator behaves."""
    command.params.extend(_SHARED.values())
    return command


def passed_on(context: click.Context) -> tuple[str, ...]:
    """What was typed in of these options, as `serve` takes it from any folder."""
    given = typed_in(context)
    return tuple(word for name, option in _SHARED.items() if name in given for word in _words(option, given[name]))


def settings_of(context: click.Context) -> "Settings":
    """What the emulator will be set to. Raises ValidationError where an option cannot be."""
    from pydantic_settings import SettingsConfigDict

    from emulator.settings import Settings

    class Typed(Settings):
        """The command line alone."""

        model_config = SettingsConfigDict(toml_file=None)

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: Any,
            init_settings: Any,
            env_settings: Any,
            dotenv_settings: Any,
            file_secret_settings: Any,
        ) -> Any:
            return (init_settings,)

    return Typed(**{name: value for name, value in typed_in(context).items() if name in _SHARED})


def _words(option: click.Option, value: Any) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ((option.opts if value else option.secondary_opts)[0],)
    return option.opts[0], os.fspath(value.absolute()) if isinstance(value, Path) else str(value)
