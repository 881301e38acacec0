"""Sessions of one or more films, with tags to make clips of and names planted all over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from annotator.jobs.prepare import new_session
from annotator.model import Consent, Micros, Session
from annotator.model.coding import CodingPass, Purpose, Tag
from annotator.storage.store import SessionStore
from tests.support.consents import GIVEN, with_consent
from tests.support.foreign import BOOK, NOW, tag

PLANTED = "Dr Planted Secretname"
TAGS = (
    tag(1, "reflection", 1000, 1400, participant="client", note=PLANTED),
    tag(2, "silence", 2000, 2600),
)


def clip_session(
    path: Path,
    films: Sequence[tuple[Path, int]],
    tags: Sequence[Tag] = TAGS,
    consent: Consent = GIVEN,
    **more: object,
) -> Session:
    """Make a session of films, each with its offset in microseconds, and write its file."""
    session = new_session([film for film, _ in films], path, BOOK, title=PLANTED)
    recordings = tuple(
        replace(one, offset=Micros(offset))
        for one, (_, offset) in zip(session.recordings, films, strict=True)
    )
    made = replace(
        with_consent(session, consent),
        recordings=recordings,
        passes=(CodingPass("p", PLANTED, Purpose.PRIMARY, NOW, tuple(tags)),),
    )
    made = replace(made, **more)
    SessionStore.create(path, made, "test").close()
    return made
