"""All foreign formats there are, in the order in which they are offered and asked."""

from __future__ import annotations

from annotator.storage.interchange import (
    audacity,
    boris,
    cacti,
    datavyu,
    elan,
    exmaralda,
    noldus,
    otio,
    praat,
    solomon,
    subtitles,
    table,
    transana,
    via,
    web_annotation,
    whisper,
)
from annotator.storage.interchange.interface import Format

FORMATS: tuple[Format, ...] = (
    *elan.FORMATS,
    *boris.FORMATS,
    *cacti.FORMATS,
    *datavyu.FORMATS,
    *praat.FORMATS,
    *noldus.FORMATS,  # whose event logs and sheets are tables too, so they are asked first
    *solomon.FORMATS,
    *table.FORMATS,
    *subtitles.FORMATS,
    *whisper.FORMATS,
    *exmaralda.FORMATS,
    *via.FORMATS,
    *web_annotation.FORMATS,
    *otio.FORMATS,
    *transana.FORMATS,
    *audacity.FORMATS,
)
