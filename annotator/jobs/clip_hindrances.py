"""Why a clip will not be made: consent refuses it, or its kind of file cannot hold it."""

from __future__ import annotations

from annotator.errors import MediaError
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.media.clips.lengths import require_length


def hindrance_of(one: PlannedClip, wish: ClipsWish) -> str:
    """Say why a clip that is allowed cannot be made; empty where it can, or is refused anyway."""
    if one.allowed is None:
        return ""
    try:
        require_length(wish.form, one.stretch.interval.length)
    except MediaError as error:
        return str(error)
    return ""


def why_not(one: PlannedClip, wish: ClipsWish) -> str:
    """Say why a clip will not be made, whatever it is; empty where it will be."""
    return one.refusal if one.allowed is None else hindrance_of(one, wish)
