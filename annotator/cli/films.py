"""`annotator info` and `annotator frame`: what is in a film, and any frame of it as a picture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click

from annotator.cli.plain import PlainCommand
from annotator.cli.values import MOMENT
from annotator.errors import AnnotatorError
from annotator.media import Frame, RecordingFacts, TrackFacts, Video, open_video, probe
from annotator.media.png import encode_png
from annotator.model import AudioFacts, Micros, VideoFacts
from annotator.model.time import to_clock, to_seconds_text
from annotator.storage.atomic import write_atomically

_FILM = click.argument("film", type=click.Path(path_type=Path))
_TIMES = frozenset({"duration", "start", "end", "keyframe_spacing", "damaged_from"})


@click.command(cls=PlainCommand)
@_FILM
@click.option("--json", "as_json", is_flag=True, help="Write the facts as JSON, times in seconds.")
def info(film: Path, *, as_json: bool) -> int:
    """Tell what is in a film: picture, sound and timing.

    The whole file is read, so frames are counted and not guessed, and a
    film that breaks off is found out.

    Example: annotator info talk.mp4

    Exit code 0, or 2 where the film cannot be read.
    """
    facts = probe(film)
    if as_json:
        click.echo(json.dumps({"film": str(film), **_record(facts)}, indent=2))
    else:
        for name, text in _lines(film, facts):
            click.echo(f"{name:10} {text}")
    return 0


@click.command(cls=PlainCommand)
@_FILM
@click.option("--at", type=MOMENT, metavar="SECONDS", help="The frame on screen at this time.")
@click.option("--index", type=click.IntRange(min=0), help="The frame of this number, from 0.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="OUT.png",
    help="Where to write the picture.",
)
def frame(film: Path, at: Micros | None, index: int | None, output: Path) -> int:
    """Save one exact frame of a film as a PNG picture.

    Give either a time or a frame's number. A time picks the frame that a
    player shows at that moment: the last one that has come on screen.
    Times are seconds (12.48) or a clock (1:23.48) from the film's start.

    Example: annotator frame talk.mp4 --at 12.48 -o moment.png

    Exit code 0, or 2 where the film has no such frame or cannot be read.
    """
    if (at is None) == (index is None):
        raise click.UsageError("Give either --at or --index.")
    with open_video(film) as video:
        found = _frame_at(video, at) if at is not None else _frame_number(video, index or 0)
        write_atomically(output, encode_png(found.to_rgb()))
    click.echo(f"Frame {found.index} at {to_clock(found.time)} is in {output}")
    return 0


def _frame_at(video: Video, time: Micros) -> Frame:
    if not 0 <= time <= video.duration:
        end = to_seconds_text(video.duration)
        raise AnnotatorError(f"The film lasts from 0 to {end} seconds.", "Give a time in it.")
    return video.frame_at(time)


def _frame_number(video: Video, index: int) -> Frame:
    last = len(video.frame_times) - 1
    if index > last:
        raise AnnotatorError(f"The film's frames are 0 to {last}.", "Give one of these numbers.")
    return video.frame(index)


def _lines(film: Path, facts: RecordingFacts) -> Iterator[tuple[str, str]]:
    yield "Film", str(film)
    yield "Container", facts.container
    yield "Duration", f"{to_clock(facts.duration)} ({to_seconds_text(facts.duration)} s)"
    yield "Picture", _picture(facts.video) if facts.video else "none"
    if facts.video and facts.video.start:
        yield "", f"begins at {to_seconds_text(facts.video.start)} s"
    for number, track in enumerate(facts.tracks, start=1):
        yield "Sound" if number == 1 else "", _sound(track)
    if not facts.tracks:
        yield "Sound", "none"
    if facts.damaged_from is not None:
        yield "Damaged", f"breaks off at {to_clock(facts.damaged_from)}; what comes before is whole"


def _picture(video: VideoFacts) -> str:
    rate = f"{video.rate} frames a second" + ("" if video.constant else " on average (variable)")
    turned = f", turned by {video.rotation}°" if video.rotation else ""
    spacing = f"a keyframe every {to_seconds_text(video.keyframe_spacing)} s or sooner"
    size = f"{video.width} x {video.height}{turned}"
    return f"{video.codec}, {size}, {video.frames} frames, {rate}, {spacing}"


def _sound(track: TrackFacts) -> str:
    channels = {1: "mono", 2: "stereo"}.get(track.channels, f"{track.channels} channels")
    language = "" if track.language == "und" else track.language  # undetermined
    labels = " ".join(text for text in (language, track.title) if text)
    described = f"{track.codec}, {track.rate} Hz, {channels}"
    start = f", begins at {to_seconds_text(track.start)} s" if track.start else ""
    return described + start + (f" ({labels})" if labels else "")


def _record(facts: RecordingFacts | VideoFacts | AudioFacts | TrackFacts) -> dict[str, object]:
    """Give facts as JSON would hold them; times become seconds."""
    return {
        one.name: _json_value(one.name, getattr(facts, one.name))
        for one in fields(facts)
        if one.name != "extra"
    }


def _json_value(name: str, value: object) -> object:
    if isinstance(value, RecordingFacts | VideoFacts | AudioFacts | TrackFacts):
        return _record(value)
    if isinstance(value, tuple):
        return [_json_value(name, one) for one in value]
    if name in _TIMES and isinstance(value, int):
        return float(to_seconds_text(Micros(value)))
    return value
