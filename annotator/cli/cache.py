"""`annotator cache`: where measures of sound are kept, and how to be rid of them."""

from __future__ import annotations

import click

from annotator.cli.plain import PlainCommand
from annotator.errors import StorageError
from annotator.storage.cache import Cache

_KILO = 1000


@click.command(cls=PlainCommand)
@click.option("--empty", is_flag=True, help="Delete all that is kept there.")
def cache(*, empty: bool) -> int:
    """Tell where measures of sound are kept, and how much that is.

    To draw the sound of a recording at once, and to find its silences,
    annotator keeps how loud it is from moment to moment. That says when
    people spoke, so only you can read it, and --empty deletes it; it is
    made again when it is wanted.

    Example: annotator cache --empty

    Exit code 0, or 2 where something could not be deleted.
    """
    kept = Cache()
    if empty:
        freed = kept.empty()
        if left := kept.size():
            raise StorageError(
                f"{to_amount(left)} in {kept.folder} could not be deleted.",
                "Close the other windows of annotator, or delete the folder yourself.",
            )
        click.echo(f"Emptied {kept.folder}: {to_amount(freed)}")
    else:
        click.echo(f"{kept.folder}: {to_amount(kept.size())}")
    return 0


def to_amount(size: int) -> str:
    """Write a number of bytes with its unit, such as `3.1 MB`."""
    amount = float(size)
    for unit in ("bytes", "kB", "MB"):
        if amount < _KILO:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= _KILO
    return f"{amount:.1f} GB"
