"""Which recordings `annotator clips` shows and plays, and how they stand in the picture."""

from __future__ import annotations

import click

from annotator.cli.option_groups import Command, with_options
from annotator.jobs.clip_view import ClipView
from annotator.media.clips.composition import USUAL_INSET, Corner, Inset, Layout
from annotator.media.clips.panes import LARGEST_SHARE, SMALLEST_SHARE

_ALL = "all"

_SEEN = (
    click.option(
        "--recording",
        "recordings",
        multiple=True,
        metavar="ID",
        help="Which recording is seen, by id or role; may be repeated.",
    ),
    click.option(
        "--layout",
        type=click.Choice([layout.value for layout in Layout]),
        help="How several stand: side by side, or the second as an inset.  [default: side]",
    ),
    click.option(
        "--corner",
        type=click.Choice([corner.value for corner in Corner]),
        default=USUAL_INSET.corner.value,
        show_default=True,
        help="Where an inset stands.",
    ),
    click.option(
        "--share",
        type=click.IntRange(round(SMALLEST_SHARE * 100), round(LARGEST_SHARE * 100)),
        default=round(USUAL_INSET.share * 100),
        show_default=True,
        metavar="PERCENT",
        help="How wide an inset is.",
    ),
)
_HEARD = (
    click.option(
        "--sound",
        "sounds",
        multiple=True,
        metavar="ID",
        help="Which recording is heard, by id or role; may be repeated, and is mixed then.",
    ),
    click.option(
        "--track",
        metavar="N|all",
        help="Sound track from 1, or all: every recording, mixed as in the player.",
    ),
)


def viewing(command: Command) -> Command:
    """Offer what says what is seen and heard."""
    return with_options(command, *_SEEN, *_HEARD)


def view_of(
    recordings: tuple[str, ...],
    layout: str | None,
    inset: Inset,
    sounds: tuple[str, ...],
    track: str | None,
) -> ClipView:
    """Give what is to be seen and heard; raises UsageError where that is no track."""
    usual = Layout.ONE if len(recordings) <= 1 else Layout.SIDE
    chosen = usual if layout is None else Layout(layout)
    mixes = track == _ALL
    number = None if track is None or mixes else _number(track)
    return ClipView(recordings, chosen, inset, sounds, mixes, number)


def _number(track: str) -> int:
    """Number a sound track from 0."""
    if not track.isdecimal() or int(track) < 1:
        raise click.UsageError(f'There is no sound track "{track}"; give 1, 2 … or all.')
    return int(track) - 1
