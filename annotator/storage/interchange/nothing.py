"""What all tags and cues share that have nothing more than a session knows of itself."""

from __future__ import annotations

from collections.abc import Mapping

NO_EXTRA: Mapping[str, object] = {}
