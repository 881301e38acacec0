"""`annotator mask`: a film, or a part of it, with faces covered and voices disguised."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator.cli.clips_masking import FILL_OPTIONS
from annotator.cli.option_groups import Command, with_options
from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.cli.values import MOMENT
from annotator.errors import AnnotatorError
from annotator.jobs.clip_bare import bared_of, plan_words
from annotator.jobs.clip_cutting import CutJob, cut_one
from annotator.jobs.clip_holding import held_by
from annotator.jobs.clip_masking import FilmMasks
from annotator.jobs.mask_reviewing import (
    PAGE,
    find_masks,
    load_masks,
    proved,
    require_fitting,
    save_masks,
    write_strip,
)
from annotator.jobs.processes import Errand, run_apart
from annotator.jobs.progress import Progress
from annotator.media import probe
from annotator.media.clips.wishes import CutWish, Form
from annotator.media.face_masks import Fills, MaskPlan
from annotator.model import ZERO, Micros
from annotator.model.counts import counted
from annotator.model.held import maskable
from annotator.model.participant import Mask
from annotator.model.time import to_clock, to_clocks
from annotator.storage.leftovers import staging_folder
from annotator.storage.placing import put_in_place, require_free

_USUAL = (Mask.FACES.value, Mask.VOICE.value)
_KNOWN = (*_USUAL, Mask.PICTURE.value)


class _Options(TypedDict):
    """What click hands over."""

    film: Path
    output: Path | None
    masks: tuple[str, ...]
    fill: str | None
    picture_as: str | None
    start: Micros | None
    end: Micros | None
    plan: Path | None
    plan_out: Path | None
    review: Path | None


def _reviewing(command: Command) -> Command:
    """Offer what lets a person look at masks before they count."""
    return with_options(
        command,
        click.option(
            "--plan-out",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Write what is covered where, as JSON, to be looked at and changed.",
        ),
        click.option(
            "--plan",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Cover faces as this file says, which --plan-out wrote.",
        ),
        click.option(
            "--review",
            type=click.Path(path_type=Path, file_okay=False),
            metavar="FOLDER",
            help="Write the least certain moments as pictures, with a page of them.",
        ),
        *FILL_OPTIONS,
    )


@click.command(cls=PlainCommand)
@click.argument("film", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The film to make: .mp4 or .webm, or sound alone: .m4a, .mp3 or .wav.",
)
@click.option(
    "--mask",
    "masks",
    type=click.Choice(_KNOWN),
    multiple=True,
    default=_USUAL,
    show_default=True,
    help="What is masked; may be repeated.",
)
@_reviewing
@click.option("--start", type=MOMENT, metavar="SECONDS", help="From here.  [default: the start]")
@click.option("--end", type=MOMENT, metavar="SECONDS", help="Up to here.  [default: the end]")
def mask(**options: Unpack[_Options]) -> int:
    """Make a copy of a film in which faces are covered and voices disguised.

    Nothing is known here of what anybody allowed: to hand on a clip as far as
    consent goes, use annotator clips. A recording can never be wholly masked:
    hair, body, clothes, room and what is said still tell who somebody is, and
    a disguised voice can be matched by whoever sets out to.

    To look before anything is made, leave -o out and give --review: it shows
    the moments where the masks are least certain. A plan can be changed by
    hand: tracks that are not to be covered, masks drawn at moments, stretches
    whose whole picture is covered. Then give it back with --plan. It also says
    what the search found: what is left uncovered of that is told. With --plan
    and --plan-out, faces are looked for once more in the film of an older plan
    that does not say it, or was changed there.

    Examples: annotator mask talk.mp4 -o masked.mp4 --mask faces --start 60 --end 90
              annotator mask talk.mp4 --plan-out masks.json --review look
              annotator mask talk.mp4 --plan masks.json -o masked.mp4

    Exit code 0, or 2 where the film cannot be read or the copy not written.
    """
    target = options["output"] and options["output"].absolute()
    if target is None and options["plan_out"] is None and options["review"] is None:
        raise click.UsageError("Say with -o what to make, or with --review where to look first.")
    if target is not None:
        require_free(target)
    job = _job(options, target)
    with shown_progress() as watcher:
        plan = _plan(options, job, watcher)
        if plan is not None:
            job = replace(job, looked_at=(FilmMasks(job.wish.source, plan),))
            for told in plan_words(plan, job.wish.source, job.wish.span):
                click.echo(told, err=True)
            _kept(options, job.wish.source, plan, watcher)
        if target is not None:
            _make(job, watcher)
    return 0


def _plan(options: _Options, job: CutJob, watcher: Progress) -> MaskPlan | None:
    """Read the plan that is given, or make one where somebody wants to see it; else None."""
    span = job.wish.span
    if options["plan"] is not None:
        plan = load_masks(options["plan"])
        require_fitting(plan, job.wish.source)
        if not FilmMasks(job.wish.source, plan).serves(job.wish.source, span):
            raise AnnotatorError(
                f"These masks are for the stretch from {to_clocks(plan.watched)} alone.",
                "Give --start and --end inside it, or look for faces again.",
            )
        if options["plan_out"] is not None:
            plan = proved(plan, job.wish.source, watcher)
    elif options["plan_out"] or options["review"]:
        plan = find_masks(job.wish.source, span, watcher)
    else:
        return None
    return job.fills.filled(plan)


def _kept(options: _Options, film: Path, plan: MaskPlan, watcher: Progress) -> None:
    """Write the plan and the strip of its weak moments where that is asked for."""
    if options["plan_out"] is not None:
        save_masks(options["plan_out"], plan)
        click.echo(f"Wrote {options['plan_out']}: {counted(len(plan.tracks), 'face')} followed")
    if options["review"] is not None:
        count = write_strip(film, plan, options["review"], watcher)
        click.echo(f"Wrote {options['review'] / PAGE}: {counted(count, 'moment')} to look at")


def _make(job: CutJob, watcher: Progress) -> None:
    target = job.wish.target
    with staging_folder(target.parent) as hidden:
        made = hidden / f"masked{target.suffix.lower()}"
        work = partial(cut_one, replace(job, wish=replace(job.wish, target=made)))
        (done,) = run_apart([Errand(target.name, work)], watcher, 1)
        if done.failure is not None:
            raise done.failure
        put_in_place(made, target)
    held = maskable(held_by(job.wish.form, is_heard=job.wish.track is not None))
    told = ", ".join(_words(job, one) for one in sorted(job.masks & held)) or "nothing"
    length = to_clock(job.wish.length)
    click.echo(f"Wrote {target}: {length} (masked: {told})")


def _words(job: CutJob, mask: Mask) -> str:
    """Say what is masked, and of faces whether some are bare."""
    if mask is not Mask.FACES or not job.looks or not job.looked_at:
        return mask.value
    return mask.value + bared_of(job.looked_at[0].plan, job.wish.span).told


def _job(options: _Options, target: Path | None) -> CutJob:
    facts = probe(options["film"])
    start = ZERO if options["start"] is None else options["start"]
    end = facts.duration if options["end"] is None else min(options["end"], facts.duration)
    if not ZERO <= start < end:
        whole = to_clock(facts.duration)
        raise AnnotatorError(f"The film lasts from 0 to {whole}.", "Give a stretch inside it.")
    wish = CutWish(
        options["film"].absolute(),
        start,
        end,
        target or Path(),
        Form.MP4 if target is None else _form(target),
        track=None if facts.audio is None else 0,
    )
    return CutJob(
        wish,
        frozenset(Mask(one) for one in options["masks"]),
        fills=Fills.named(options["fill"], options["picture_as"]),
    )


def _form(target: Path) -> Form:
    form = next((one for one in Form if target.suffix.lower() == f".{one.value}"), None)
    if form is None:
        endings = ", ".join(f".{one.value}" for one in Form)
        raise AnnotatorError(f"{target.name} does not say what to make.", f"Endings: {endings}.")
    return form
