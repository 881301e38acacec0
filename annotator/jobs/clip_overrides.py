"""Tells of a reason to make what is refused whether anything needed it."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.jobs.clip_wishes import ClipsWish
from annotator.model.disclosure import Permit

NOT_NEEDED = "Nothing had to be overridden; the reason was not used."


def is_needed(wish: ClipsWish, allowed: Permit | None) -> bool | None:
    """Tell whether the reason that was given was needed for what is allowed.

    None where no reason was given, or it is not allowed all the same.
    """
    return None if wish.override is None or allowed is None else bool(allowed.override)


def unused_words(wish: ClipsWish, permits: Iterable[Permit | None]) -> str:
    """Say that a reason was given which nothing needed; empty where none was, or something did."""
    needed = {is_needed(wish, one) for one in permits} - {None}
    return NOT_NEEDED if needed == {False} else ""
