"""The speeds that can be chosen, and how they are written."""

from __future__ import annotations

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


def speed_text(speed: float) -> str:
    """Write a speed such as `1.5×`."""
    return f"{speed:g}×"
