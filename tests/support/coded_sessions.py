"""Sessions of films whose pictures can be copied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotator.jobs.prepare import new_session
from annotator.model.coding import CodingPass, Purpose
from annotator.storage.store import SessionStore
from tests.support.coded_films import Coding, write_coded
from tests.support.consents import GIVEN, with_consent
from tests.support.foreign import BOOK, NOW, tag

FIRST, AFTER = 13, 91
"""The pictures from the one to before the other are tagged `reflection`."""


def coded_session(folder: Path) -> Path:
    """Make a session of a film with a keyframe each second; all allowed learners to see it."""
    film = write_coded(folder / "talk.mp4", 100, Coding(options={"g": "25", "sc_threshold": "0"}))
    path = folder / "talk.session.json"
    made = new_session([film], path, BOOK)
    tags = (tag(1, "reflection", FIRST * 40, AFTER * 40),)
    coded = (CodingPass("p", "coder", Purpose.PRIMARY, NOW, tags),)
    allowed = with_consent(replace(made, passes=coded), GIVEN)
    SessionStore.create(path, allowed, "test").close()
    return path
