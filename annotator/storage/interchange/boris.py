"""BORIS projects, the commonest files of those who code behaviour on film."""

from __future__ import annotations

from annotator.storage.interchange.boris_opening import FORMAT_ID, claims
from annotator.storage.interchange.boris_reading import read
from annotator.storage.interchange.boris_writing import write
from annotator.storage.interchange.interface import Format

FORMATS: tuple[Format, ...] = (
    Format(
        id=FORMAT_ID,
        title="BORIS project",
        suffixes=(".boris", ".boris.gz"),
        claims=claims,
        read=read,
        write=write,
        loses=(
            "transcripts",
            "times below a millisecond",
            "when tags were made and changed, and their ids",
            "what codes have beside a name, key, colour, group, definition and attributes",
            "notes on ratings and their evidence",
            "excluded spans, consent, and what participants are to each other",
            "in BORIS itself, one behaviour for a code whose tags overlap, or last in part",
        ),
        holds_several=True,
    ),
)
