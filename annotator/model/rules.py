"""The rules that make a codebook or a session valid, told as a list of problems."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.model.codebook import Code, Codebook, CodeKind
from annotator.model.coding import CodingPass, Tag
from annotator.model.formula import FormulaError, names_in
from annotator.model.recording import Recording
from annotator.model.session import Session
from annotator.model.time import to_seconds_text

_SHAPE = re.compile(r"[1-9][0-9]{0,4}:[1-9][0-9]{0,4}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place; `path` is written as in `passes[0].tags[3].code`."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


def codebook_problems(book: Codebook, path: str = "codebook") -> list[Problem]:
    """List what is wrong with a codebook, in the order of the file."""
    problems = list(_doubles((group.id for group in book.groups), f"{path}.groups", "id"))
    problems += _doubles((code.id for code in book.codes), f"{path}.codes", "id")
    keys = (code.key.casefold() for code in book.codes)
    problems += _doubles(keys, f"{path}.codes", "key")
    problems += _code_problems(book, path)
    problems += _rating_problems(book, path)
    problems += _score_problems(book, path)
    return problems


def _rating_problems(book: Codebook, path: str) -> Iterator[Problem]:
    yield from _doubles((item.id for item in book.ratings), f"{path}.ratings", "id")
    codes = {code.id for code in book.codes}
    for index, item in enumerate(book.ratings):
        where = f"{path}.ratings[{index}]"
        span = f"{item.minimum:g} to {item.maximum:g}"
        if item.id in codes:
            yield Problem(f"{where}.id", f'"{item.id}" is a code too, so formulas are ambiguous')
        if item.minimum >= item.maximum:
            told = f"{item.maximum:g} is not above min {item.minimum:g}"
            yield Problem(f"{where}.max", told)
        elif item.default is not None and not item.minimum <= item.default <= item.maximum:
            yield Problem(f"{where}.default", f"{item.default:g} is not from {span}")


def _doubles(values: Iterable[str], path: str, name: str) -> Iterator[Problem]:
    counts: Counter[str] = Counter()
    for index, value in enumerate(values):
        counts[value] += 1
        if value and counts[value] == 2:  # noqa: PLR2004 the second time is the problem
            yield Problem(f"{path}[{index}].{name}", f'"{value}" is used twice')


def _code_problems(book: Codebook, path: str) -> Iterator[Problem]:
    parents = {code.id: code.parent for code in book.codes}
    groups = {group.id for group in book.groups}
    for index, code in enumerate(book.codes):
        where = f"{path}.codes[{index}]"
        if not _COLOUR.fullmatch(code.colour):
            yield Problem(f"{where}.colour", f'"{code.colour}" is not a colour such as "#4477aa"')
        if code.group and code.group not in groups:
            yield Problem(f"{where}.group", f'there is no group "{code.group}"')
        if code.parent and (code.parent not in parents or code.parent == code.id):
            yield Problem(f"{where}.parent", f'there is no other code "{code.parent}"')
        elif _is_own_ancestor(code.id, parents):
            yield Problem(f"{where}.parent", f'"{code.id}" is among its own parents')
        for place, other in enumerate(code.exclusive_with):
            if other not in parents:
                yield Problem(f"{where}.exclusive_with[{place}]", f'there is no code "{other}"')
        yield from _attribute_problems(code, where)


def _is_own_ancestor(code_id: str, parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    above = parents.get(code_id, "")
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return code_id in seen


def _attribute_problems(code: Code, path: str) -> Iterator[Problem]:
    yield from _doubles((one.id for one in code.attributes), f"{path}.attributes", "id")
    for index, attribute in enumerate(code.attributes):
        where = f"{path}.attributes[{index}].choices"
        yield from _doubles((choice.id for choice in attribute.choices), where, "id")


def _score_problems(book: Codebook, path: str) -> Iterator[Problem]:
    yield from _doubles((score.id for score in book.scores), f"{path}.scores", "id")
    known = {code.id for code in book.codes} | {item.id for item in book.ratings}
    for index, score in enumerate(book.scores):
        where = f"{path}.scores[{index}].formula"
        try:
            unknown = names_in(score.formula) - known
        except FormulaError as error:
            yield Problem(where, str(error))
            continue
        for name in sorted(unknown):
            yield Problem(where, f'names "{name}", which is no code or rating of the book')


def session_problems(session: Session) -> list[Problem]:
    """List what is wrong with a session beyond its shape, in the order of the file."""
    problems = list(_doubles((one.id for one in session.recordings), "recordings", "id"))
    if session.recordings and session.region.end > session.duration:
        end = to_seconds_text(session.duration)
        problems.append(Problem("region.end", f"lies after the end of the recordings ({end} s)"))
    for index, recording in enumerate(session.recordings):
        problems += _playing_problems(recording, f"recordings[{index}]")
    problems += _doubles((one.id for one in session.participants), "participants", "id")
    problems += codebook_problems(session.codebook)
    problems += _doubles((one.id for one in session.passes), "passes", "id")
    tag_ids: Counter[str] = Counter()
    for index, one in enumerate(session.passes):
        problems += _pass_problems(session, one, f"passes[{index}]", tag_ids)
    return problems


def _playing_problems(recording: Recording, path: str) -> Iterator[Problem]:
    look = recording.look
    if look.turn not in (0, 90, 180, 270):
        yield Problem(f"{path}.look.turn", f"{look.turn} is none of 0, 90, 180, 270")
    if look.shape and not _SHAPE.fullmatch(look.shape):
        yield Problem(f"{path}.look.shape", f'"{look.shape}" is not a shape such as "16:9"')
    for name, value, least, most in (
        ("look.brightness", look.brightness, -1, 1),
        ("look.contrast", look.contrast, 0.25, 4),
        ("look.zoom", look.zoom, 1, 16),
        ("look.across", look.across, 0, 1),
        ("look.down", look.down, 0, 1),
        ("listening.volume", recording.listening.volume, 0, 1),
    ):
        if not least <= value <= most:
            yield Problem(f"{path}.{name}", f"{value:g} is not from {least:g} to {most:g}")


def _pass_problems(
    session: Session, coding_pass: CodingPass, path: str, tag_ids: Counter[str]
) -> Iterator[Problem]:
    kinds = {code.id: code.kind for code in session.codebook.codes}
    people = {one.id for one in session.participants}
    for index, tag in enumerate(coding_pass.tags):
        where = f"{path}.tags[{index}]"
        tag_ids[tag.id] += 1
        if tag_ids[tag.id] == 2:  # noqa: PLR2004 the second time is the problem
            yield Problem(f"{where}.id", f'"{tag.id}" is used twice')
        yield from _tag_problems(tag, where, kinds, people)
    yield from _doubles((one.item for one in coding_pass.ratings), f"{path}.ratings", "item")
    items = {item.id: item for item in session.codebook.ratings}
    for index, rating in enumerate(coding_pass.ratings):
        where = f"{path}.ratings[{index}]"
        item = items.get(rating.item)
        if item is None:
            yield Problem(f"{where}.item", f'the codebook has no rating "{rating.item}"')
        elif not item.minimum <= rating.value <= item.maximum:
            span = f"{item.minimum:g} to {item.maximum:g}"
            yield Problem(f"{where}.value", f"{rating.value:g} is not from {span}")


def _tag_problems(
    tag: Tag, path: str, kinds: dict[str, CodeKind], people: set[str]
) -> Iterator[Problem]:
    kind = kinds.get(tag.code)
    if kind is None:
        yield Problem(f"{path}.code", f'the codebook has no code "{tag.code}"')
    elif kind is CodeKind.SPAN and tag.is_instant:
        yield Problem(f"{path}.end", f'"{tag.code}" marks a stretch, but end equals start')
    if tag.participant and tag.participant not in people:
        yield Problem(f"{path}.participant", f'there is no participant "{tag.participant}"')
