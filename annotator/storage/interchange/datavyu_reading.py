"""Reads files of Datavyu."""

from __future__ import annotations

from annotator.storage.interchange.datavyu_archive import BEGINNING, Archive
from annotator.storage.interchange.datavyu_columns import merged, take_column
from annotator.storage.interchange.datavyu_project import ID, take_project
from annotator.storage.interchange.datavyu_table import Table, read_table
from annotator.storage.interchange.drafting import SessionDraft
from annotator.storage.interchange.foreign_text import ForeignText, decoded
from annotator.storage.interchange.interface import Found, Wishes
from annotator.storage.interchange.old_encodings import old_encoding
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import LARGEST, Source
from annotator.storage.interchange.tiers import take_tiers

TABLE = "db"


def read_datavyu(source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read a file of Datavyu, or its bare table, as a session."""
    draft = SessionDraft(source.stem, source.stem, notes, wishes.now)
    kept: dict[str, object] = {}
    table = read_table(_text(source, draft, kept, wishes).lines, notes)
    if not table.columns and not table.version:
        raise ForeignFileError(
            f"“{source.name}” is no file of Datavyu.", "Choose an .opf file of Datavyu."
        )
    return found_in_table(draft, table, kept, wishes)


def _text(
    source: Source, draft: SessionDraft, kept: dict[str, object], wishes: Wishes
) -> ForeignText:
    """Give the text of the table, with whose bytes nobody is left then; a project is taken."""
    data, notes = source.data, draft.notes
    if data.startswith(BEGINNING):
        archive = Archive(source, notes)
        if TABLE not in archive:
            raise ForeignFileError(
                f"“{source.name}” holds no table of Datavyu.", "Choose an .opf file of Datavyu."
            )
        kept |= take_project(draft, archive, notes)
        data = archive.read(TABLE)
    encoding = wishes.encoding or old_encoding(data, notes)
    return decoded(data, notes, encoding, LARGEST)


def found_in_table(
    draft: SessionDraft, table: Table, kept: dict[str, object], wishes: Wishes
) -> Found:
    """Make a session of the columns of a table; `kept` is what else of the file is kept."""
    columns = [take_column(one, wishes) for one in table.columns]
    taken = take_tiers(draft, [tier for one in columns for tier in one.tiers], wishes)
    kept |= {"columns": [dict(one.kept) for one in columns if one.kept]}
    kept |= {"predicates": table.predicates, "version": table.version}
    draft.extra[ID] = {key: value for key, value in kept.items() if value}
    session = draft.session()
    return Found((session,), table.counted, taken.carried, "cells", merged(taken.facts))
