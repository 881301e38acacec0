"""The file names of exports: made of codes by a template, safe on every system, each its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from string import Formatter

from annotator.errors import AnnotatorError
from annotator.model.participant import ConsentScope
from annotator.model.time import Micros, to_clock

USUAL_TEMPLATE = "{session}-{number:02}-{code}-{start}"
FIELDS = ("session", "number", "code", "start", "end", "purpose")
LONGEST_NAME = 200
"""Bytes in UTF-8, ending included: systems take 255, and a manifest's ending follows."""

_LONGEST_CODE = 60
_TELLING = {"title", "coder", "name", "label", "participant", "path", "file"}
_PLAIN = {"L", "M", "N"}  # letters, their marks, and numbers, of every script
_WIDTH = re.compile(r"0?[1-9]")
_ENDING = re.compile(r"(\.[a-z0-9]{1,10}){1,3}")
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}


class TemplateError(AnnotatorError):
    """A template for file names cannot be used."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a file name may tell of an export, its times on the session's clock.

    `session` is what `telling.session_code` gives, `code` the id of a code of the codebook.
    """

    session: str
    number: int
    code: str
    start: Micros
    end: Micros
    purpose: ConsentScope


@dataclass(frozen=True, slots=True)
class NameTemplate:
    """A template that was read: literal text, field and width, in turn."""

    parts: tuple[tuple[str, str, str], ...]

    def fill(self, named: Named) -> str:
        """Give the name of one export without its ending, as it comes, not yet made safe."""
        values = _values(named)
        return "".join(
            literal + (f"{named.number:{width}d}" if field == "number" else values.get(field, ""))
            for literal, field, width in self.parts
        )


def read_template(text: str) -> NameTemplate:
    """Read a template such as `{session}-{number:02}-{code}-{start}`.

    Fields are those of `FIELDS`; a number may have a width, as in `{number:03}`. Raises
    TemplateError where there is another field, or what is in braces is none.
    """
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise _refused(f"In “{text}” a brace is not closed, or closed twice.") from error
    return NameTemplate(tuple(_part(*part) for part in parts))


def _part(
    literal: str, field: str | None, width: str | None, conversion: str | None
) -> tuple[str, str, str]:
    if field is None:
        return literal, "", ""
    if field in _TELLING:
        raise _refused(f"A file name may not carry {{{field}}}: it can tell who somebody is.")
    if field not in FIELDS or conversion:
        raise _refused(f"There is nothing called {{{field}}} to make file names of.")
    if width and not (field == "number" and _WIDTH.fullmatch(width)):
        raise _refused(f"“:{width}” does not fit {{{field}}}; a number may have a width, as :03.")
    return literal, field, width or ""


def _refused(told: str) -> TemplateError:
    return TemplateError(told, "Use " + ", ".join(f"{{{field}}}" for field in FIELDS) + ".")


def file_names(
    template: NameTemplate, exports: Sequence[Named], ending: str, taken: Collection[str] = ()
) -> tuple[str, ...]:
    """Give the file name of each export, in order, no two alike on any system.

    `ending` is such as `.mp4`; names in `taken` are not given again. Where a template gives the
    same name twice, a number follows it. Raises ValueError where that is no ending.
    """
    if not _ENDING.fullmatch(ending):
        raise ValueError(f"not the ending of a file name: {ending!r}")
    known = {_likeness(name) for name in taken}
    return tuple(_unlike(safe_stem(template.fill(one)), ending, known) for one in exports)


def _unlike(stem: str, ending: str, known: set[str]) -> str:
    name = next(one for one in _tries(stem, ending) if _likeness(one) not in known)
    known.add(_likeness(name))
    return name


def _tries(stem: str, ending: str) -> Iterator[str]:
    number = 1
    while True:
        tail = ("" if number == 1 else f"-{number}") + ending
        yield _shortened(stem, LONGEST_NAME - len(tail.encode())) + tail
        number += 1


def safe_stem(text: str) -> str:
    """Make any text a file name without ending that every system takes; “clip” where none is left.

    Letters and numbers of every script stay; all else becomes a hyphen.
    """
    plain = unicodedata.normalize("NFC", text)
    kept = "".join(sign if _is_plain(sign) else "-" for sign in plain)
    stem = _shortened(re.sub(r"-{2,}", "-", kept).strip("-. "), LONGEST_NAME)
    if stem.split(".")[0].casefold() in _DEVICES:
        stem = f"clip-{stem}"
    return stem or "clip"


def _is_plain(sign: str) -> bool:
    return sign in "-_." or unicodedata.category(sign)[0] in _PLAIN


def _shortened(text: str, most: int) -> str:
    """Cut a text to so many bytes of UTF-8, never inside a letter."""
    cut = text.encode("utf-8", "ignore")[:most].decode("utf-8", "ignore")
    return cut.rstrip("-. ")


def _likeness(name: str) -> str:
    """Give what two names share that some system takes for the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _values(named: Named) -> dict[str, str]:
    return {
        "session": _shortened(named.session, _LONGEST_CODE),
        "code": _shortened(named.code, _LONGEST_CODE),
        "start": _moment(named.start),
        "end": _moment(named.end),
        "purpose": named.purpose.word,
    }


def _moment(time: Micros) -> str:
    """Write a time as `0h01m23s480`, down to the millisecond."""
    hours, minutes, seconds = to_clock(time).split(":")
    return f"{hours}h{minutes}m{seconds.replace('.', 's')}"
