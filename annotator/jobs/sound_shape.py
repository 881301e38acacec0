"""Gives the shape of a recording's sound: from the cache, or measured and kept there."""

from __future__ import annotations

from pathlib import Path

from annotator import media
from annotator.jobs.progress import SILENT, CancelledError, Progress, advance
from annotator.media.sound_shape import VERSION, SoundShape, shape_of
from annotator.media.sound_stream import Watch
from annotator.storage.cache import Cache, CacheKey


def find_shape(
    film: Path,
    *,
    track: int = 0,
    cache: Cache | None = None,
    watcher: Progress = SILENT,
) -> SoundShape:
    """Give peaks and levels of one sound track of a film or sound file, by number from 0.

    Where nothing can be kept they are measured all the same. Raises MediaError where the file
    cannot be read or has no such sound, and CancelledError.
    """
    cache = cache or Cache()
    text = f"Listening to {film.name}"
    advance(watcher, 0.0, text)
    key = CacheKey(media.fingerprint(film), f"sound-{track}", VERSION)
    kept = _kept(cache, key)
    if kept is not None:
        watcher.progress(1.0, text)
        return kept
    watch = Watch(lambda fraction: watcher.progress(fraction, text), watcher.cancelled)
    measured = shape_of(film, track=track, watch=watch)
    if measured is None:
        raise CancelledError
    cache.put(key, measured.to_bytes())
    return measured


def _kept(cache: Cache, key: CacheKey) -> SoundShape | None:
    """Read what was kept; None where there is nothing, or nothing that can be read."""
    data = cache.get(key)
    if data is None:
        return None
    try:
        return SoundShape.from_bytes(data)
    except ValueError:
        cache.drop(key)
        return None
