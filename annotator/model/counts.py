"""Says in words how many there are of something."""

from __future__ import annotations


def counted(number: int, noun: str, several: str = "") -> str:
    """Write as “1 face” and “2,000 faces”; `several` is the noun for many, where no s makes it."""
    return f"1 {noun}" if number == 1 else f"{number:,} {several or f'{noun}s'}"
