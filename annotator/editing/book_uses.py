"""How much a session uses of its codebook, to be told before anything of it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from annotator.model.formula import FormulaError, names_in
from annotator.model.session import Session


@dataclass(frozen=True, slots=True)
class Uses:
    """How many tags or answers there are, how many of them mark a moment, and whose they are."""

    count: int = 0
    instants: int = 0
    coders: tuple[str, ...] = ()


def code_uses(session: Session) -> Mapping[str, Uses]:
    """Count the tags of each code of the book over all passes, by code id."""
    counts: Counter[str] = Counter()
    instants: Counter[str] = Counter()
    coders: dict[str, dict[str, None]] = {}
    for one in session.passes:
        for tag in one.tags:
            counts[tag.code] += 1
            instants[tag.code] += tag.start == tag.end
            coders.setdefault(tag.code, {})[one.coder] = None
    ids = dict.fromkeys((*(code.id for code in session.codebook.codes), *counts))
    return {one: Uses(counts[one], instants[one], tuple(coders.get(one, ()))) for one in ids}


def uses_of_code(session: Session, code_id: str) -> Uses:
    """Count the tags of one code over all passes."""
    return code_uses(session).get(code_id, Uses())


def uses_of_rating(session: Session, item_id: str) -> Uses:
    """Count the answers to one rating over all passes."""
    coders = [
        one.coder for one in session.passes for answer in one.ratings if answer.item == item_id
    ]
    return Uses(len(coders), 0, tuple(dict.fromkeys(coders)))


def uses_of_attribute(
    session: Session, code_id: str, attribute_id: str, choice_id: str = ""
) -> Uses:
    """Count the tags of a code that carry an attribute, or just one choice of it."""
    found = [
        (tag, one.coder)
        for one in session.passes
        for tag in one.tags
        if tag.code == code_id and _carries(tag.attributes, attribute_id, choice_id)
    ]
    instants = sum(1 for tag, _ in found if tag.is_instant)
    return Uses(len(found), instants, tuple(dict.fromkeys(coder for _, coder in found)))


def _carries(values: Mapping[str, str], attribute_id: str, choice_id: str) -> bool:
    if attribute_id not in values:
        return False
    return not choice_id or values[attribute_id] == choice_id


def scores_naming(session: Session, one: str) -> tuple[str, ...]:
    """Name the scores whose formula names a code or rating, in the book's order."""
    scores = session.codebook.scores
    return tuple(score.name for score in scores if one in _names(score.formula))


def _names(formula: str) -> set[str]:
    try:
        return names_in(formula)
    except FormulaError:
        return set()
