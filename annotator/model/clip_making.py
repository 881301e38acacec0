"""Clips made of stretches of a session, each with a title that its tags suggest."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from annotator.model.clip import Clip
from annotator.model.clipping import Stretch
from annotator.model.coding import Tag
from annotator.model.participant import ParticipantRole
from annotator.model.session import Session
from annotator.model.telling import names_told

_ROLES = frozenset(role.value for role in ParticipantRole)


def clips_of(
    session: Session, stretches: Iterable[Stretch], new_id: Callable[[], str]
) -> list[Clip]:
    """Make a clip of each stretch; its title is suggested by its tags."""
    known = {tag.id: tag for one in session.passes for tag in one.tags}
    return [
        Clip(
            new_id(),
            one.interval.start,
            one.interval.end,
            suggested_title(session, [known[tag_id] for tag_id in one.tags if tag_id in known]),
            tags=one.tags,
        )
        for one in stretches
    ]


def suggested_title(session: Session, tags: Collection[Tag]) -> str:
    """Give the names of the tags' codes, each once, by time; empty where there are none.

    A code that is called after a coder, a participant or the session is left out, since titles
    are shown to learners.
    """
    ordered = sorted(tags, key=lambda tag: (tag.start, tag.end, tag.id))
    codes = (session.codebook.code(tag.code) for tag in ordered if tag.is_named)
    names = dict.fromkeys(code.name for code in codes if code is not None)
    return ", ".join(name for name in names if not _names_somebody(session, name))


def _names_somebody(session: Session, text: str) -> bool:
    labels = (one.label.casefold() for one in session.participants)
    people = [label for label in labels if label and label not in _ROLES]
    stands = (re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text.casefold()) for one in people)
    return bool(names_told(session, [text])) or any(stands)
