"""What counts in a text file of Praat: texts in quotes, numbers that stand free, and flags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from annotator.model.time import LONGEST_SECONDS
from annotator.storage.interchange.micros import micros_of

# All kinds begin with one of few signs, so that what stands between is passed over fast.
_TOKEN = re.compile(
    r'["<!+\-.\d]'
    r'(?:(?<=")(?:(?P<text>[^"]*+(?:""[^"]*+)*+)"|(?P<open>))'
    r"|(?<=<)(?P<flag>exists|absent)>"
    r"|(?<![^\s].)(?<=!)[^\n]*+"
    r"|(?<![^\s=].)(?P<number>(?<=\d)\d*(?:[.,]\d*)?(?:[eE][-+]?\d+)?"
    r"|(?<=[-+.])[\d.][\d.,eE+\-]*"
    r'|(?<=-)-undefined--)[^\s"<]*+)',
    re.ASCII,
)
_PLAIN = re.compile(r"(\d{1,10})(?:\.(\d{0,6})(\d{0,40}))?", re.ASCII)
_LONGEST = 64


class Kind(Enum):
    """What a token is; `OPEN` is a quotation mark that is never closed."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    OPEN = "open"
    END = "end"


class Tokens:
    """The tokens of a text one after the other.

    Of the present one, `kind` tells what it is, `value` what stands there, and `start` and `end`
    where; all else that stands in the text is passed over, as Praat itself does. It begins at
    `start`, which is on that line.
    """

    def __init__(self, text: str, start: int = 0, line: int = 1) -> None:
        self.text = text
        self.kind = Kind.END
        self.value = ""
        self.start = self.end = start
        self._matches: Iterator[re.Match[str]] = _TOKEN.finditer(text, start)
        self._counted, self._line = start, line
        self.advance()

    def advance(self) -> None:
        """Go to the next token."""
        for match in self._matches:
            name = match.lastgroup
            if name is None:  # a remark
                continue
            self.start, self.end = match.span()
            self.kind = kind = _KINDS[name]
            start = self.start if kind is Kind.NUMBER else match.start(name)
            self.value = self.text[start : match.end(name)]
            return
        self.kind, self.value = Kind.END, ""
        self.start = self.end = len(self.text)

    def is_at(self, kind: Kind) -> bool:
        """Tell whether the present token is of that kind."""
        return self.kind is kind

    @property
    def line(self) -> int:
        """The line on which the present token begins, from 1."""
        self._line += self.text.count("\n", self._counted, self.start)
        self._counted = self.start
        return self._line

    def take_text(self) -> str | None:
        """Give a text without its quotes and go on; None where there is none."""
        if self.kind is not Kind.TEXT:
            return None
        value = self.value
        self.advance()
        return value.replace('""', '"') if '"' in value else value

    def take_number(self) -> str | None:
        """Give a number as it stands and go on; None where there is none."""
        if self.kind is not Kind.NUMBER:
            return None
        value = self.value
        self.advance()
        return value


_KINDS = {
    "text": Kind.TEXT,
    "number": Kind.NUMBER,
    "flag": Kind.FLAG,
    "open": Kind.OPEN,
}


def to_micros(number: str) -> int | None:
    """Convert seconds as they stand to the nearest microsecond; None where they are no time."""
    plain = _PLAIN.fullmatch(number)
    if plain is None:
        return micros_of(number.replace(",", ".")) if len(number) <= _LONGEST else None
    whole, decimals, finer = plain.groups("")
    micros = int(whole) * 1_000_000 + int(decimals.ljust(6, "0"))
    half = finer.rstrip("0")
    if half > "5" or (half == "5" and micros % 2):  # halves go to the even one
        micros += 1
    return micros if micros < LONGEST_SECONDS * 1_000_000 else None
