"""`annotator align`: how much later one recording began than another, by their sound."""

from __future__ import annotations

import json
from pathlib import Path

import click

from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.jobs.align import align as aligned
from annotator.media.align import Alignment, SoundChoice
from annotator.model import Micros
from annotator.model.time import to_clock, to_seconds_text

_NOTABLE_DRIFT = 5.0
_PER_HOUR_MS = 3.6
_FILM = click.Path(path_type=Path)
_TRACK = click.IntRange(1)


@click.command(cls=PlainCommand)
@click.argument("a", type=_FILM)
@click.argument("b", type=_FILM)
@click.option("--track-a", type=_TRACK, default=1, show_default=True, help="Sound track of A.")
@click.option("--track-b", type=_TRACK, default=1, show_default=True, help="Sound track of B.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, times in seconds.")
def align(a: Path, b: Path, track_a: int, track_b: int, *, as_json: bool) -> int:
    """Find how much later recording B began than recording A.

    Both must have heard the same meeting; noise, loudness and the kind of
    microphone may differ. Stretches of the sound are compared one by one,
    and how many of them agree is told. Where that is not sure enough, no
    number is given.

    Example: annotator align room.mp4 recorder.wav

    Exit code 0, or 2 where it is not sure or a file cannot be read.
    """
    with shown_progress() as watcher:
        found = aligned(SoundChoice(a, track_a - 1), SoundChoice(b, track_b - 1), watcher)
    if as_json:
        click.echo(json.dumps(_record(found), indent=2))
        return 0
    click.echo(_sentence(found, a, b))
    click.echo(
        f"Confidence {found.confidence:.0%}: {found.agree} of {found.stretches} stretches agree. "
        f"Both recorded {to_clock(found.common.length)}."
    )
    if abs(found.drift) >= _NOTABLE_DRIFT:
        click.echo(
            f"The clocks drift apart by {abs(found.drift) * _PER_HOUR_MS:.0f} ms in an hour; "
            "the offset is right in the middle."
        )
    return 0


def _sentence(found: Alignment, a: Path, b: Path) -> str:
    """Say which one began later, and by how much, rounded to the millisecond."""
    offset = Micros(round(found.offset, -3))
    if offset == 0:
        return f"{b.name} began together with {a.name}."
    word = "after" if offset > 0 else "before"
    return f"{b.name} began {to_seconds_text(Micros(abs(offset)))} s {word} {a.name}."


def _record(found: Alignment) -> dict[str, object]:
    return {
        "offset": float(to_seconds_text(found.offset)),
        "confidence": round(found.confidence, 3),
        "agree": found.agree,
        "stretches": found.stretches,
        "drift": found.drift,
        "start": float(to_seconds_text(found.common.start)),
        "end": float(to_seconds_text(found.common.end)),
    }
