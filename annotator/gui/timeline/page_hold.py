"""Keeps a page that a hand has chosen, although the film plays on beyond it, for a while."""

from __future__ import annotations

from PyQt6.QtCore import QElapsedTimer

PAN_RESPECTED_MS = 4000


class PageHold:
    """Knows whether the film plays, and when a hand has last chosen the page or holds it."""

    def __init__(self) -> None:
        self._playing = False
        self._held = False
        self._panned_at = QElapsedTimer()

    @property
    def is_on(self) -> bool:
        """Whether the page stays."""
        is_recent = self._panned_at.isValid() and not self._panned_at.hasExpired(PAN_RESPECTED_MS)
        return self._held or (self._playing and is_recent)

    def set_playing(self, *, playing: bool) -> None:
        """Take that the film plays, which forgets what the hand did before, or stands."""
        self._playing = playing
        if playing:
            self._panned_at.invalidate()

    def note_pan(self, *, held: bool = False) -> None:
        """Take that a hand has chosen the page just now, and whether it holds it until it says."""
        self._held = held
        self._panned_at.start()
