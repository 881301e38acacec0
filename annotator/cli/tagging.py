"""`annotator tag`: one tag added to a session, as a coder's key press would."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator import editing, media
from annotator.cli.plain import PlainCommand
from annotator.cli.values import MOMENT
from annotator.editing import Edit
from annotator.errors import AnnotatorError
from annotator.jobs.opening import film_of
from annotator.model import CodingPass, Interval, Micros, Origin, Session, Tag
from annotator.model.stamps import new_id, now
from annotator.model.time import to_clock, to_seconds_text
from annotator.storage.store import SessionStore


class _Options(TypedDict):
    """What click hands over."""

    session: Path
    code: str
    start: Micros
    end: Micros | None
    coder: str
    participant: str
    note: str
    snap: bool


@dataclass(frozen=True, slots=True)
class _Addition:
    """The edit that adds the tag, with its pass if that is new, and the tag itself."""

    edit: Edit
    tag: Tag


@click.command(cls=PlainCommand)
@click.argument("session", type=click.Path(path_type=Path))
@click.option("--code", required=True, help="The id of a code of the session's codebook.")
@click.option("--start", type=MOMENT, required=True, metavar="SECONDS", help="When it begins.")
@click.option(
    "--end", type=MOMENT, metavar="SECONDS", help="When it ends; without it, the tag is an instant."
)
@click.option("--coder", required=True, help="Who codes; the tag goes into this coder's pass.")
@click.option("--participant", default="", help="The id of the participant it is about.")
@click.option("--note", default="", help="A note on the tag.")
@click.option(
    "--snap/--no-snap",
    default=False,
    help="Move the times to the start of the frame on screen.  [default: no-snap]",
)
def tag(**options: Unpack[_Options]) -> int:
    """Add one tag to a session.

    Times are seconds (12.48) or a clock (1:23.48) from the session's start,
    with up to six decimals, and are kept exactly as given unless --snap is.
    The tag is on disk when the command ends. A session that is open
    elsewhere is left alone.

    Example: annotator tag talk.session.json --code reflection --start 12.48
             --end 15.2 --coder A --participant therapist

    Exit code 0, or 2 where the tag does not fit or cannot be written.
    """
    path = options["session"]
    opened = SessionStore.open(path, options["coder"])
    for notice in opened.notices:
        click.echo(notice, err=True)
    try:
        if opened.store.read_only:
            raise AnnotatorError(opened.store.read_only_reason)
        addition = _addition(opened.session, path, options)
        opened.store.append(addition.edit.changes)
        opened.store.save(addition.edit.apply(opened.session))
    finally:
        opened.store.close()
    added = addition.tag
    end = "" if added.is_instant else f" to {to_clock(added.end)}"
    click.echo(f"Added {added.code} at {to_clock(added.start)}{end} by {options['coder']}")
    return 0


def _addition(session: Session, path: Path, options: _Options) -> _Addition:
    span = _interval(session, options["start"], options["end"])
    if options["snap"]:
        span = _snapped(session, path, span)
    when = now()
    added = Tag(
        id=new_id(),
        code=options["code"],
        start=span.start,
        end=span.end,
        participant=options["participant"],
        note=options["note"],
        origin=Origin.COMMAND,
        created=when,
        modified=when,
    )
    own = session.pass_of(options["coder"])
    if own is not None:
        return _Addition(editing.add_tag(session, own.id, added), added)
    began = CodingPass(new_id(), options["coder"], editing.usual_purpose(session), when)
    edit = editing.add_tag(session, began.id, added)
    return _Addition(editing.joined(edit.label, editing.add_pass(session, began), edit), added)


def _interval(session: Session, start: Micros, end: Micros | None) -> Interval:
    last = start if end is None else end
    if last < start:
        raise AnnotatorError("A tag cannot end before it starts.", "Give a later --end.")
    if start < 0 or last > session.duration:
        whole = to_seconds_text(session.duration)
        raise AnnotatorError(f"The session lasts from 0 to {whole} seconds.", "Give times in it.")
    return Interval(start, last)


def _snapped(session: Session, path: Path, span: Interval) -> Interval:
    """Move both ends to the start of the frame that is on screen then."""
    place = film_of(session, path)
    if place.recording is None or place.path is None or place.is_missing:
        name = place.path.name if place.path else "a film"
        raise AnnotatorError(f"--snap needs the film, and {name} is not there.", "Use --no-snap.")
    offset = place.recording.offset
    with media.open_video(place.path) as video:
        start, end = (
            Micros(video.frame_times[video.index_at(moment - offset)] + offset)
            for moment in (span.start, span.end)
        )
    return Interval(start, end)
