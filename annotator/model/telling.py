"""Names in what goes along with an export: found before anything is written, or put into codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import PurePosixPath

from annotator.model.consent_rules import NARROWEST
from annotator.model.disclosure import RefusedError
from annotator.model.participant import ConsentScope
from annotator.model.session import Session

_WORD = re.compile(r"[^\W\d_]{3,}")
_CODE = 12  # signs, as our own ids have
_SHORTEST = 3  # a coder called "A" is no name, and A is a word


def require_nameless(session: Session, level: ConsentScope, texts: Iterable[str]) -> None:
    """Refuse texts that name a coder or give the session's title, unless all is for the team.

    Raises RefusedError, naming what was found.
    """
    found = () if level is NARROWEST else names_told(session, texts)
    if found:
        quoted = ", ".join(f"“{name}”" for name in found)
        raise RefusedError(
            f"What is written for this export names {quoted}.",
            "Write it with codes: it goes along with the clip, to whoever is given it.",
        )


def names_told(session: Session, texts: Iterable[str]) -> tuple[str, ...]:
    """Give which coders' names, or whether the title, stand in texts as words of their own."""
    read = [_folded(text) for text in texts]
    names = dict.fromkeys(name for name in _names(session) if len(name) >= _SHORTEST)
    return tuple(name for name in names if any(_stands_in(name, text) for text in read))


def session_code(session: Session) -> str:
    """Give the code under which a session is named in files that leave.

    It is the session's id. Where that was made of a name, as in sessions from other programs, and
    so shares a word with the title, a coder or a film's name, it is a code of its own, always the
    same as long as the films are; nobody without them can tell what it stands for.
    """
    own = session.id.casefold()
    names = [*_names(session), *(PurePosixPath(one.path).stem for one in session.recordings)]
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


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_folded(name))}(?!\w)", text) is not None
