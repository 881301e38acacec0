"""Tags of sessions as the rows of a table, so that reading it gives the same tags again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from annotator.model.session import Session
from annotator.model.time import Micros, to_seconds
from annotator.storage.interchange.table_cells import heading_of
from annotator.storage.tables import COLUMNS, attributes_of

_MORE = ("origin", "created", "modified")

LOSES = (
    "the region, excluded spans and recordings",
    "the codebook, but for the names and groups of codes that have tags",
    "ratings and transcripts",
    "roles, labels and consent of participants",
    "coding passes without tags, and the course of passes",
)


def headings_of(sessions: Sequence[Session]) -> list[str]:
    """Give the headings of a table of all tags of these sessions."""
    return [*COLUMNS, *(heading_of(one) for one in _attributes(sessions)), *_MORE]


def _attributes(sessions: Sequence[Session]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(map(attributes_of, sessions))))


def rows_of(sessions: Sequence[Session]) -> Iterator[list[str | Decimal]]:
    """Give the rows in the order of sessions, passes and times; times are seconds, exactly."""
    attributes = _attributes(sessions)
    for session in sessions:
        book = session.codebook
        names = {code.id: code.name for code in book.codes}
        lanes = {group.id: group.name for group in book.groups}
        groups = {code.id: lanes.get(code.group, "") for code in book.codes}
        for one in session.passes:
            head = (session.id, one.id, one.coder, one.purpose.value)
            for tag in one.tags:
                yield [
                    *head,
                    tag.id,
                    tag.code,
                    names.get(tag.code, ""),
                    groups.get(tag.code, ""),
                    to_seconds(tag.start),
                    to_seconds(tag.end),
                    to_seconds(Micros(tag.end - tag.start)),
                    tag.participant,
                    tag.note,
                    *(tag.attributes.get(name, "") for name in attributes),
                    tag.origin.value,
                    tag.created,
                    tag.modified,
                ]
