"""`annotator demo`: the sample session in the window, or a tour of it where none can open."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import click

from annotator.cli.plain import PlainCommand
from annotator.cli.screen import (
    Screen,
    WindowError,
    explain_import,
    find_screen,
    require_loadable,
    require_window,
)
from annotator.cli.window import Toured, Window
from annotator.errors import AnnotatorError

_FOLDER = Path("annotator-demo")


@click.command(cls=PlainCommand)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Tour without a screen and write into this folder.",
)
@click.pass_obj
def demo(window: Window, out: Path | None) -> int:
    """Show the sample session: an acted counselling talk, coded by two coders.

    With a screen, opens your own copy of it in the window. Without one, or
    with --out, goes through a short tour instead: opens the session, steps
    frame by frame, tags, saves and opens it again; then says where the
    session and the pictures lie (in annotator-demo unless you say otherwise).

    Exit code 0, or 2 where the sample cannot be copied or opened.
    """
    if out is None and _has_window() and (code := _show(window)) is not None:
        return code
    folder = (out or _FOLDER).absolute()
    _make(folder)
    toured, why_no_window = _tour(window, folder)
    _tell(toured, why_no_window)
    return 0


def _has_window() -> bool:
    """Tell whether the window can open here; why not is said as part of the tour."""
    if find_screen(os.environ) is Screen.NONE:
        return False
    try:
        require_window(os.environ)
    except WindowError as error:
        click.echo(f"{error.what}\n{error.remedy}\n", err=True)
        return False
    return True


def _show(window: Window) -> int | None:
    """Show the sample in the window; None where Qt does not load after all."""
    try:
        return window.open_sample()
    except ImportError as error:
        if not explain_import(error):
            raise
        return None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AnnotatorError(
            f"The folder {folder} cannot be made ({error.strerror}).",
            "Choose another one with --out.",
        ) from error


def _tour(window: Window, folder: Path) -> tuple[Toured, str]:
    """Tour the window offscreen, or do without it where Qt does not load, and say why."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        require_loadable()
        return window.tour(folder), ""
    except WindowError as error:
        why = f"{error.what}\n{error.remedy}"
    except ImportError as error:
        why = explain_import(error)
        if not why:
            raise
    # imported here because it loads the decoders, which the window does without
    toured: Toured = import_module("annotator.jobs.rehearsal").rehearse(folder)
    return toured, why


def _tell(toured: Toured, why_no_window: str) -> None:
    if why_no_window:
        click.echo("Pictures of the window were skipped, since it cannot open here.")
        click.echo(f"{why_no_window}\n")
        click.echo("The tour was made without the window: opened the sample session, stepped")
    else:
        click.echo("The tour was made in the window, offscreen: opened the sample session, stepped")
    click.echo("frame by frame, tagged a moment and a stretch, saved, and opened it again.\n")
    click.echo(f"Session:  {toured.session}")
    for number, picture in enumerate(toured.pictures):
        click.echo(f"{'Pictures:' if number == 0 else '':9} {picture}")
