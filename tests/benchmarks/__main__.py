"""Runs every benchmark and prints its table: `python -m tests.benchmarks`."""

from __future__ import annotations

import os

from tests.benchmarks import (
    coding,
    command_line,
    cutting,
    interchange,
    interchange_boris,
    interchange_elan,
    masking,
    numbers,
    opening,
    palette,
    searching,
    sound,
    start,
    tagging,
    timeline,
    voices,
)

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    start.main()
    command_line.main()
    opening.main()
    sound.main()
    tagging.main()
    coding.main()
    timeline.main()
    palette.main()
    searching.main()
    numbers.main()
    interchange.main()
    interchange_elan.main()
    interchange_boris.main()
    cutting.main()
    masking.main()
    voices.main()
