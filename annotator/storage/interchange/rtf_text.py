"""The plain text of RTF, as old transcripts are kept in it; formatting is left out."""

from __future__ import annotations

import re
from unicodedata import category

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?[0-9]{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])"
    r"|([{}])|([\r\n]+)|([^\\{}\r\n]+)"
)
_HIDDEN = frozenset(
    ("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "listtable")
)
_MEANT = {
    "par": "\n",
    "line": "\n",
    "sect": "\n",
    "page": "\n",
    "row": "\n",
    "tab": "\t",
    "cell": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "\N{LEFT SINGLE QUOTATION MARK}",
    "rquote": "\N{RIGHT SINGLE QUOTATION MARK}",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
}
_MARKS = {"~": "\N{NO-BREAK SPACE}", "_": "-", "\n": "\n", "\\": "\\", "{": "{", "}": "}"}
_DEEPEST = 10_000
_HALF = "Cs"  # the category of surrogates


def is_rtf(text: str) -> bool:
    """Tell whether a text is RTF."""
    return text.lstrip()[:5].lower() == "{\\rtf"


def plain_text(rtf: str) -> str:
    """Give what a reader of an RTF text sees, a line a paragraph."""
    pieces: list[str] = []
    hidden: list[bool] = []
    is_hidden, skip = False, 0
    for token in _TOKEN.finditer(rtf):
        word, number, octet, mark, brace, _, text = token.groups()
        if brace == "{" and len(hidden) < _DEEPEST:
            hidden.append(is_hidden)
        elif brace == "}":
            is_hidden = hidden.pop() if hidden else False
        elif word in _HIDDEN or mark == "*":
            is_hidden = True
        elif is_hidden or brace:
            continue
        elif word == "u" and number:
            pieces.append(_letter(int(number)))
            skip = 1
        elif skip and (octet or text):
            pieces.append(text[1:] if text else "")  # what stands for a letter in old readers
            skip = 0
        else:
            pieces.append(_seen(word, octet, mark, text))
    return "".join(pieces)


def _letter(number: int) -> str:
    """Give the letter of a number; one of two halves, of which rare letters are made, is none."""
    letter = chr(number % 65_536)
    return "\N{REPLACEMENT CHARACTER}" if category(letter) == _HALF else letter


def _seen(word: str | None, octet: str | None, mark: str | None, text: str | None) -> str:
    if octet:
        return bytes.fromhex(octet).decode("cp1252", "replace")
    if mark:
        return _MARKS.get(mark, "")
    return text or _MEANT.get(word or "", "")
