"""Projects of VIA 3, the VGG Image Annotator: the segments of time in films and sound files."""

from __future__ import annotations

from annotator.storage.interchange.interface import Format
from annotator.storage.interchange.json_reading import has_keys
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.via_fields import ID
from annotator.storage.interchange.via_reading import read_via
from annotator.storage.interchange.via_writing import write_via


def _claims(source: Source) -> bool:
    return has_keys(source, "project", "attribute", "file", "view", "metadata", "vid_list")


FORMATS: tuple[Format, ...] = (
    Format(
        id=ID,
        title="VIA 3 project",
        suffixes=(".via.json", ".json"),
        claims=_claims,
        read=read_via,
        write=write_via,
        loses=(
            "what participants consented to",
            "the times of single words",
            "in VIA itself, all but codes, notes, participants, attributes and what was said",
            "in VIA itself, the difference between a moment and a stretch of no length",
        ),
        holds_several=True,
    ),
)
