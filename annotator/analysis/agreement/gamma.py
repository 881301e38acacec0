"""γ (Mathet, Widlöcher & Métivier 2015), computed by a package that not everybody needs."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from annotator.analysis.agreement.doubts import doubts
from annotator.analysis.agreement.measures import Measure
from annotator.analysis.agreement.result import Agreement
from annotator.analysis.counting import counted_in
from annotator.model.coding import CodingPass, Tag
from annotator.model.session import Session
from annotator.model.time import SECOND, Interval

ALPHA, BETA, EMPTY = 3, 1, 1.0
SAMPLES = 30
MISSING = (
    "the package for it is not installed (pip install 'annotator[gamma]' brings it; it is large, "
    "and slow with thousands of tags)"
)
INSTANTS_ALONE = "γ needs stretches from both coders, and instants have no length"


def gamma(session: Session, passes: Sequence[CodingPass], seed: int = 1) -> Agreement:
    """Compute γ of the stretches of two or more passes, with α = 3, β = 1 and Δ∅ = 1.

    Chance is estimated from 30 random codings. Without the optional package it says so.
    """
    coders = tuple(one.coder for one in passes)
    tags = [[tag for tag in session.counted(one.tags) if tag.is_named] for one in passes]
    stretches = [[tag for tag in own if not tag.is_instant] for own in tags]
    number = sum(map(len, stretches))
    told = (
        f"α = {ALPHA}, β = {BETA}, Δ∅ = {EMPTY:g}",
        f"chance from {SAMPLES} random codings, seed {seed}",
    )
    if find_spec("pygamma_agreement") is None:
        return Agreement(Measure.GAMMA, None, number, coders, MISSING, settings=told)
    if not all(stretches):
        return Agreement(Measure.GAMMA, None, number, coders, INSTANTS_ALONE, settings=told)
    value = _computed(session, coders, stretches, seed)
    warnings = list(doubts(number, (), None, "stretches"))
    left = sum(map(len, tags)) - number
    if left:
        warnings.append(f"{left} instants were left out: they have no length.")
    return Agreement(Measure.GAMMA, value, number, coders, settings=told, warnings=tuple(warnings))


def _computed(
    session: Session, coders: Sequence[str], stretches: Sequence[Sequence[Tag]], seed: int
) -> float:
    package, core = import_module("pygamma_agreement"), import_module("pyannote.core")
    counted = counted_in(session)
    continuum = package.Continuum()
    for number, (coder, own) in enumerate(zip(coders, stretches, strict=True)):
        for tag in own:
            inside = Interval(counted.until(tag.start), counted.until(tag.end))
            if inside.length:
                segment = core.Segment(inside.start / SECOND, inside.end / SECOND)
                continuum.add(f"{number} {coder}", segment, tag.code)
    distance = package.CombinedCategoricalDissimilarity(alpha=ALPHA, beta=BETA, delta_empty=EMPTY)
    np.random.seed(seed)  # noqa: NPY002 the package draws from numpy's old generator
    logging.disable(logging.WARNING)  # which solver it found is nothing to its reader
    try:
        return float(continuum.compute_gamma(distance, n_samples=SAMPLES).gamma)
    finally:
        logging.disable(logging.NOTSET)
