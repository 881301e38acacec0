"""Basic transcriptions of EXMARaLDA, the score editor of those who study talk."""

from __future__ import annotations

from annotator.storage.interchange.exmaralda_people import ID
from annotator.storage.interchange.exmaralda_reading import ROOT, read_exmaralda
from annotator.storage.interchange.exmaralda_writing import write_exmaralda
from annotator.storage.interchange.interface import Format
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.xml_reading import root_name


def _claims(source: Source) -> bool:
    return root_name(source) == ROOT


FORMATS: tuple[Format, ...] = (
    Format(
        ID,
        "EXMARaLDA",
        (".exb",),
        _claims,
        read_exmaralda,
        write_exmaralda,
        loses=(
            "ratings",
            "the codebook, but for the words of codes that have tags, and their attributes in use",
            "how much later a recording began",
            "who made a tag and when",
            "excluded spans",
        ),
    ),
)
