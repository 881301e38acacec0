"""Aligns two recordings of a meeting by their sound."""

from __future__ import annotations

from annotator.jobs.progress import SILENT, CancelledError, Progress, advance
from annotator.media.align import Alignment, SoundChoice, find_offset


def align(a: SoundChoice, b: SoundChoice, watcher: Progress = SILENT) -> Alignment:
    """Find where recording `b` lies on the clock of recording `a`.

    Added to the first one's own offset in the session, the result's offset is the second one's.
    Raises AlignmentError where it is not sure, MediaError where a file cannot be read or has no
    such sound, and CancelledError.
    """
    text = f"Listening to {a.path.name} and {b.path.name}"
    advance(watcher, 0.0, text)
    found = find_offset(
        a,
        b,
        progress=lambda fraction: watcher.progress(fraction, text),
        cancelled=watcher.cancelled,
    )
    if found is None:
        raise CancelledError
    return found
