"""The failures we expect, worded for the person who meets them."""

from __future__ import annotations


class AnnotatorError(Exception):
    """Something expected went wrong; says what happened and what to do about it."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()


class MediaError(AnnotatorError):
    """A film or sound file cannot be opened or read."""


class GivenUpError(MediaError):
    """Whoever asked for something wanted it no more before it was there."""


class FilmGoneError(MediaError):
    """A film that was open is not in its place any more; it may come back."""


class StorageError(AnnotatorError):
    """A file of ours cannot be read or written."""


class EditError(AnnotatorError):
    """A change asked for does not fit the session as it stands."""
