"""A session of ten minutes that is to be coded with MITI and a study's own volleys and silences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotator.jobs.prepare import new_session
from annotator.model import Attribute, Choice, Code, Codebook, CodeKind, Group
from annotator.model.codebook import Speaker
from annotator.storage.library import load_builtin
from annotator.storage.store import SessionStore
from tests.benchmarks.long_film import make_long_film

SECONDS = 600
DEPTH = Attribute(
    "depth", "Depth", (Choice("feeling", "Feeling", "U"), Choice("wish", "Wish", "D"))
)


def mi_book() -> Codebook:
    """Give MITI 4.2.1 with who speaks, silences, and how deep a complex reflection goes."""
    book = load_builtin("miti_4_2_1")
    codes = [replace(one, attributes=(DEPTH,)) if one.id == "CR" else one for one in book.codes]
    own = (
        Code("therapist", "Therapist speaks", "T", "volleys", "#3b7db6", "T", CodeKind.SPAN),
        Code("client", "Client speaks", "C", "volleys", "#b64f00", "C", CodeKind.SPAN),
        Code("silence", "Silence", "SI", "pauses", "#6e6e6e", "Z", CodeKind.SPAN, Speaker.DYAD),
    )
    groups = (*book.groups, Group("volleys", "Volleys"), Group("pauses", "Pauses"))
    return replace(book, id="miti_study", groups=groups, codes=(*codes, *own))


def make_mi_session(folder: Path) -> Path:
    """Write the film and its session, on which nothing is coded yet; gives the session's path."""
    path = folder / "meeting.session.json"
    film = make_long_film(folder / "meeting.mp4", SECONDS)
    SessionStore.create(path, new_session([film], path, mi_book()), "A").close()
    return path
