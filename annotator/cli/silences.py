"""`annotator silences`: the quiet spans of a film or session, listed or added as proposals."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.cli.values import LEVEL, MOMENT
from annotator.errors import AnnotatorError
from annotator.jobs.opening import is_session
from annotator.jobs.proposing import SILENCE, Proposed, propose, require_code, within
from annotator.jobs.silences import FoundSilences, SilenceWish, SoundSource, silences_of, sources_of
from annotator.media.silences import MINIMUM, SilenceProposal
from annotator.model import Micros, Session
from annotator.model.stamps import now
from annotator.model.time import to_clock, to_seconds_text
from annotator.storage.recovery import found_on_disk
from annotator.storage.store import SessionStore


class _Options(TypedDict):
    """What click hands over."""

    source: Path
    minimum: Micros | None
    level: float | None
    padding: Micros
    recording: str
    track: int | None
    channel: int | None
    voices: str
    as_json: bool
    add: bool
    coder: str
    code: str


@dataclass(frozen=True, slots=True)
class _Work:
    """What there is to do: in which session, if any, and what is opened to be written."""

    session: Session | None
    store: SessionStore | None
    sources: tuple[SoundSource, ...]
    wish: SilenceWish


@click.command(cls=PlainCommand)
@click.argument("source", metavar="FILM|SESSION", type=click.Path(path_type=Path))
@click.option(
    "--min",
    "minimum",
    type=MOMENT,
    metavar="SECONDS",
    help="The shortest silence.  [default: what the codebook says, or 3.0]",
)
@click.option(
    "--level",
    type=LEVEL,
    default="auto",
    show_default=True,
    metavar="auto|DBFS",
    help="Up to which loudness it is quiet, such as -40; auto asks the noise floor.",
)
@click.option(
    "--padding",
    type=MOMENT,
    default="0",
    metavar="SECONDS",
    help="Make each silence so much shorter at both ends.",
)
@click.option(
    "--recording",
    default="",
    metavar="NAME",
    help="Of a session: the recording with this file name, id or role.",
)
@click.option("--track", type=click.IntRange(1), help="Only this sound track, from 1.")
@click.option("--channel", type=click.IntRange(1), help="Only this channel, from 1 (left).")
@click.option(
    "--voices",
    default="",
    metavar="A,B",
    help="Who is on the two channels or tracks, such as therapist,client.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON, times in seconds.")
@click.option("--add", is_flag=True, help="Add them to the session, as proposals.")
@click.option("--coder", default="", help="With --add: the coder into whose pass they go.")
@click.option("--code", default=SILENCE, show_default=True, help="With --add: the code's id.")
def silences(**options: Unpack[_Options]) -> int:
    """List the silences of a film or a session.

    A silence is a span in which nobody speaks for at least 3 seconds. What is
    quiet is judged by this recording's own noise floor, so hiss and hum do
    no harm; with --level you set the limit yourself. Of a session, the
    therapist's and the client's recordings are heard together where both
    have sound. Where two channels, tracks or recordings hold one person
    each, the list says who spoke before and after.

    Nothing is changed unless --add is given. Then each silence inside the
    region becomes a tag that is marked as a proposal, for the coder to keep,
    move or delete; where the coder has tagged a silence already, none is
    added, and excluded spans are left alone.

    Example: annotator silences talk.mp4 --min 2
             annotator silences talk.session.json --add --coder A

    Exit code 0, also where there is no silence, or 2 where the sound cannot
    be read or the tags do not fit or cannot be written.
    """
    _require_sense(options)
    with _work(options) as work, shown_progress() as watcher:
        found = silences_of(work.sources, work.wish, watcher)
        listed = found.proposals
        if work.session is not None:
            listed = within(work.session, listed, work.wish.minimum)
        added = _added(work, listed, found, options)
    for notice in found.notices:
        click.echo(notice, err=True)
    if options["as_json"]:
        click.echo(json.dumps(_record(listed, found, options["source"], work.wish), indent=2))
    else:
        _write_table(listed)
        click.echo(_summary(listed, found, work.wish))
    if added is not None:
        click.echo(_told(added, options["coder"]), err=options["as_json"])
    return 0


def _require_sense(options: _Options) -> None:
    """Refuse options that contradict one another."""
    if options["minimum"] is not None and options["minimum"] <= 0:
        raise click.UsageError("Give --min more than 0 seconds.")
    if options["padding"] < 0:
        raise click.UsageError("Give --padding 0 seconds or more.")
    if options["add"] and not options["coder"]:
        raise click.UsageError("--add needs --coder: the tags go into a coder's pass.")
    if is_session(options["source"]):
        return
    if options["recording"]:
        raise click.UsageError("--recording is for sessions; a film is one recording.")
    if options["add"]:
        raise AnnotatorError(
            "--add needs a session, and this is a film.",
            "Name its session file; annotator new makes one.",
        )


@contextmanager
def _work(options: _Options) -> Iterator[_Work]:
    """Read or open what is named; a session to be written is held until the end."""
    path = options["source"]
    if not is_session(path):
        yield _Work(None, None, (SoundSource(path),), _wish(options, None))
        return
    if not options["add"]:
        session = found_on_disk(path, may_write=False).session
        yield _of_session(session, None, options)
        return
    opened = SessionStore.open(path, options["coder"])
    try:
        for notice in opened.notices:
            click.echo(notice, err=True)
        if opened.store.read_only:
            raise AnnotatorError(opened.store.read_only_reason)
        require_code(opened.session, options["code"])
        yield _of_session(opened.session, opened.store, options)
    finally:
        opened.store.close()


def _of_session(session: Session, store: SessionStore | None, options: _Options) -> _Work:
    sources = sources_of(session, options["source"], options["recording"])
    return _Work(session, store, sources, _wish(options, session))


def _wish(options: _Options, session: Session | None) -> SilenceWish:
    usual = session.codebook.silence_minimum if session else None
    track, channel = options["track"], options["channel"]
    return SilenceWish(
        minimum=options["minimum"] or usual or MINIMUM,
        level=options["level"],
        padding=options["padding"],
        track=None if track is None else track - 1,
        channel=None if channel is None else channel - 1,
        names=_names(options["voices"]),
    )


def _names(written: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in written.split(",")) if written else ()
    if names and (len(set(names)) != len(("one", "other")) or not all(names)):
        raise click.UsageError("Give --voices two names, such as therapist,client.")
    return names


def _added(
    work: _Work, listed: Sequence[SilenceProposal], found: FoundSilences, options: _Options
) -> Proposed | None:
    """Write the proposals; None where nothing was to be written."""
    if work.store is None or work.session is None:
        return None
    own_limit = work.wish.level is not None
    wanted = listed if own_limit or not found.is_empty else ()
    proposed = propose(work.session, options["coder"], options["code"], wanted, now())
    if proposed.tags:
        work.store.append(proposed.edit.changes)
        work.store.save(proposed.edit.apply(work.session))
    return proposed


def _write_table(listed: Sequence[SilenceProposal]) -> None:
    if not listed:
        return
    table = Table(box=SIMPLE_HEAD)
    with_names = any(one.before or one.after for one in listed)
    for heading in ("Start", "End", "Seconds", *(("Before", "After") if with_names else ())):
        table.add_column(heading, no_wrap=True, justify="right" if heading == "Seconds" else "left")
    for one in listed:
        names = (one.before or "unclear", one.after or "unclear") if with_names else ()
        length = f"{one.interval.length / 1_000_000:.2f}"
        table.add_row(to_clock(one.start), to_clock(one.end), length, *names)
    Console(file=sys.stdout, markup=False, highlight=False, emoji=False).print(table)


def _summary(listed: Sequence[SilenceProposal], found: FoundSilences, wish: SilenceWish) -> str:
    count = f"{len(listed)} silence{'' if len(listed) == 1 else 's'}" if listed else "No silence"
    return f"{count} of {to_seconds_text(wish.minimum)} s or longer. {_limits(found, wish)}"


def _limits(found: FoundSilences, wish: SilenceWish) -> str:
    if wish.level is not None:
        return f"Quiet is what is no louder than {wish.level:g} dBFS."
    told = [
        f"{one.name}: " * bool(one.name)
        + f"{one.loudness.level:.1f} dBFS"
        + f" (noise floor {one.loudness.floor:.1f}, voices {one.loudness.voice:.1f})"
        for one in found.tracks
        if one.loudness is not None
    ]
    return f"Quiet is what is no louder than {'; '.join(told)}." if told else ""


def _told(added: Proposed, coder: str) -> str:
    known = f"; {added.known} tagged already" if added.known else ""
    return f"Added {len(added.tags)} as proposals to the pass of {coder}{known}."


def _record(
    listed: Sequence[SilenceProposal], found: FoundSilences, source: Path, wish: SilenceWish
) -> dict[str, object]:
    """Give what was found as JSON would hold it; names are null where unclear."""
    return {
        "source": str(source),
        "minimum": _seconds(wish.minimum),
        "level": wish.level,
        "tracks": [
            {
                "name": one.name,
                "floor": round(one.loudness.floor, 1) if one.loudness else None,
                "voice": round(one.loudness.voice, 1) if one.loudness else None,
                "level": round(one.loudness.level, 1) if one.loudness else None,
            }
            for one in found.tracks
        ],
        "silences": [
            {
                "start": _seconds(one.start),
                "end": _seconds(one.end),
                "length": _seconds(one.interval.length),
                "before": one.before or None,
                "after": one.after or None,
            }
            for one in listed
        ],
        "notices": list(found.notices),
    }


def _seconds(time: Micros) -> float:
    return float(to_seconds_text(time))
