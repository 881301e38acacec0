"""To be written."""

from __future__ import annotations

from annotator.storage.interchange.interface import Format

FORMATS: tuple[Format, ...] = ()
