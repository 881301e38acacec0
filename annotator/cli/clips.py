"""`annotator clips`: moments of a session as films to show, as far as consent allows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Unpack

import click

from annotator.cli.clips_choosing import stretches_for
from annotator.cli.clips_options import (
    ClipsOptions,
    choosing,
    cutting,
    judging,
    keeping,
    wish_of,
)
from annotator.cli.clips_telling import tell, tree
from annotator.cli.clips_viewing import viewing
from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.errors import AnnotatorError
from annotator.jobs.clip_packs import Package, PackWish, make_pack
from annotator.jobs.clip_planning import plan_clips
from annotator.jobs.clip_warnings import warnings_of
from annotator.jobs.clip_wishes import MadeClip
from annotator.jobs.clips import make_clips
from annotator.jobs.progress import Progress
from annotator.model import Session
from annotator.storage.recovery import found_on_disk

REFUSED, FAILED = 1, 2


@click.command(cls=PlainCommand)
@click.argument("session", type=click.Path(path_type=Path))
@choosing
@judging
@cutting
@viewing
@keeping
@click.option("--dry-run", "dry", is_flag=True, help="Only tell what would be made or refused.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, times in seconds.")
def clips(**options: Unpack[ClipsOptions]) -> int:
    """Cut moments of a session out of its film, to the frame and to the sample.

    No clip holds one frame or one sample from outside its bounds. What those
    present allowed decides: a clip that the purpose is too wide for, whose
    consent has ended, or that crosses an excluded span is refused, with the
    reason. What their consents want masked is masked, beside what --mask
    names. A recording can never be wholly masked: people are known by more
    than face and voice.

    Each clip gets a manifest, captions where something is said, and a line
    in the session's export log (annotator consent log SESSION), so that it
    can be found and called back. Names of files are made of codes and times;
    nothing that is there is written over.

    Examples: annotator clips talk.session.json --code reflection --pad 2
                        --purpose learners --mask faces,voice -o clips
              annotator clips talk.session.json --code silence --pad 3
                        --purpose supervision -o clips --pack lesson --package zip
              annotator clips talk.session.json --kept --purpose team -o clips

    Exit code 0 when all was made, 1 when consent refused some, and 2 when
    something could not be made.
    """
    return _run(options)


def _run(options: ClipsOptions) -> int:
    path = options["session"]
    found = found_on_disk(path, may_write=False)
    for notice in found.notices:
        click.echo(notice, err=True)
    stretches = stretches_for(found.session, options)
    if not stretches:
        raise AnnotatorError("There is nothing to cut.", "Choose other tags, or give --pad.")
    wish = wish_of(options)
    packed: tuple[Path, ...] = ()
    planned = plan_clips(found.session, stretches, wish)
    for warning in warnings_of(found.session, path, planned, wish):
        click.echo(warning, err=True)
    if options["dry"]:
        made = [MadeClip(one, failure=one.refusal) for one in planned]
    else:
        with shown_progress() as watcher:
            made = list(make_clips(found.session, path, planned, wish, watcher))
            packed = _packed(found.session, made, options, watcher)
    made.sort(key=lambda one: one.planned.name)
    if options["as_json"]:
        click.echo(json.dumps([tree(one) for one in made], indent=2, ensure_ascii=False))
    else:
        tell(made, dry=options["dry"])
        for written in packed:
            click.echo(f"Wrote {written}")
    if any(one.failure and not one.planned.refusal for one in made):
        return FAILED
    return REFUSED if any(one.planned.refusal for one in made) else 0


def _packed(
    session: Session, made: Sequence[MadeClip], options: ClipsOptions, watcher: Progress
) -> tuple[Path, ...]:
    """Make the pack that is wished for, if any clip came of it; gives what was written."""
    folder = options["pack"]
    if folder is None or not any(one.files for one in made):
        return ()
    ordered = sorted(made, key=lambda one: one.planned.name)
    wish = PackWish(
        options["title"],
        options["purpose"],
        datetime.now(UTC).astimezone().date().isoformat(),
        frozenset(Package(one) for one in options["packages"]),
    )
    return make_pack(session, ordered, folder, wish, watcher)
