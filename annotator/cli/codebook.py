"""`annotator codebook`: list, show, check, export codebooks, and move a session to another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from annotator.cli.books import find_book
from annotator.cli.codebook_move import move
from annotator.cli.codebook_table import write_book_table, write_list
from annotator.cli.plain import PlainGroup
from annotator.cli.records import write_json
from annotator.errors import StorageError
from annotator.model.problem import Problem
from annotator.storage.books import book_problems, file_name_of, with_suffix, write_book
from annotator.storage.codec import encode_codebook
from annotator.storage.library import list_builtin
from annotator.storage.placing import require_free

_FINE, _FAULTY, _UNREADABLE = 0, 1, 2
_JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


@click.group(cls=PlainGroup)
def codebook() -> None:
    """List, show, check and export codebooks, or move a session to another one.

    Examples: annotator codebook list
              annotator codebook show miti_4_2_1
              annotator codebook check ours.codebook.json
              annotator codebook export talk.session.json -o ours.codebook.json
              annotator codebook move talk.session.json ours.codebook.json --dry-run

    Exit code 0 when all went well, 2 when not; check also ends with 1.
    """


@codebook.command("list")
@_JSON
def list_books(*, as_json: bool) -> int:
    """List the codebooks that come with annotator, each with its notice.

    The id in the first column is what other commands take, such as
    annotator new FILM --codebook pics

    Exit code 0, or 2 where annotator was installed without them.
    """
    books = list_builtin()
    if as_json:
        write_json(
            [
                {"id": one.id, "name": one.name, "version": one.version, "notice": one.notice}
                for one in books
            ]
        )
    else:
        write_list(books)
    return _FINE


@codebook.command()
@click.argument("source", metavar="ID|FILE")
@_JSON
def show(source: str, *, as_json: bool) -> int:
    """Show a codebook: its notice, codes, ratings and scores.

    ID is one of annotator codebook list; FILE is a codebook, or a session,
    whose own codebook is shown then. With --json, the codebook's file.

    Exit code 0, or 2 where there is no such codebook or it is not in order.
    """
    book = find_book(source)
    if as_json:
        click.echo(encode_codebook(book).encode(), nl=False)  # bytes: UTF-8 on every terminal
    else:
        write_book_table(book)
    return _FINE


@codebook.command()
@click.argument("files", metavar="FILE…", type=click.Path(path_type=Path), nargs=-1, required=True)
@_JSON
def check(files: Sequence[Path], *, as_json: bool) -> int:
    """Find every problem of codebook files.

    A problem is what cannot be used: a key given twice, a formula that names no
    code, a group that there is not. What could be better is told as a
    warning, such as colours that are hard to tell apart for colour-blind
    eyes. Each stands on a line of its own with its place:

    FILE: codebook.codes[3].key: "R" is used twice: …
    FILE: warning: codebook.codes[4].colour: …

    Exit code 0 when nothing is wrong, 1 when something is, 2 when a file
    cannot be read at all.
    """
    found = [_Checked.of(file) for file in files]
    if as_json:
        write_json([one.to_json() for one in found])
    else:
        for one in found:
            one.tell()
    return max(one.code for one in found)


class _Checked:
    """What was found in one file."""

    def __init__(self, file: Path, problems: Sequence[Problem], failure: str = "") -> None:
        self.file = file
        self.problems = problems
        self.failure = failure

    @classmethod
    def of(cls, file: Path) -> _Checked:
        """Check a file."""
        try:
            return cls(file, book_problems(file))
        except StorageError as error:
            return cls(file, (), str(error))

    @property
    def code(self) -> int:
        """The exit code that this file alone would have."""
        if self.failure:
            return _UNREADABLE
        return _FINE if all(one.is_warning for one in self.problems) else _FAULTY

    def to_json(self) -> dict[str, object]:
        """Give what was found as JSON keeps it."""
        problems = [
            {"severity": one.severity.value, "path": one.path, "message": one.message}
            for one in self.problems
        ]
        return {"file": str(self.file), "problems": problems, "failure": self.failure or None}

    def tell(self) -> None:
        """Write a line for each problem, or that there is none."""
        if self.failure:
            click.echo(f"{self.file}: {self.failure}", err=True)
            return
        for one in self.problems:
            click.echo(f"{self.file}: {'warning: ' if one.is_warning else ''}{one}")
        if not self.problems:
            click.echo(f"{self.file}: no problem")


@codebook.command()
@click.argument("source", metavar="SESSION|ID")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to make; otherwise one named after the codebook and its version.",
)
def export(source: str, output: Path | None) -> int:
    """Write the codebook of a session as a file of its own.

    Also one that comes with annotator, to be changed and used. Another
    session can be made with it or moved to it. A file that is there already
    is never overwritten.

    Example: annotator codebook export talk.session.json -o ours.codebook.json

    Exit code 0, or 2 where there is no such codebook or it cannot be written.
    """
    book = find_book(source)
    path = with_suffix(output) if output else Path(file_name_of(book))
    require_free(path)
    write_book(path, book)
    click.echo(f"Wrote {path}: {book.name}, version {book.version}")
    return _FINE


codebook.add_command(move)
