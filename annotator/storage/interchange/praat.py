"""TextGrids of Praat, the programme of those who study sound."""

from __future__ import annotations

from annotator.storage.interchange.interface import Format
from annotator.storage.interchange.praat_grid import CHRONOLOGICAL
from annotator.storage.interchange.praat_reading import BINARY, ID, read_praat
from annotator.storage.interchange.praat_writing import write_praat
from annotator.storage.interchange.source import Source


def _claims(source: Source) -> bool:
    head = source.head[:200]
    is_text = "ooTextFile" in head and ("TextGrid" in head or '"Collection' in head)
    is_binary = source.data.startswith(BINARY) and b"TextGrid" in source.data[:40]
    return is_text or is_binary or CHRONOLOGICAL in head


FORMATS: tuple[Format, ...] = (
    Format(
        ID,
        "Praat TextGrid",
        (".textgrid",),
        _claims,
        read_praat,
        write_praat,
        loses=(
            "attributes of tags",
            "ratings",
            "the codebook, but for the words of codes that have tags",
            "recordings and participants, but for their ids",
            "who made a tag and when",
            "excluded spans",
        ),
    ),
)
