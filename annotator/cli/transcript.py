"""`annotator transcript`: transcripts into a session, out of it, and shown."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import click

from annotator.cli.plain import PlainGroup
from annotator.cli.sessions import read_session
from annotator.cli.transcript_assigning import assign
from annotator.editing.transcripts import (
    add_transcript,
    assign_speaker,
    beyond_film,
    participants_by_label,
    replace_transcript,
)
from annotator.errors import AnnotatorError
from annotator.model import Session
from annotator.model.stamps import new_id
from annotator.model.time import to_clock, to_seconds_text
from annotator.model.transcript import Transcript
from annotator.storage.interchange.plain_text import called, plain_text
from annotator.storage.interchange.transcripts import read_transcript, write_transcript
from annotator.storage.placing import require_free
from annotator.storage.store import SessionStore

_MAKER = "annotator transcript"
_PART = click.option(
    "--number",
    type=click.IntRange(1),
    metavar="N",
    help="Of several transcripts: which, from 1.  [default: the last]",
)
_CODES = click.option(
    "--codes", is_flag=True, help="Name participants by their ids rather than their labels."
)


@click.group(cls=PlainGroup)
def transcript() -> None:
    """Import, show and export the transcript of a session.

    Examples: annotator transcript import talk.session.json talk.vtt
              annotator transcript show talk.session.json
              annotator transcript assign talk.session.json T=therapist C=client
              annotator transcript export talk.session.json talk.srt

    Exit code 0 when all went well and 2 when not.
    """


@transcript.command("import")
@click.argument("session", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--roles",
    default="",
    metavar="SPEAKER=PARTICIPANT,…",
    help="Who each speaker is, such as T=therapist,C=client, by participants' ids.",
)
@click.option("--language", default="", help="The language, such as en or de-AT.")
@click.option("--encoding", default="", help="The file's encoding.  [default: found out]")
@click.option("--replace", "over", is_flag=True, help="In the place of the transcript there is.")
def import_file(
    session: Path, file: Path, *, roles: str, language: str, encoding: str, over: bool
) -> int:
    """Add a WebVTT or SubRip file to a session.

    Speakers are kept. A speaker who is called as one participant alone is
    called, by label, id or role, is taken for that participant; --roles says
    it for the others. All that was mended in the file, or could not be
    carried, is told on stderr, a line each.

    Example: annotator transcript import talk.session.json talk.srt --roles T=therapist,C=client

    Exit code 0, or 2 where the file is no transcript or cannot be written.
    """
    found = read_transcript(file, new_id(), encoding)
    opened = SessionStore.open(session, _MAKER)
    for notice in opened.notices:
        click.echo(notice, err=True)
    try:
        if opened.store.read_only:
            raise AnnotatorError(opened.store.read_only_reason)
        before = opened.session
        new = participants_by_label(before, found.transcript)
        new = _assigned(before, replace(new, language=language or new.language), roles)
        old = before.transcripts[-1] if over and before.transcripts else None
        edit = replace_transcript(before, old, new) if old else add_transcript(before, new)
        opened.store.append(edit.changes)
        opened.store.save(edit.apply(before))
    finally:
        opened.store.close()
    for line in [*found.report.lines(), *beyond_film(before, new)]:
        click.echo(line, err=True)
    click.echo(f"Imported {_cues(new)} from {file.name}{_spoken(new)}")
    return 0


@transcript.command()
@click.argument("session", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_PART
@_CODES
def export(session: Path, file: Path, *, number: int | None, codes: bool) -> int:
    """Write a session's transcript as a file of its own.

    The name says the format: .vtt for WebVTT, .srt for SubRip, .txt for plain
    text. What the format cannot hold is told on stderr. A file that is there
    already is never overwritten.

    Example: annotator transcript export talk.session.json talk.vtt

    Exit code 0, or 2 where there is no transcript or it cannot be written.
    """
    chosen = _chosen(read_session(session), session, number, codes=codes)
    require_free(file)
    report = write_transcript(file, chosen)
    for line in report.lines():
        click.echo(line, err=True)
    click.echo(f"Wrote {file}: {_cues(chosen)}")
    return 0


@transcript.command()
@click.argument("session", type=click.Path(path_type=Path))
@_PART
@_CODES
@click.option("--json", "as_json", is_flag=True, help="Write JSON, times in seconds.")
def show(session: Path, *, number: int | None, codes: bool, as_json: bool) -> int:
    """Show what was said, each cue with its time and speaker.

    Example: annotator transcript show talk.session.json

    Exit code 0, or 2 where the session cannot be read or has no transcript.
    """
    chosen = _chosen(read_session(session), session, number, codes=codes)
    text = _as_json(chosen) if as_json else plain_text(chosen)
    sys.stdout.flush()
    click.echo(text.encode(), nl=False)  # bytes: UTF-8 whatever the terminal's encoding
    return 0


def _chosen(session: Session, path: Path, number: int | None, *, codes: bool) -> Transcript:
    """Find the transcript that is meant, its speakers called by their participants."""
    count = len(session.transcripts)
    if not count:
        raise AnnotatorError(
            f"{path.name} has no transcript.",
            "Import one with: annotator transcript import SESSION FILE",
        )
    if number is not None and number > count:
        raise AnnotatorError(f"{path.name} has {count} transcript{'' if count == 1 else 's'}.")
    chosen = session.transcripts[count - 1 if number is None else number - 1]
    people = session.participants
    return called(chosen, {one.id: one.id if codes else one.label or one.id for one in people})


def _assigned(session: Session, new: Transcript, roles: str) -> Transcript:
    """Give the transcript's speakers the participants that were typed."""
    for pair in filter(None, (part.strip() for part in roles.split(","))):
        speaker, equals, person = (word.strip() for word in pair.partition("="))
        if not equals:
            raise click.UsageError(f'Give --roles as SPEAKER=PARTICIPANT; "{pair}" has no "=".')
        with_new = replace(session, transcripts=(new,))
        (new,) = assign_speaker(with_new, new.id, speaker, person).apply(with_new).transcripts
    return new


def _cues(one: Transcript) -> str:
    return f"{len(one.cues)} cue{'' if len(one.cues) == 1 else 's'}"


def _spoken(one: Transcript) -> str:
    """Tell who speaks how often, and which participant that is."""
    people = {cue.speaker: cue.participant for cue in one.cues}
    told = [
        f"{speaker or 'nobody named'} {count}"
        + (f" ({people[speaker]})" if people[speaker] else " (not assigned)" * bool(speaker))
        for speaker, count in one.speakers.items()
    ]
    return f": {', '.join(told)}" if told else ""


def _as_json(one: Transcript) -> str:
    cues = [
        {
            "id": cue.id,
            "start": float(to_seconds_text(cue.start)),
            "end": float(to_seconds_text(cue.end)),
            "clock": to_clock(cue.start),
            "speaker": cue.speaker,
            "participant": cue.participant or None,
            "text": cue.text,
        }
        for cue in one.cues
    ]
    tree = {"id": one.id, "language": one.language, "source": one.source, "cues": cues}
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"


transcript.add_command(assign)
