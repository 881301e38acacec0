"""Open documents to show in parts of the window, each with a session file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.gui.document import Document
from annotator.model import CodingPass, Micros, Purpose, Session, Tag
from annotator.storage.store import Opened, SessionStore
from tests.support.edits import a_pass, a_session


def some_tags(count: int) -> list[Tag]:
    """Make tags, one a second: a reflection, a question, a silence of half a second, and again."""
    codes = ("reflection", "question", "silence")
    made = []
    for number in range(count):
        code = codes[number % 3]
        start = number * 1_000_000
        end = start + (500_000 if code == "silence" else 0)
        made.append(Tag(f"t{number}", code, Micros(start), Micros(end), "p1"))
    return made


def coded_session(count: int) -> Session:
    """Make a session of coder A with so many tags and of coder B with one."""
    other = CodingPass("pass2", "B", Purpose.DOUBLE, "", (Tag("b0", "reflection", *TWICE),))
    return a_session(a_pass("pass1", *some_tags(count)), other)


TWICE = (Micros(2_000_000), Micros(2_000_000))


@contextmanager
def open_document(session: Session, coder: str = "A") -> Iterator[Document]:
    """Open a session as a document in a folder that goes afterwards."""
    with TemporaryDirectory() as folder:
        store = SessionStore.create(Path(folder) / "talk.session.json", session, coder)
        document = Document(Opened(session, store, ()), coder)
        try:
            yield document
        finally:
            document.close()
