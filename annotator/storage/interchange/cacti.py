"""CACTI, in which motivational interviewing is coded, and the configuration of its buttons."""

from __future__ import annotations

from annotator.storage.interchange.cacti_config import (
    CACTI,
    claims_config,
    read_config,
    write_config,
)
from annotator.storage.interchange.cacti_database import MAGIC
from annotator.storage.interchange.cacti_reading import read_casaa
from annotator.storage.interchange.cacti_text import claims_text
from annotator.storage.interchange.cacti_writing import write_casaa
from annotator.storage.interchange.interface import Format
from annotator.storage.interchange.source import Source

_SCHEMA = 65_536


def _claims(source: Source) -> bool:
    if source.data.startswith(MAGIC):
        start = source.data[:_SCHEMA]
        return b"utterances" in start and b"time_marker" in start
    return claims_text(source)


FORMATS: tuple[Format, ...] = (
    Format(
        id=CACTI,
        title="CACTI (CASAA)",
        suffixes=(".casaa", ".globals"),
        claims=_claims,
        read=read_casaa,
        write=write_casaa,
        loses=(
            "how long tags last",
            "all passes but the first",
            "whom a tag is about, where that is not whose its code is",
            "attributes of tags, transcripts, and all recordings but the first",
            "what codes have beside a short name and a speaker",
            "the scale of ratings, which its configuration has; they are whole numbers",
        ),
    ),
    Format(
        id="cacti_config",
        title="CACTI configuration",
        suffixes=(".xml",),
        claims=claims_config,
        read=read_config,
        write=write_config,
        loses=(
            "all but the codebook",
            "the names of codes that have abbreviations, colours, definitions and attributes",
        ),
    ),
)
