"""What could be better about a codebook that can be used as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from annotator.model.codebook import Code, Codebook, RatingItem
from annotator.model.colours import (
    DARK_GROUND,
    LEAST_CONTRAST,
    LIGHT_GROUND,
    Eyes,
    contrast,
    is_colour,
    least_difference,
)
from annotator.model.problem import Problem, Severity

T = TypeVar("T")

NEAR = 5.0
"""Colours less different than this, in CIEDE2000, are hard to tell apart in small marks."""

NEAR_IN_GROUP = 2.0
"""The same within a group, whose codes often are shades of one colour in a lane of their own."""

_TO_EYES = {
    Eyes.USUAL: "to all eyes",
    Eyes.PROTANOPIA: "to eyes blind to red",
    Eyes.DEUTERANOPIA: "to eyes blind to green",
    Eyes.TRITANOPIA: "to eyes blind to blue",
}


def codebook_advice(book: Codebook, path: str = "codebook") -> list[Problem]:
    """List what could be better, each a warning; what is wrong `codebook_problems` tells."""
    advice = list(_same_words(book.groups, f"{path}.groups", "name", lambda one: one.name))
    advice += _same_words(book.codes, f"{path}.codes", "name", _place_and_name)
    advice += _same_words(book.codes, f"{path}.codes", "abbreviation", _abbreviation)
    advice += _same_words(book.ratings, f"{path}.ratings", "name", _rating_name)
    advice += _same_words(book.scores, f"{path}.scores", "name", lambda one: one.name)
    advice += _faint_colours(book, path)
    advice += _near_colours(book, path)
    advice += _one_sided(book, path)
    advice += _without_author(book, path)
    return advice


def _warning(path: str, message: str) -> Problem:
    return Problem(path, message, Severity.WARNING)


def _place_and_name(code: Code) -> str:
    """Codes of different speakers may share a name, as in "Other"; for one speaker they may not."""
    return f"{code.speaker.value}\0{code.name}" if code.name and not code.retired else ""


def _abbreviation(code: Code) -> str:
    return "" if code.retired else code.abbreviation


def _rating_name(item: RatingItem) -> str:
    return "" if item.retired else item.name


def _same_words(
    members: Iterable[T], path: str, field: str, words_of: Callable[[T], str]
) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, member in enumerate(members):
        words = words_of(member).casefold().strip()
        if words and words in first:
            shown = words_of(member).rpartition("\0")[2]
            told = f'"{shown}" is used twice, first at [{first[words]}]'
            yield _warning(f"{path}[{index}].{field}", told)
        first.setdefault(words, index)


def _faint_colours(book: Codebook, path: str) -> Iterator[Problem]:
    for index, code in _shown_codes(book):
        for ground, name in ((LIGHT_GROUND, "light"), (DARK_GROUND, "dark")):
            found = contrast(code.colour, ground)
            if found < LEAST_CONTRAST:
                told = (
                    f'"{code.colour}" hardly stands out in the {name} window: '
                    f"its contrast is {found:.1f}, {LEAST_CONTRAST:g} is wanted"
                )
                yield _warning(f"{path}.codes[{index}].colour", told)


def _near_colours(book: Codebook, path: str) -> Iterator[Problem]:
    """Tell of each colour that is hard to tell from one before it, naming the nearest."""
    before: list[Code] = []
    for index, code in _shown_codes(book):
        near = sorted(
            (*least_difference(code.colour, other.colour), other.name)
            for other in before
            if is_near(code, other)
        )
        if near:
            _, eyes, name = near[0]
            more = f", and like {len(near) - 1} more" if len(near) > 1 else ""
            told = f'"{code.colour}" looks much like the colour of "{name}" {_TO_EYES[eyes]}{more}'
            yield _warning(f"{path}.codes[{index}].colour", told)
        before.append(code)


def is_near(code: Code, other: Code) -> bool:
    """Tell whether the colours of two codes are too alike for some eyes."""
    together = code.group == other.group and code.group != ""
    return least_difference(code.colour, other.colour)[0] < (NEAR_IN_GROUP if together else NEAR)


def _shown_codes(book: Codebook) -> Iterator[tuple[int, Code]]:
    return (
        (index, code)
        for index, code in enumerate(book.codes)
        if is_colour(code.colour) and not code.retired
    )


def _one_sided(book: Codebook, path: str) -> Iterator[Problem]:
    pairs = {(code.id, other) for code in book.codes for other in code.exclusive_with}
    known = {code.id for code in book.codes}
    for index, code in enumerate(book.codes):
        for place, other in enumerate(code.exclusive_with):
            if other in known and (other, code.id) not in pairs:
                where = f"{path}.codes[{index}].exclusive_with[{place}]"
                yield _warning(where, f'"{other}" does not exclude "{code.id}" in turn')


def _without_author(book: Codebook, path: str) -> Iterator[Problem]:
    for index, score in enumerate(book.scores):
        if score.bands and not score.note.strip():
            told = f'"{score.name}" has bands, and does not say whose opinion they are'
            yield _warning(f"{path}.scores[{index}].note", told)
