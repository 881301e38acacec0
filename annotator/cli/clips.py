"""`annotator clips`: moments of a session as films to show, as far as consent allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

import click

from annotator.cli.clips_masking import masking
from annotator.cli.clips_options import (
    FAILED,
    REFUSED,
    ClipsOptions,
    choosing,
    cutting,
    judging,
    keeping,
)
from annotator.cli.clips_planning import found_at, pack_wish_of, planned_of, require_own_folder
from annotator.cli.clips_reel import reel_of, reel_tree, reeling, tell_reel
from annotator.cli.clips_several import run_several
from annotator.cli.clips_telling import tell, tell_hindered, tell_sureness, tree
from annotator.cli.clips_viewing import viewing
from annotator.cli.clips_wording import wording
from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.cli.records import write_json
from annotator.errors import AnnotatorError, MediaError, StorageError
from annotator.jobs.clip_bare import together, unseen_words
from annotator.jobs.clip_hindrances import hindrance_of, why_not
from annotator.jobs.clip_overrides import unused_words
from annotator.jobs.clip_packs import make_pack, require_pack
from annotator.jobs.clip_planning import foreseen, plan_clips
from annotator.jobs.clip_sureness import sound_told
from annotator.jobs.clip_warnings import names_of, warnings_of
from annotator.jobs.clip_wishes import ClipsWish, MadeClip, PlannedClip, SessionClips
from annotator.jobs.clips import make_clips
from annotator.jobs.progress import CancelledError, Progress
from annotator.jobs.reels import MadeReel, ReelAsk, foreseen_reel, make_reel, require_reel
from annotator.model import Session

_HELP = """
Cut moments of a session out of its film, to the frame and to the sample.

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

Of a session with several recordings, --recording says which are seen,
side by side or one in the other, and --sound or --track what is heard:
each by its own offset. With --format gif or png a clip becomes an animated
picture, or a sheet of stills, with the same masks and the same manifest.

With --reel the clips are joined in one film as well, numbered, with a
card for each title, warning and question that a kept clip has, and the
picture standing at its pauses. Consent is judged for the reel as a whole,
and what must be masked in one clip is masked in all.

Several sessions may be named, so that one pack compares therapists: what
is chosen is chosen in each, and each is judged by its own consents and
has its own log. With --kept all that each keeps is taken. One of which
nothing can be made is told of, and the others go on. No --reel, --list
or --kept CLIP then; each of several --mask-plan goes to the session
whose film it was made of. --json writes a list of clips for one session,
with --reel an object with "clips" and "reel", and for several sessions
an object: "sessions", each with "session", "code", "failure" and
"clips", and "pack" with "files" and "failure".

Examples: annotator clips talk.session.json --code reflection --pad 2
                    --purpose learners --mask faces,voice -o clips
          annotator clips talk.session.json --code silence --pad 3
                    --purpose supervision -o clips --pack lesson --package zip
          annotator clips talk.session.json --kept --purpose team -o clips
          annotator clips talk.session.json --code silence --purpose team
                    --recording room --recording client --track all -o clips
          annotator clips talk.session.json --kept --purpose learners
                    --reel lesson.mp4 --burn captions --watermark "Course A"
          annotator clips first.session.json second.session.json --kept
                    --purpose learners -o clips --pack lesson

Exit code 0 when all was made, 1 when consent refused some, and 2 when
something could not be made.
"""


@click.command(cls=PlainCommand, help=_HELP)
@click.argument(
    "sessions", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="SESSION…"
)
@choosing
@judging
@masking
@cutting
@wording
@viewing
@reeling
@keeping
@click.option("--dry-run", "dry", is_flag=True, help="Only tell what would be made or refused.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, times in seconds.")
def clips(**options: Unpack[ClipsOptions]) -> int:
    """Cut moments of sessions out of their films; gives the exit code."""
    return _run(options) if len(options["sessions"]) == 1 else run_several(options)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of all that was asked for; `made` is empty where only a reel was.

    Where the pack failed, `unpacked` says why.
    """

    made: tuple[MadeClip, ...] = ()
    packed: tuple[Path, ...] = ()
    unpacked: str = ""
    reel: MadeReel | None = None


def _run(options: ClipsOptions) -> int:
    path = options["sessions"][0]
    found = found_at(path)
    session = found.session
    wish, planned = planned_of(found, options)
    times = (options["card_time"], options["pause_time"])
    ask = reel_of(options["reel"], options["cards"], *times)
    joined = None if ask is None else require_reel(session, planned, wish, ask)
    if joined is not None and options["output"] is None:  # all is of the reel, in its form
        wish, planned = joined, plan_clips(session, [one.stretch for one in planned], joined)
    if options["pack"] is not None:
        require_own_folder(options)
        made = tuple(map(MadeClip, planned))
        require_pack([SessionClips(session, path, wish, made)], pack_wish_of(options))
    unseen = unseen_words(together(one.bare for one in planned), names_of(session))
    for warning in (*warnings_of(session, path, planned, wish), *unseen):
        click.echo(warning, err=True)
    if options["dry"]:
        outcome = _foreseen(session, planned, wish, ask, options)
    else:
        outcome = _made(session, planned, wish, ask, options)
    _tell(outcome, wish, options)
    if not options["as_json"]:
        joint = outcome.reel.clips if outcome.reel is not None else ()
        told = sound_told(session, planned, wish)
        tell_sureness(told or sound_told(session, joint, wish))
    return _code(outcome)


def _foreseen(
    session: Session,
    planned: Sequence[PlannedClip],
    wish: ClipsWish,
    ask: ReelAsk | None,
    options: ClipsOptions,
) -> _Outcome:
    """Judge all as it is judged when it is made, and write nothing."""
    path, reel = options["sessions"][0], None
    if ask is not None:
        reel = foreseen_reel(session, path, planned, wish, ask)
    if options["output"] is None and reel is not None:
        return _Outcome(tuple(map(MadeClip, reel.clips)), reel=reel)
    clips = foreseen(session, path, planned, wish)
    return _Outcome(tuple(MadeClip(one, failure=why_not(one, wish)) for one in clips), reel=reel)


def _made(
    session: Session,
    planned: Sequence[PlannedClip],
    wish: ClipsWish,
    ask: ReelAsk | None,
    options: ClipsOptions,
) -> _Outcome:
    path, made, reel = options["sessions"][0], list[MadeClip](), None
    packed, unpacked = tuple[Path, ...](), ""
    tell_hindered(planned, wish)
    with shown_progress() as watcher:
        if options["output"] is not None:
            made = list(make_clips(session, path, planned, wish, watcher))
            places = {one.name: place for place, one in enumerate(planned)}
            made.sort(key=lambda one: places[one.planned.name])
        try:
            packed = _packed(session, made, wish, options, watcher)
        except CancelledError:
            raise
        except AnnotatorError as error:  # the clips are there all the same
            unpacked = str(error)
        if ask is not None:
            reel = _joined(session, planned, wish, ask, options, watcher)
    return _Outcome(tuple(made), packed, unpacked, reel)


def _joined(
    session: Session,
    planned: Sequence[PlannedClip],
    wish: ClipsWish,
    ask: ReelAsk,
    options: ClipsOptions,
    watcher: Progress,
) -> MadeReel:
    """Make the reel; where that cannot be, what is there already is told all the same."""
    try:
        return make_reel(session, options["sessions"][0], planned, wish, ask, watcher)
    except (StorageError, MediaError) as error:
        return MadeReel(failure=str(error))


def _tell(outcome: _Outcome, wish: ClipsWish, options: ClipsOptions) -> None:
    reel = outcome.reel
    if outcome.unpacked:
        click.echo(f"The pack was not made. {outcome.unpacked}", err=True)
    permits = [one.planned.allowed for one in outcome.made]
    if unused := unused_words(wish, [*permits, reel.allowed if reel is not None else None]):
        click.echo(unused, err=True)
    if options["as_json"]:
        trees: object = [tree(one, wish) for one in outcome.made]
        if reel is not None:
            trees = {"clips": trees, "reel": reel_tree(reel, wish)}
        write_json(trees)
        return
    alone = options["reel"] if options["output"] is None else None
    dry = options["dry"]
    told = [one for one in outcome.made if dry or not hindrance_of(one.planned, wish)]
    tell(told, dry=dry, reel=alone)  # what cannot be made was told before
    for written in outcome.packed:
        click.echo(f"Wrote {written}")
    if reel is not None:
        tell_reel(reel, dry=options["dry"])


def _code(outcome: _Outcome) -> int:
    reel = outcome.reel or MadeReel()
    failed = any(one.failure and not one.planned.refusal for one in outcome.made)
    if reel.failure or outcome.unpacked or failed:
        return FAILED
    is_refused = reel.refused or reel.left_out or any(one.planned.refusal for one in outcome.made)
    return REFUSED if is_refused else 0


def _packed(
    session: Session,
    made: Sequence[MadeClip],
    wish: ClipsWish,
    options: ClipsOptions,
    watcher: Progress,
) -> tuple[Path, ...]:
    """Make the pack that is wished for, if any clip came of it; gives what was written."""
    if not any(one.files for one in made):
        return ()
    part = SessionClips(session, options["sessions"][0], wish, tuple(made))
    return make_pack([part], pack_wish_of(options), watcher)
