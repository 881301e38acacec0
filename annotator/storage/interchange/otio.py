"""OpenTimelineIO, the exchange of cutting rooms: markers on timelines, and reels of films."""

from __future__ import annotations

from annotator.storage.interchange.interface import Format
from annotator.storage.interchange.json_reading import has_keys
from annotator.storage.interchange.otio_reading import read_otio
from annotator.storage.interchange.otio_tree import ID
from annotator.storage.interchange.otio_writing import write_otio
from annotator.storage.interchange.source import Source


def _claims(source: Source) -> bool:
    return has_keys(source, "OTIO_SCHEMA")


FORMATS: tuple[Format, ...] = (
    Format(
        id=ID,
        title="OpenTimelineIO",
        suffixes=(".otio",),
        claims=_claims,
        read=read_otio,
        write=write_otio,
        loses=(
            "what participants consented to",
            "colours of codes but the eleven that markers have, for other programs",
            "for other programs, all but codes, notes and times",
        ),
        holds_several=True,
    ),
)
