"""Names in texts that go along with an export: found before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotator.model.consent_rules import NARROWEST
from annotator.model.disclosure import RefusedError
from annotator.model.participant import ConsentScope
from annotator.model.session import Session

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


def _names(session: Session) -> Iterator[str]:
    yield " ".join(session.title.split())
    yield from (" ".join(one.coder.split()) for one in session.passes)
    yield from (" ".join(one.coder.split()) for one in session.unblindings)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_folded(name))}(?!\w)", text) is not None
