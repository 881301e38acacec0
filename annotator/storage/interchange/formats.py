"""All foreign formats there are, in the order in which they are offered and asked."""

from __future__ import annotations

from annotator.storage.interchange import (
    audacity,
    boris,
    cacti,
    datavyu,
    datavyu_json,
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
    via_table,
    web_annotation,
    whisper,
    whisper_table,
)
from annotator.storage.interchange.interface import Format

FORMATS: tuple[Format, ...] = (
    *elan.FORMATS,
    *boris.FORMATS,
    *cacti.FORMATS,
    *datavyu.FORMATS,
    *datavyu_json.FORMATS,
    *praat.FORMATS,
    *noldus.FORMATS,  # these three are tables too, so they are asked before any table
    *solomon.FORMATS,
    *via_table.FORMATS,
    *table.FORMATS,
    *subtitles.FORMATS,
    *whisper.FORMATS,
    *whisper_table.FORMATS,  # after the tables, whose ending it has
    *exmaralda.FORMATS,
    *via.FORMATS,
    *web_annotation.FORMATS,
    *otio.FORMATS,
    *transana.FORMATS,
    *audacity.FORMATS,
)
