"""What the files of clips can hold: those of sound show no faces, and a GIF lets no voice out."""

from __future__ import annotations

from annotator.jobs.clip_view import viewed
from annotator.jobs.clip_wishes import ClipsWish
from annotator.media.clips.wishes import Form
from annotator.model import Session
from annotator.model.held import Held


def held_in(session: Session, wish: ClipsWish) -> frozenset[Held]:
    """Tell what clips hold; raises AnnotatorError where the session has no such recording."""
    form, words = wish.form, wish.words
    beside = wish.pack is not None or (wish.captions and form.has_sound)
    inside = (words.burned and form.has_picture) or (words.subtitles and form.has_subtitles)
    held = held_by(form, is_heard=bool(viewed(session, wish.view).heard))
    return held | {Held.WORDS} if beside or inside else held


def held_by(form: Form, *, is_heard: bool) -> frozenset[Held]:
    """Tell what a file of a kind holds by itself; `is_heard` is off where nothing has sound."""
    found = {Held.PICTURE} if form.has_picture else set[Held]()
    return frozenset(found | {Held.SOUND} if form.has_sound and is_heard else found)
