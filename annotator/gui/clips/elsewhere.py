"""What is asked of another session whose clips come along: the same, as far as it has it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotator.editing import visible_clips, visible_passes
from annotator.gui.clips.choices import Asked
from annotator.jobs.clip_sessions import view_elsewhere
from annotator.jobs.session_watch import SessionWatch
from annotator.storage.recovery import found_on_disk


def others_of(asked: Asked) -> tuple[Path, ...]:
    """Give the files of the other sessions whose clips are asked for; never that of its own."""
    own = asked.path.resolve()
    return tuple(path for path in asked.choice.where.others if path.resolve() != own)


def asked_of(path: Path, asked: Asked) -> tuple[Asked, SessionWatch]:
    """Read another session and ask the same of it, and begin to watch it.

    What the coder may not see of it there is not asked for either. Raises StorageError and
    FormatError where it cannot be read.
    """
    watch = SessionWatch.begun(path)
    session = found_on_disk(path, may_write=False).session
    how = asked.choice.how
    view = view_elsewhere(how.view, asked.session.recordings)
    kept = visible_clips(session, asked.coder, blind=asked.blind)
    other = replace(
        asked,
        session=session,
        path=path,
        seen=visible_passes(session, asked.coder, blind=asked.blind),
        choice=replace(asked.choice, how=replace(how, view=view)),
        selected=frozenset(),
        stretch=None,
        kept=frozenset(clip.id for clip in kept),
    )
    return other, watch
