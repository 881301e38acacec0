"""What may stand as the name of a coder."""

from __future__ import annotations

LONGEST_CODER = 24
NOT_ALLOWED = frozenset('/\\:*?"<>|')


def tidy_coder(text: str) -> str:
    """Write initials as they are kept: no space around them and single spaces within."""
    return " ".join(text.split())


def coder_problem(text: str) -> str:
    """Say in plain words why a text cannot name a coder; empty where it can."""
    coder = tidy_coder(text)
    if not coder:
        return "Type your initials or the code your study gave you."
    if len(coder) > LONGEST_CODER:
        return f"Keep it to {LONGEST_CODER} letters: initials or a code are enough."
    if wrong := sorted(NOT_ALLOWED.intersection(coder)):
        return f"Leave out {' '.join(wrong)}, please: letters, figures and hyphens are fine."
    if not coder.isprintable():
        return "Use letters, figures and hyphens only."
    return ""
