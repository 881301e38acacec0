"""Sound whose reading begins and then waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from annotator.media.sound_stream import SoundStream

PATIENCE_S = 10


@contextmanager
def sound_held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Let reading go no further until this is set; it is in the end."""
    go_on = Event()
    pieces = SoundStream.pieces

    def slowly(stream: SoundStream) -> Iterator[object]:
        for piece in pieces(stream):
            go_on.wait(PATIENCE_S)
            yield piece

    monkeypatch.setattr(SoundStream, "pieces", slowly)
    yield go_on
    go_on.set()
