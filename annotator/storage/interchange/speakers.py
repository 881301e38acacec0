"""Who speaks, as far as the text of subtitles tells: labels before a colon, and dashes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_LABEL = re.compile(
    r"\s*(?:>>+\s*|[-–—]\s*)?"
    r"(?:\[([^\[\]:]{1,40})\]|([^\W_][\w.'\u2019()/& -]{0,39}))\s?[:\uff1a](?:\s+|$)"
)
_DASH = re.compile(r"\s*(?:[-–—](?!\d)|>>)\s*\S")
_ROLE = re.compile(
    r"(?:therapist|client|patient|counsell?or|interviewer|interviewee|speaker|person|participant"
    r"|doctor|nurse|coach|observer|mother|father|child|partner)(?:[ _]?\w{1,2})?",
    re.IGNORECASE,
)
_MOST_WORDS = 4
_LEAST_SHARE = 4
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of speakers that stand before a colon in a file."""

    known: frozenset[str] = frozenset()

    @classmethod
    def found_in(cls, texts: Iterable[str]) -> Labels:
        """Find the labels of a file in the lines that begin what somebody says.

        One in capitals, in brackets or that names a part ("Therapist") is a label wherever it
        stands; other names are where they come more than once and a quarter of all lines begin
        with what could be one. "Well: yes" alone is speech.
        """
        lines = list(texts)
        counts = Counter(label for line in lines if (label := _candidate(line)))
        is_labelled = counts.total() * _LEAST_SHARE >= len(lines)
        return cls(
            frozenset(
                label
                for label, count in counts.items()
                if _is_plain(label) or (is_labelled and count >= _SEVERAL and _is_name(label))
            )
            | {match[1].strip() for line in lines if (match := _LABEL.match(line)) and match[1]}
        )

    def taken_off(self, line: str) -> tuple[str, str]:
        """Give the label of a line and what is said after it; no label where there is none."""
        match = _LABEL.match(line)
        if match is None:
            return "", line
        label = " ".join((match[1] or match[2]).split())
        return (label, line[match.end() :]) if label in self.known else ("", line)


def begins_with_dash(line: str) -> bool:
    """Tell whether a line begins with the dash, or the marks, of another person's turn."""
    return _DASH.match(line) is not None


def _candidate(line: str) -> str:
    match = _LABEL.match(line)
    if match is None or not match[2]:
        return ""
    label = " ".join(match[2].split())
    return label if len(label.split()) <= _MOST_WORDS else ""


def _is_plain(label: str) -> bool:
    letters = [one for one in label if one.isalpha()]
    is_capital = bool(letters) and all(one.isupper() for one in letters)
    return is_capital or _ROLE.fullmatch(label) is not None


def _is_name(label: str) -> bool:
    return label[0].isupper() and sum(word[0].isupper() for word in label.split()) * 2 > len(
        label.split()
    )
