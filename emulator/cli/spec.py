"""`spec`: read the documents: operations, rules with evidence, errors and how to meet them, OpenAPI, faults."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from emulator.cli.failures import told_plainly
from emulator.cli.operation import told

if TYPE_CHECKING:
    from emulator.spec.models import Service

_FIXTURES = click.option(
    "--fixtures",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder laid over the shipped documents.",
)


@click.group(short_help="Read the documents.")
def spec() -> None:
    """Read the documents the emulator is made of."""


@spec.command("list", short_help="The operations.")
@_FIXTURES
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(fixtures: Path | None, as_json: bool) -> None:
    """The operations, one a line."""
    operations = _load(fixtures).operations.values()
    if as_json:
        click.echo(
            json.dumps(
                [{"id": one.id, "method": one.method, "path": one.path, "title": one.title} for one in operations]
            )
        )
        return
    for one in operations:
        click.echo(f"{one.id:<16} {one.method:<5} {one.path:<52} {one.title}")


@spec.command(short_help="All rules of one operation.")
@click.argument("operation_id", metavar="ID")
@_FIXTURES
def show(operation_id: str, fixtures: Path | None) -> None:
    """Every rule of one operation with how we know it."""
    service = _load(fixtures)
    operation = service.operations.get(operation_id)
    if operation is None:
        from emulator.spec.typos import likely

        raise click.UsageError(f"there is no operation {operation_id!r}{likely(operation_id, service.operations)}")
    click.echo("\n".join(told(service, operation)))


@spec.command(short_help="Every error and how to meet it.")
@_FIXTURES
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def errors(fixtures: Path | None, as_json: bool) -> None:
    """Every error code: its texts, its HTTP status, what causes it, how to meet it; and the words that ask for trouble.

    As JSON, each code comes with all the words, that of its own error among them.
    """
    service = _load(fixtures)
    codes = service.errors.codes
    if as_json:
        told = {code: {**entry.model_dump(), "reserved": _words(service, code)} for code, entry in codes.items()}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(
        "Settings of an account: PUT /_emulator/accounts/{id}. Any code: the header X-Emulator-Error on one request,"
    )
    click.echo('or {"error": CODE} POSTed to /_emulator/accounts/{id}/faults for later ones.\n')
    for code, entry in codes.items():
        click.echo(f"{code}  {entry.meaning}  (HTTP {entry.http}; {entry.evidence})")
        for generation, text in entry.texts.items():
            click.echo(f"    {generation:<9} {text}")
        for cause in entry.causes.values():
            click.echo(f"    to meet it: {cause.do}" + (f" (live: {cause.live})" if cause.live else ""))
        if entry.by_hand:
            click.echo(f"    to meet it: {entry.by_hand}")
        for name, table in service.errors.tables.items():
            if code in table.nearest:
                click.echo(f"    where the page is like {name}, its causes are answered with {table.nearest[code]}")
            for meant in (meant for meant, near in table.nearest.items() if near == code):
                click.echo(f"    where the page is like {name}, it also stands for {meant}")
        click.echo(f"    by header:  X-Emulator-Error: {code}")
    click.echo(f"\nreserved words, in the values of {', '.join(service.reserved.parameters)}")
    for word in service.reserved.words:
        click.echo(f"    {word.word:<24} {word.does}")


@spec.command(short_help="The documents as OpenAPI 3.1.")
@_FIXTURES
def openapi(fixtures: Path | None) -> None:
    """The documents as one OpenAPI 3.1 document, in JSON."""
    from emulator import __version__
    from emulator.spec.openapi import document

    click.echo(json.dumps(document(_load(fixtures), __version__), ensure_ascii=False, indent=2))


@spec.command(short_help="Refuse faulty documents.")
@_FIXTURES
def check(fixtures: Path | None) -> None:
    """Exit 0 when the documents can be understood, 3 with file and field when not."""
    with told_plainly():
        from emulator.app import checked_world
        from emulator.settings import Settings
        from emulator.spec import loader

        overlay = fixtures or Settings().fixtures
        world = checked_world(overlay)
        service = world.service
        drills = loader.drills(service, *([overlay] if overlay else ())).drills
    counts = {
        "operations": len(service.operations),
        "error codes": len(service.errors.codes),
        "decisions": len(service.decisions),
        "patents": len(world.corpus),
        "drills": len(drills),
    }
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items()) + ": nothing wrong")


def _words(service: "Service", code: int) -> list[dict[str, str]]:
    """The reserved words and what they do, with this code where a word takes one."""
    return [
        {"word": f"{word.word.partition('=')[0]}={code}" if "=" in word.word else word.word, "does": word.does}
        for word in service.reserved.words
    ]


def _load(fixtures: Path | None) -> "Service":
    with told_plainly():
        from emulator.settings import Settings
        from emulator.spec import loader

        overlay = fixtures or Settings().fixtures
        return loader.load(*([overlay] if overlay else ()))
