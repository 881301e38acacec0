"""Files of Datavyu, which those who study children code their films with."""

from __future__ import annotations

from annotator.storage.interchange.datavyu_archive import BEGINNING
from annotator.storage.interchange.datavyu_project import ID
from annotator.storage.interchange.datavyu_reading import read_datavyu
from annotator.storage.interchange.datavyu_table import is_table
from annotator.storage.interchange.datavyu_writing import write_datavyu
from annotator.storage.interchange.interface import Format
from annotator.storage.interchange.source import Source


def _claims(source: Source) -> bool:
    if source.data.startswith(BEGINNING):
        return source.suffix == ".opf"  # spreadsheets and others are archives too
    return is_table(source.head.partition("\n")[0])


FORMATS: tuple[Format, ...] = (
    Format(
        ID,
        "Datavyu",
        (".opf",),
        _claims,
        read_datavyu,
        write_datavyu,
        loses=(
            "times below a millisecond",
            "ratings",
            "the codebook, but for the words of codes that have tags, and their attributes in use",
            "participants, but for their ids",
            "who made a tag and when",
            "excluded spans",
        ),
    ),
)
