"""`annotator check`: every problem in session and codebook files, with its path."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from annotator.cli.plain import PlainCommand
from annotator.errors import StorageError
from annotator.storage.checking import check_file

_FINE, _FAULTY, _UNREADABLE = 0, 1, 2


@click.command(cls=PlainCommand)
@click.argument("files", metavar="FILE…", type=click.Path(path_type=Path), nargs=-1, required=True)
def check(files: Sequence[Path]) -> int:
    """Find every problem in session and codebook files.

    A file is held against the published shape and against the rules of
    coding: codes that the codebook lacks, stretches without length, keys
    used twice, and so on. Each problem is written on a line of its own:

    FILE: passes[0].tags[3].code: the codebook has no code "reflecton"

    Nothing is changed. Exit code 0 when there is no problem, 1 when there is
    one, 2 when a file cannot be read at all.
    """
    return max(_check(file) for file in files)


def _check(file: Path) -> int:
    try:
        problems = check_file(file)
    except StorageError as error:
        click.echo(f"{file}: {error}", err=True)
        return _UNREADABLE
    for problem in problems:
        click.echo(f"{file}: {problem}")
    if not problems:
        click.echo(f"{file}: no problem")
    return _FAULTY if problems else _FINE
