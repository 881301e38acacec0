"""`annotator cache`: where measures of sound are kept, and how to be rid of them."""

from __future__ import annotations

import click

from annotator.cli.plain import PlainCommand
from annotator.storage.cache import Cache
from annotator.storage.cache_words import emptied, kept


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
    there = Cache()
    click.echo(emptied(there) if empty else kept(there.folder, there.size()))
    return 0
