"""Session and codebook files: values of the model to JSON text and back, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotator.model.codebook import Codebook
from annotator.model.rules import Problem
from annotator.model.session import Session
from annotator.storage.codec_codebook import CODEBOOK
from annotator.storage.codec_session import read_session, write_session
from annotator.storage.codec_text import indented_pieces, read_json, shown, to_bytes, write_indented
from annotator.storage.codec_values import Problems
from annotator.storage.collecting import no_collecting
from annotator.storage.faults import FormatError, NewerFormatError
from annotator.storage.migrations import (
    CODEBOOK_MIGRATIONS,
    CODEBOOK_VERSION,
    SESSION_MIGRATIONS,
    SESSION_VERSION,
    Migration,
    Tree,
    migrated,
)

SESSION_FORMAT = "annotator-session"
CODEBOOK_FORMAT = "annotator-codebook"


@dataclass(frozen=True, slots=True)
class SessionText:
    """A session as it was read, and the version of the format it was written in."""

    session: Session
    version: int

    @property
    def is_newer(self) -> bool:
        """Whether a newer program wrote it, so that writing it again could lose something."""
        return self.version > SESSION_VERSION


def encode_session(session: Session) -> str:
    """Write a session as the text of a session file, ending in a newline.

    Keys stand in a fixed order; times are decimal seconds.
    """
    return "".join(_pieces(session))


def session_bytes(session: Session) -> bytes:
    """Write a session as the bytes of a session file: `encode_session` in UTF-8, and sooner.

    At no point are other threads held up for longer than it takes to copy the file's bytes.
    """
    return b"".join([to_bytes(piece) for piece in _pieces(session)])


def _pieces(session: Session) -> Iterator[str]:
    head = {"format": SESSION_FORMAT, "version": SESSION_VERSION}
    yield from indented_pieces(head | write_session(session))
    yield "\n"


def decode_session(text: str | bytes) -> Session:
    """Read a session from the text of a session file, whatever version wrote it.

    Raises FormatError with every problem, NewerFormatError where only a newer program can read it.
    """
    return read_session_text(text).session


def read_session_text(
    text: str | bytes, migrations: Mapping[int, Migration] = SESSION_MIGRATIONS
) -> SessionText:
    """Read a session and the version that it was written in; raises as `decode_session` does."""
    with no_collecting():
        return session_from(read_json(text), migrations)


def session_from(
    raw: object, migrations: Mapping[int, Migration] = SESSION_MIGRATIONS
) -> SessionText:
    """Read a session from JSON already parsed; raises as `decode_session` does."""
    tree = _formatted(raw, SESSION_FORMAT, "session")
    version = _version(tree)
    problems: Problems = []
    session = read_session(migrated(tree, version, SESSION_VERSION, migrations), problems)
    if session is None:
        raise _failure(problems, version, SESSION_VERSION)
    return SessionText(session, version)


def encode_codebook(book: Codebook) -> str:
    """Write a codebook as the text of a codebook file, ending in a newline."""
    head = {"format": CODEBOOK_FORMAT, "version": CODEBOOK_VERSION}
    return write_indented(head | {"codebook": CODEBOOK.write(book)}) + "\n"


def decode_codebook(text: str | bytes) -> Codebook:
    """Read a codebook from the text of a codebook file; raises as `decode_session` does."""
    return codebook_from(read_json(text))


def codebook_from(
    raw: object, migrations: Mapping[int, Migration] = CODEBOOK_MIGRATIONS
) -> Codebook:
    """Read a codebook from JSON already parsed; raises as `decode_session` does."""
    tree = _formatted(raw, CODEBOOK_FORMAT, "codebook")
    version = _version(tree)
    problems: Problems = []
    lifted = migrated(tree, version, CODEBOOK_VERSION, migrations)
    if "codebook" not in lifted:
        raise FormatError([Problem("codebook", "this is missing")])
    book = CODEBOOK.read(lifted["codebook"], "codebook", problems)
    if book is None:
        raise _failure(problems, version, CODEBOOK_VERSION)
    return book


def format_of(raw: object) -> str:
    """Give the format that parsed JSON claims to be in; empty where it claims none."""
    found = raw.get("format") if isinstance(raw, dict) else None
    return found if isinstance(found, str) else ""


def _formatted(raw: object, wanted: str, name: str) -> Tree:
    found = format_of(raw)
    if isinstance(raw, dict) and found == wanted:
        return raw
    told = f'its "format" is "{found}"' if found else f'its "format" is not "{wanted}"'
    raise FormatError([Problem("format", f"this is not a {name} file of annotator: {told}")])


def _version(tree: Tree) -> int:
    version = tree.get("version")
    if type(version) is int and version >= 1:
        return version
    told = "this is missing" if version is None else f"{shown(version)} is not a version"
    raise FormatError([Problem("version", told)])


def _failure(problems: Problems, version: int, present: int) -> FormatError:
    return NewerFormatError(version) if version > present else FormatError(problems)
