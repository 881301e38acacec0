"""`annotator new`: a session file for one or more films."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.jobs.opening import session_path_for
from annotator.jobs.prepare import new_session
from annotator.model import Codebook
from annotator.model.time import to_clock
from annotator.storage.books import read_book
from annotator.storage.library import builtin_ids, load_builtin
from annotator.storage.placing import OPEN_IT, require_free
from annotator.storage.store import SessionStore

_MAKER = "annotator new"


@click.command(cls=PlainCommand)
@click.argument("films", metavar="FILM…", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="SESSION",
    help="The session file to make; otherwise FILM.session.json beside the first film.",
)
@click.option(
    "--codebook",
    default="starter",
    show_default=True,
    metavar="NAME|FILE",
    help="A codebook that comes with annotator, or a codebook file.",
)
@click.option("--title", default="", help="The session's title; otherwise the film's name.")
def new(films: tuple[Path, ...], output: Path | None, codebook: str, title: str) -> int:
    """Make a session file for one or more films of the same meeting.

    The films are read through once, to know every frame's time and to
    recognise them when they have been moved. Several films count as started
    together. A session that is there already is never overwritten.

    Example: annotator new room.mp4 client.mp4 -o C07-3.session.json

    Exit code 0, or 2 where a film cannot be read or the session not written.
    """
    path = output or session_path_for(films[0])
    require_free(path, OPEN_IT)
    book = _find_codebook(codebook)
    with shown_progress() as watcher:
        session = new_session(films, path, book, title, watcher)
    SessionStore.create(path, session, _MAKER).close()
    click.echo(
        f"Made {path}: {to_clock(session.duration)}, {len(films)} "
        f"recording{'s' if len(films) > 1 else ''}, codebook {book.name} {book.version}"
    )
    return 0


def _find_codebook(name: str) -> Codebook:
    """Read a codebook that comes with the program, or a file."""
    is_file = name not in builtin_ids() and Path(name).is_file()
    return read_book(Path(name)).book if is_file else load_builtin(name)
