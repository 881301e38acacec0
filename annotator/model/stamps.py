"""What is new is stamped with: an id of its own, the moment, and the day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4


def new_id() -> str:
    """Give a fresh id, short enough to read in a file."""
    return uuid4().hex[:12]


def now() -> str:
    """Give this moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> date:
    """Give the day where the person is."""
    return datetime.now(UTC).astimezone().date()
