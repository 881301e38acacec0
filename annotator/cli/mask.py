"""`annotator mask`: a film, or a part of it, with faces covered and voices disguised."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.cli.values import MOMENT
from annotator.errors import AnnotatorError
from annotator.jobs.clip_cutting import CutJob, cut_one
from annotator.jobs.processes import Errand, run_apart
from annotator.media import probe
from annotator.media.clips.wishes import Form
from annotator.model import ZERO, Micros
from annotator.model.participant import Mask
from annotator.model.time import to_clock
from annotator.storage.leftovers import staging_folder
from annotator.storage.placing import put_in_place, require_free

_USUAL = (Mask.FACES.value, Mask.VOICE.value)
_KNOWN = (*_USUAL, Mask.PICTURE.value)


class _Options(TypedDict):
    """What click hands over."""

    film: Path
    output: Path
    masks: tuple[str, ...]
    start: Micros | None
    end: Micros | None


@click.command(cls=PlainCommand)
@click.argument("film", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
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
@click.option("--start", type=MOMENT, metavar="SECONDS", help="From here.  [default: the start]")
@click.option("--end", type=MOMENT, metavar="SECONDS", help="Up to here.  [default: the end]")
def mask(**options: Unpack[_Options]) -> int:
    """Make a copy of a film in which faces are covered and voices disguised.

    Nothing is known here of what anybody allowed: to hand on a clip as far as
    consent goes, use annotator clips. A recording can never be wholly masked:
    hair, body, clothes, room and what is said still tell who somebody is, and
    a disguised voice can be matched by whoever sets out to.

    Example: annotator mask talk.mp4 -o masked.mp4 --mask faces --start 60 --end 90

    Exit code 0, or 2 where the film cannot be read or the copy not written.
    """
    target = options["output"].absolute()
    require_free(target)
    job = _job(options, target)
    with staging_folder(target.parent) as hidden, shown_progress() as watcher:
        made = hidden / f"masked{target.suffix.lower()}"
        work = partial(cut_one, replace(job, target=made))
        (done,) = run_apart([Errand(target.name, work)], watcher, 1)
        if done.failure is not None:
            raise done.failure
        put_in_place(made, target)
    told = ", ".join(sorted(job.masks))
    click.echo(f"Wrote {target}: {to_clock(Micros(job.end - job.start))} (masked: {told})")
    return 0


def _job(options: _Options, target: Path) -> CutJob:
    form = next((one for one in Form if target.suffix.lower() == f".{one.value}"), None)
    if form is None:
        endings = ", ".join(f".{one.value}" for one in Form)
        raise AnnotatorError(f"{target.name} does not say what to make.", f"Endings: {endings}.")
    facts = probe(options["film"])
    start = ZERO if options["start"] is None else options["start"]
    end = facts.duration if options["end"] is None else min(options["end"], facts.duration)
    if not ZERO <= start < end:
        whole = to_clock(facts.duration)
        raise AnnotatorError(f"The film lasts from 0 to {whole}.", "Give a stretch inside it.")
    return CutJob(
        options["film"].absolute(),
        start,
        end,
        target,
        form,
        masks=frozenset(Mask(one) for one in options["masks"]),
        track=None if facts.audio is None else 0,
    )
