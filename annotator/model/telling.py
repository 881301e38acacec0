"""Names in what goes along with an export: found before anything is written, or put into codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import PurePosixPath

from annotator.model.consent_rules import NARROWEST
from annotator.model.disclosure import RefusedError
from annotator.model.name_words import NameWords
from annotator.model.participant import ConsentScope, ParticipantRole
from annotator.model.session import Session

_WORD = re.compile(r"[^\W\d_]{3,}")
_CODE = 12  # signs, as our own ids have
_ROLES = frozenset(role.value for role in ParticipantRole)
_SHORTEST = 3  # a coder called "A" is no name, and A is a word


def require_nameless(
    session: Session, level: ConsentScope, texts: Iterable[str], masked: Iterable[str] = ()
) -> None:
    """Refuse texts that name a coder, a participant or the session, unless all is for the team.

    Names that are `masked` in the export are refused for the team as well. Raises RefusedError,
    naming what was found.
    """
    read = tuple(texts)
    found = () if level is NARROWEST else names_told(session, read)
    found += tuple(name for name in masked if any(map(NameWords.of([name]).stand_in, read)))
    if found:
        quoted = ", ".join(f"“{name}”" for name in dict.fromkeys(found))
        raise RefusedError(
            f"What is written for this export names {quoted}.",
            "Write it with codes: it goes along with the clip, to whoever is given it.",
        )


def names_told(session: Session, texts: Iterable[str]) -> tuple[str, ...]:
    """Give which names of coders or participants, or the title, stand in texts."""
    read = tuple(texts)
    people = (one.label for one in session.participants if is_name(one.label))
    every = (*_names(session), *(" ".join(label.split()) for label in people))
    names = dict.fromkeys(name for name in every if len(name) >= _SHORTEST)
    return tuple(name for name in names if any(map(NameWords.of([name]).stand_in, read)))


def is_name(label: str) -> bool:
    """Tell whether a participant's label may be a name: no role, and no code such as “C07”."""
    folded = " ".join(label.split()).casefold()
    has_number = any(sign.isdigit() for sign in folded)
    return len(folded) >= _SHORTEST and not has_number and folded not in _ROLES


def session_code(session: Session) -> str:
    """Give the code under which a session is named in files that leave.

    It is the session's id. Where that was made of a name, as in sessions from other programs, and
    so shares a word with the title, a coder, somebody in it or a film's name, it is a code of its
    own, always the same as long as the films are; nobody without them can tell what it stands for.
    """
    own = session.id.casefold()
    people = {one.label for one in session.participants}
    people |= {cue.speaker for one in session.transcripts for cue in one.cues}
    names = [*_names(session), *(PurePosixPath(one.path).stem for one in session.recordings)]
    names += filter(is_name, people)
    folded = [name.casefold() for name in names]
    words = {word for name in folded for word in _WORD.findall(name)}
    if own not in folded and not any(word in own for word in words):
        return session.id
    told = [session.id, *(one.fingerprint for one in session.recordings)]
    return sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()[:_CODE]


def _names(session: Session) -> Iterator[str]:
    yield " ".join(session.title.split())
    yield from (" ".join(one.coder.split()) for one in session.passes)
    yield from (" ".join(one.coder.split()) for one in session.unblindings)
