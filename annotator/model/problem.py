"""What is wrong at one place of a file or a value, and how bad that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether something cannot be used as it stands, or could be better."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place; `path` is written as in `passes[0].tags[3].code`."""

    path: str
    message: str
    severity: Severity = Severity.ERROR

    @property
    def is_warning(self) -> bool:
        """Whether it is advice, with which all can be used as it stands."""
        return self.severity is Severity.WARNING

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message
