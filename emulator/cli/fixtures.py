"""`fixtures`: make a corpus of patents of any size, and check one."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from emulator.cli.failures import told_plainly

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_SHOWN = 20


@click.group(short_help="Make and check corpora of patents.")
def fixtures() -> None:
    """Make a corpus of patents of any size, and check one."""


@fixtures.command(short_help="Make a corpus of any size.")
@click.option("--patents", type=click.IntRange(min=1), default=1500, show_default=True, help="How many.")
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same corpus.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of fixtures.")
@click.option("--grammar", type=_FOLDER, help="Folder of words, offices and examples to use in place of the shipped.")
def generate(patents: int, seed: int, out: Path, grammar: Path | None) -> None:
    """Write OUT/corpus/patents.jsonl, ready for `serve --fixtures OUT`.

    The published examples stand first. Exit 1 when something in it is inconsistent, which is our fault.
    """
    from emulator import generator
    from emulator.generator import files
    from emulator.generator.vocabulary import SHIPPED, load

    with told_plainly():
        folder = grammar or SHIPPED
        checker = generator.Checker(load(folder))
        try:
            records = generator.generate(patents, seed, folder)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        file = out / "corpus"
        many = _told(files.write(records, file, checker), files.NAME)
    click.echo(f"{patents} patents, {many or 'no'} faults: {file / files.NAME}")
    raise SystemExit(1 if many else 0)


@fixtures.command(short_help="Refuse an inconsistent corpus.")
@click.option("--fixtures", "overlay", type=_FOLDER, help="Folder laid over the shipped documents.")
@click.option("--invented", is_flag=True, help="Numbers, days and families need not be as real offices have them.")
@click.option("--all", "every", is_flag=True, help=f"Tell every finding, not {_SHOWN} at most.")
def check(overlay: Path | None, invented: bool, every: bool) -> None:
    """Exit 0 when a corpus is consistent, 1 with file, line, record, field and reason when not."""
    with told_plainly():
        from emulator.behaviours import drawings
        from emulator.corpus.form import PatentForm
        from emulator.generator import Checker, files
        from emulator.generator.vocabulary import SHIPPED, load
        from emulator.settings import Settings
        from emulator.spec import loader, yaml

        own = overlay or Settings().fixtures
        folders = (loader.SHIPPED, *([own] if own else ()))
        shape: Any = yaml.read(loader.locate("corpus/patent.yaml", folders))
        vocabulary = load(own / "corpus" if own else SHIPPED)
        file = loader.locate("corpus/patents.jsonl", folders)
        checker = Checker(vocabulary, invented=invented)
        found = files.check(file, PatentForm(shape, drawings.PRODUCTS), vocabulary.words, checker)
        many = _told(found, str(file), None if every else _SHOWN)
    click.echo(f"{many} findings" if many else f"{file}: nothing wrong")
    raise SystemExit(1 if many else 0)


def _told(faults: Iterable[object], file: str, most: int | None = _SHOWN) -> int:
    """Says what was found, on stderr, and how many there were."""
    many = 0
    for many, fault in enumerate(faults, 1):
        if most is None or many <= most:
            click.echo(f"{file}: {fault}", err=True)
    if most is not None and many > most:
        click.echo(f"… and {many - most} more", err=True)
    return many
