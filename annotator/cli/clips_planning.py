"""Which clips of a session `annotator clips` is to make, and what pack of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from annotator.cli.clips_choosing import stretches_for
from annotator.cli.clips_options import ClipsOptions, wish_of
from annotator.cli.sessions import read_session
from annotator.errors import AnnotatorError
from annotator.jobs.clip_pack_keeping import Package
from annotator.jobs.clip_packs import PackWish
from annotator.jobs.clip_planning import plan_clips
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.jobs.mask_reviewing import session_masks
from annotator.jobs.session_watch import SessionWatch
from annotator.model import Mask, Session
from annotator.model.stamps import today


@dataclass(frozen=True, slots=True)
class Found:
    """A session as it was read; `watch` tells whether it was changed since."""

    path: Path
    session: Session
    watch: SessionWatch


def found_at(path: Path) -> Found:
    """Read a session; raises StorageError and FormatError where it cannot be read."""
    watch = SessionWatch.begun(path)
    return Found(path, read_session(path), watch)


def planned_of(
    found: Found,
    options: ClipsOptions,
    among: Sequence[Session] = (),
    taken: frozenset[str] = frozenset(),
) -> tuple[ClipsWish, tuple[PlannedClip, ...]]:
    """Plan the clips of a session, with the wish that comes of the options.

    What is named need be in one of the sessions `among` which it is; names in `taken` are not
    given. Raises AnnotatorError where there is nothing to cut, and what `plan_clips` does.
    """
    session, path = found.session, found.path
    stretches = stretches_for(session, options, among)
    if not stretches:
        raise AnnotatorError("There is nothing to cut.", "Choose other tags, or give --pad.")
    wish = replace(wish_of(options), watch=found.watch, taken=taken)
    looked_at = session_masks(session, path, wish.view, options["mask_plans"])
    if looked_at:  # whoever gives masks wants them on
        wish = replace(wish, looked_at=looked_at, masks=wish.masks | {Mask.FACES})
    return wish, plan_clips(session, stretches, wish)


def require_own_folder(options: ClipsOptions) -> None:
    """Raise UsageError where a pack is to go where the clips go."""
    if options["pack"] == options["output"]:
        raise click.UsageError("A pack is a folder of its own: name another one than after -o.")


def pack_wish_of(options: ClipsOptions) -> PackWish:
    """Give what is said of the pack."""
    return PackWish(
        options["title"],
        options["purpose"],
        today().isoformat(),
        frozenset(Package(one) for one in options["packages"]),
    )
