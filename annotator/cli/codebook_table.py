"""Codebooks as text to be read in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from shutil import get_terminal_size
from textwrap import fill

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from annotator.model import Code, Codebook, CodeKind, RatingItem, Score, Speaker
from annotator.model.time import to_seconds_text
from annotator.storage.library import BuiltinBook

_MARKS = {CodeKind.POINT: "moment", CodeKind.SPAN: "stretch"}
_WIDEST = 100


def write_list(books: Sequence[BuiltinBook]) -> None:
    """Write the books that come with the program, each with its notice."""
    for one in books:
        click.echo(f"{one.id}: {one.name}, version {one.version}")
        click.echo(f"{_indented(one.notice)}\n")


def write_book_table(book: Codebook) -> None:
    """Write a whole codebook."""
    click.echo(f"{book.name}, version {book.version} ({book.id})")
    for line in (book.notice, *_facts(book)):
        if line:
            click.echo(_indented(line))
    ids = {group.id for group in book.groups}
    for group in book.groups:
        _write_codes(group.name, [code for code in book.codes if code.group == group.id])
    _write_codes("In no group", [code for code in book.codes if code.group not in ids])
    if book.ratings:
        click.echo("\nRatings")
    for item in book.ratings:
        _write_entry(f"{item.id}: {_named(item)} ({_scale(item)})", _rating_words(item))
    if book.scores:
        click.echo("\nScores")
    for score in book.scores:
        _write_entry(f"{score.id}: {_score_line(score)}", (score.note,))


def _write_codes(title: str, codes: Sequence[Code]) -> None:
    if codes:
        click.echo(f"\n{title}")
    for code in codes:
        _write_entry(f"{code.id}: {_named(code)} ({_traits(code)})", _code_words(code))


def _write_entry(head: str, words: Iterable[str]) -> None:
    click.echo(f"  {head}")
    for one in words:
        if one:
            click.echo(_indented(one, " " * 6))


def _facts(book: Codebook) -> Iterable[str]:
    if book.unit:
        yield f"One tag stands for: {book.unit}"
    if book.silence_minimum is not None:
        yield f"Shortest silence that counts: {to_seconds_text(book.silence_minimum)} s"
    if book.sample_minutes is not None:
        yield f"Advised length of the region: {book.sample_minutes} min"


def _named(one: Code | RatingItem) -> str:
    return f"{one.name}, retired" if one.retired else one.name


def _traits(code: Code) -> str:
    """Tell what a code marks, whose doing it is and which key tags it."""
    whose = "" if code.speaker is Speaker.NONE else code.speaker.value
    key = f"key {code.key}" if code.key else ""
    return ", ".join(one for one in (_MARKS[code.kind], whose, key) if one)


def _code_words(code: Code) -> Iterable[str]:
    yield code.definition
    yield f"Such as: {code.example}" if code.example else ""
    yield f"But not: {code.counter_example}" if code.counter_example else ""
    for attribute in code.attributes:
        choices = ", ".join(
            f"{one.name} ({one.key})" if one.key else one.name for one in attribute.choices
        )
        yield f"{attribute.name}: {choices}"


def _scale(item: RatingItem) -> str:
    steps = f" in steps of {item.step:g}" if item.step else ""
    return f"{item.minimum:g} to {item.maximum:g}{steps}"


def _rating_words(item: RatingItem) -> Iterable[str]:
    yield item.definition
    for anchor in item.anchors:
        yield f"{anchor.value:g}: {anchor.text}"


def _score_line(score: Score) -> str:
    unit = f" {score.unit}" if score.unit else ""
    bands = ", ".join(f"{band.name} from {band.start:g}{unit}" for band in score.bands)
    return f"{score.name} = {score.formula}{unit}{f'; {bands}' if bands else ''}"


def _indented(text: str, indent: str = "  ") -> str:
    width = min(get_terminal_size().columns, _WIDEST)
    return fill(text, width, initial_indent=indent, subsequent_indent=indent)


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """Write a table; the last column gives way where it does not fit."""
    table = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left")
    for heading in headings:
        table.add_column(heading, no_wrap=heading != headings[-1])
    for row in rows:
        table.add_row(*row)
    Console(file=sys.stdout, markup=False, highlight=False, emoji=False).print(table)
