"""The scores of a codebook for one coding pass, by their formulas over counts and ratings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from annotator.model.codebook import Band, Score
from annotator.model.coding import CodingPass
from annotator.model.formula import FormulaError, evaluate, undefined_because
from annotator.model.session import Session


@dataclass(frozen=True, slots=True)
class Scored:
    """A score with its value; None where it is not defined, and `why_not` then says why."""

    score: Score
    value: float | None
    band: Band | None = None
    why_not: str = ""


def values_of(session: Session, coding_pass: CodingPass | None) -> dict[str, float]:
    """Give what formulas are computed from: tags that count by code, and ratings, by their ids.

    A code that was not used counts 0; a rating that was not given is not there.
    """
    values = {code.id: 0.0 for code in session.codebook.codes}
    if coding_pass is None:
        return values
    counts = Counter(tag.code for tag in session.counted(coding_pass.tags))
    values.update({code_id: float(count) for code_id, count in counts.items()})
    values.update({rating.item: rating.value for rating in coding_pass.ratings})
    return values


def scores_of(session: Session, coding_pass: CodingPass | None) -> tuple[Scored, ...]:
    """Compute every score of the codebook, in its order."""
    values = values_of(session, coding_pass)
    return tuple(_scored(score, values) for score in session.codebook.scores)


def _scored(score: Score, values: dict[str, float]) -> Scored:
    try:
        value = evaluate(score.formula, values)
        why_not = undefined_because(score.formula, values)
    except FormulaError as error:
        return Scored(score, None, None, str(error))
    return Scored(score, value, score.band_of(value), why_not)
