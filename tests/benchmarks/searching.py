"""Measures searching and ordering in the table of tags: `python -m tests.benchmarks.searching`.

100,000 tags, every one with a note of its own; each row is one key typed, until the table is shown
again.
"""

from __future__ import annotations

import os
import time
from dataclasses import replace

from PyQt6.QtWidgets import QApplication

from annotator.gui.panels.tags import TagsPanel
from annotator.gui.panels.tags_model import COLUMNS
from annotator.gui.theme import light
from annotator.model import Micros, Session
from annotator.model.transcript import Cue, Transcript
from tests.benchmarks.table import Row, print_table
from tests.support.documents import coded_session, open_document

COUNT, CUES = 100_000, 10_000
KEY_MS = 100.0
LINES = ("s", "si", "silence", "silence p1", "note:17", "word 17", "zzz", "said:17", "")


def noted_session(count: int) -> Session:
    """Make a session with so many tags, each with a note, and a transcript."""
    session = coded_session(count)
    first, *others = session.passes
    tags = tuple(replace(tag, note=f"Word {number}") for number, tag in enumerate(first.tags))
    cues = tuple(
        Cue(f"c{number}", Micros(number * 10_000_000), Micros(number * 10_000_000 + 9), f"{number}")
        for number in range(CUES)
    )
    passes = (replace(first, tags=tags), *others)
    return replace(session, passes=passes, transcripts=(Transcript("t", cues),))


def measure_searching(count: int) -> list[Row]:
    """Type lines into the search of a table of so many tags, and order it by each column."""
    app = QApplication.instance() or QApplication([])
    rows: list[Row] = []
    with open_document(noted_session(count)) as document:
        panel = TagsPanel(light())
        panel.resize(460, 600)
        panel.show()
        panel.set_document(document)
        app.processEvents()
        for line in LINES:
            began = time.perf_counter()
            panel.search.setText(line)
            app.processEvents()
            took = (time.perf_counter() - began) * 1000
            rows.append(
                Row(f"search “{line}”: {panel.model.rowCount():,} found", took, most=KEY_MS)
            )
        for place, column in enumerate(COLUMNS):
            began = time.perf_counter()
            panel.model.sort(place)
            app.processEvents()
            rows.append(Row(f"order by {column.value}", (time.perf_counter() - began) * 1000))
        panel.set_document(None)
    return rows


def main(count: int = COUNT) -> None:
    """Print the table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print_table(f"Searching {count:,} tags with notes", measure_searching(count))


if __name__ == "__main__":
    main()
