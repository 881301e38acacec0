"""The rules that make a codebook valid, told as a list of problems in the order of the file."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping

from annotator.model.codebook import Code, Codebook, RatingItem, Score
from annotator.model.coding import UNNAMED
from annotator.model.colours import is_colour
from annotator.model.formula import FormulaError, names_in
from annotator.model.problem import Problem

_LARGEST = 1e15  # beyond it a file cannot keep a number exactly


def codebook_problems(book: Codebook, path: str = "codebook") -> list[Problem]:
    """List what is wrong with a codebook, in the order of the file.

    What could merely be better is told by `codebook_advice`.
    """
    problems = list(_own_problems(book, path))
    problems += _id_problems((group.id for group in book.groups), f"{path}.groups")
    problems += _id_problems((code.id for code in book.codes), f"{path}.codes")
    problems += _key_problems(book.codes, f"{path}.codes")
    problems += _code_problems(book, path)
    problems += _rating_problems(book, path)
    problems += _score_problems(book, path)
    return problems


def doubles(values: Iterable[str], path: str, name: str) -> Iterator[Problem]:
    """Tell of each value that a list holds more than once, at its second place."""
    values = tuple(values)
    if len(set(values)) == len(values):  # as nearly always
        return
    first: dict[str, int] = {}
    told: set[str] = set()
    for index, value in enumerate(values):
        if value and value in first and value not in told:
            told.add(value)
            where = f"{path}[{index}].{name}"
            yield Problem(where, f'"{value}" is used twice, first at [{first[value]}]')
        first.setdefault(value, index)


def _own_problems(book: Codebook, path: str) -> Iterator[Problem]:
    if not book.id:
        yield Problem(f"{path}.id", "this may not be empty")
    if book.silence_minimum is not None and book.silence_minimum < 0:
        yield Problem(f"{path}.silence_min", "this is less than nothing")
    if book.sample_minutes is not None and book.sample_minutes < 0:
        yield Problem(f"{path}.sample_minutes", "this is less than nothing")


def _id_problems(ids: Iterable[str], path: str) -> Iterator[Problem]:
    given = list(ids)
    for index, one in enumerate(given):
        if not one:
            yield Problem(f"{path}[{index}].id", "this may not be empty")
    yield from doubles(given, path, "id")


def _key_problems(codes: tuple[Code, ...], path: str) -> Iterator[Problem]:
    first: dict[str, Code] = {}
    for index, code in enumerate(codes):
        key = code.key.casefold()
        if key and key in first:
            told = f'"{code.key}" is used twice: it is the key of "{first[key].name}" already'
            yield Problem(f"{path}[{index}].key", told)
        first.setdefault(key, code)


def _code_problems(book: Codebook, path: str) -> Iterator[Problem]:
    parents = {code.id: code.parent for code in book.codes}
    groups = {group.id for group in book.groups}
    for index, code in enumerate(book.codes):
        where = f"{path}.codes[{index}]"
        if not is_colour(code.colour):
            yield Problem(f"{where}.colour", f'"{code.colour}" is not a colour such as "#4477aa"')
        if code.group and code.group not in groups:
            yield Problem(f"{where}.group", f'there is no group "{code.group}"')
        if code.parent and (code.parent not in parents or code.parent == code.id):
            yield Problem(f"{where}.parent", f'there is no other code "{code.parent}"')
        elif _is_own_ancestor(code.id, parents):
            yield Problem(f"{where}.parent", f'"{code.id}" is among its own parents')
        if code.id == UNNAMED:
            yield Problem(f"{where}.id", f'"{UNNAMED}" stands for marks that are to be named later')
        yield from _exclusion_problems(code, where, parents)
        yield from _attribute_problems(code, where)


def _exclusion_problems(code: Code, path: str, known: Collection[str]) -> Iterator[Problem]:
    for place, other in enumerate(code.exclusive_with):
        where = f"{path}.exclusive_with[{place}]"
        if other not in known:
            yield Problem(where, f'there is no code "{other}"')
        elif other == code.id:
            yield Problem(where, "a code cannot exclude itself")


def _is_own_ancestor(code_id: str, parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    above = parents.get(code_id, "")
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return code_id in seen


def _attribute_problems(code: Code, path: str) -> Iterator[Problem]:
    yield from _id_problems((one.id for one in code.attributes), f"{path}.attributes")
    first: dict[str, str] = {}
    for index, attribute in enumerate(code.attributes):
        where = f"{path}.attributes[{index}].choices"
        yield from _id_problems((choice.id for choice in attribute.choices), where)
        for place, choice in enumerate(attribute.choices):
            key = choice.key.casefold()
            if key and key in first:
                told = f'"{choice.key}" is used twice: it picks "{first[key]}" already'
                yield Problem(f"{where}[{place}].key", told)
            first.setdefault(key, choice.name)


def _rating_problems(book: Codebook, path: str) -> Iterator[Problem]:
    yield from _id_problems((item.id for item in book.ratings), f"{path}.ratings")
    codes = {code.id for code in book.codes}
    groups = {group.id for group in book.groups}
    for index, item in enumerate(book.ratings):
        where = f"{path}.ratings[{index}]"
        if item.id in codes:
            yield Problem(f"{where}.id", f'"{item.id}" is a code too, so formulas are ambiguous')
        if item.group and item.group not in groups:
            yield Problem(f"{where}.group", f'there is no group "{item.group}"')
        yield from _scale_problems(item, where)


def _scale_problems(item: RatingItem, path: str) -> Iterator[Problem]:
    least, most = item.minimum, item.maximum
    if not (is_usable(least) and is_usable(most)):
        yield Problem(f"{path}.max", "the ends of the scale are not numbers that can be used")
        return
    if least >= most:
        yield Problem(f"{path}.max", f"{most:g} is not above min {least:g}")
        return
    span = f"{least:g} to {most:g}"
    if item.step is not None and not 0 < item.step <= most - least:
        yield Problem(f"{path}.step", f"{item.step:g} is no step on a scale from {span}")
        return
    if item.default is not None and (why_not := _off_scale(item, item.default)):
        yield Problem(f"{path}.default", why_not)
    told: set[float] = set()
    for index, anchor in enumerate(item.anchors):
        where = f"{path}.anchors[{index}].value"
        if why_not := _off_scale(item, anchor.value):
            yield Problem(where, why_not)
        elif anchor.value in told:
            yield Problem(where, f"{anchor.value:g} has two anchors")
        told.add(anchor.value)


def _off_scale(item: RatingItem, value: float) -> str:
    """Say why a number is not on a scale; empty where it is."""
    if not item.minimum <= value <= item.maximum:
        return f"{value:g} is not from {item.minimum:g} to {item.maximum:g}"
    return "" if item.allows(value) else f"{value:g} is not a step of {item.step:g}"


def is_usable(number: float) -> bool:
    """Tell whether a number can be kept in a file as it is."""
    return math.isfinite(number) and abs(number) < _LARGEST


def _score_problems(book: Codebook, path: str) -> Iterator[Problem]:
    yield from _id_problems((score.id for score in book.scores), f"{path}.scores")
    known = {code.id for code in book.codes} | {item.id for item in book.ratings}
    for index, score in enumerate(book.scores):
        where = f"{path}.scores[{index}]"
        yield from formula_problems(score.formula, known, f"{where}.formula")
        yield from _band_problems(score, where)


def formula_problems(formula: str, known: Collection[str], path: str = "") -> Iterator[Problem]:
    """Tell what is wrong with a formula, of which `known` are the ids that it may name."""
    try:
        names = names_in(formula)
    except FormulaError as error:
        yield Problem(path, str(error))
        return
    for name in sorted(names - set(known)):
        yield Problem(path, f'names "{name}", which is no code or rating of the book')
    if not names:
        yield Problem(path, "names no code and no rating")


def _band_problems(score: Score, path: str) -> Iterator[Problem]:
    for index, band in enumerate(score.bands):
        where = f"{path}.bands[{index}].from"
        if not is_usable(band.start):
            yield Problem(where, "this is not a number that can be used")
        elif index and band.start <= score.bands[index - 1].start:
            before = score.bands[index - 1]
            told = f'{band.start:g} is not above {before.start:g}, where "{before.name}" begins'
            yield Problem(where, told)
