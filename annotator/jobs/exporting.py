"""Sessions written for other tools, with what such a file cannot hold told beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.model.session import Session
from annotator.storage.atomic import write_atomically
from annotator.storage.interchange import exchange
from annotator.storage.interchange.formats import FORMATS
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import Outcome, Report


@dataclass(frozen=True, slots=True)
class Writable:
    """A format in which a session can be written, with what it has no place for."""

    id: str
    title: str
    suffixes: tuple[str, ...]
    loses: tuple[str, ...]


def writable_formats() -> tuple[Writable, ...]:
    """Give the formats that can be written, in the order in which they are offered."""
    return tuple(
        Writable(one.id, one.title, one.suffixes, one.loses)
        for one in FORMATS
        if one.write is not None
    )


def loss_of(session: Session, form_id: str, name: str, when: str) -> Report:
    """Tell what a file of that name would not hold of a session; nothing is written.

    Raises StorageError where the session cannot be written in that format.
    """
    return exchange.render([session], exchange.form_named(form_id), name, Wishes(now=when)).report


def write_foreign(session: Session, form_id: str, place: Path, when: str) -> str:
    """Write a session in a foreign format, over what is there; gives what to say of it.

    Raises StorageError where it cannot be written; what was there is then as it was.
    """
    form = exchange.form_named(form_id)
    exported = exchange.render([session], form, place.name, Wishes(now=when))
    write_atomically(place, exported.data)
    report = exported.report
    kinds = sum(one.outcome is Outcome.NOT_CARRIED for one in report.remarks)
    lost = {0: "Nothing was left out.", 1: "1 kind of thing is not in it."}
    left = lost.get(kinds, f"{kinds} kinds of things are not in it.")
    return f"Exported {report.counted_out:,} of {report.counted_in:,} as {form.title}. {left}"
