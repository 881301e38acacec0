"""The measures of agreement: their names, what they mean, and whom to cite for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """A measure of agreement, by the id that tables and commands use."""

    RAW = "raw"
    COHEN = "cohen"
    WEIGHTED = "weighted"
    FLEISS = "fleiss"
    ALPHA_NOMINAL = "alpha-nominal"
    ALPHA_ORDINAL = "alpha-ordinal"
    ALPHA_INTERVAL = "alpha-interval"
    ALPHA_RATIO = "alpha-ratio"
    AC1 = "ac1"
    EASYDIAG = "easydiag"
    TIME_UNIT = "time-unit"
    TIME_UNIT_TOLERANT = "time-unit-tolerant"
    ALIGNMENT = "alignment"
    UNITIZING = "unitizing-alpha"
    GAMMA = "gamma"
    ICC_1_1 = "icc-1-1"
    ICC_A_1 = "icc-a-1"
    ICC_C_1 = "icc-c-1"
    ICC_1_K = "icc-1-k"
    ICC_A_K = "icc-a-k"
    ICC_C_K = "icc-c-k"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a measure is called, what it says in two sentences, and what to cite."""

    name: str
    definition: str
    cite: tuple[str, ...]


_COHEN = "Cohen, J. (1960). Educational and Psychological Measurement, 20, 37-46."
_KRIPPENDORFF = (
    "Hayes, A. F., & Krippendorff, K. (2007). Communication Methods and Measures, 1, 77-89."
)
_SHROUT = "Shrout, P. E., & Fleiss, J. L. (1979). Psychological Bulletin, 86, 420-428."
_MCGRAW = "McGraw, K. O., & Wong, S. P. (1996). Psychological Methods, 1, 30-46."
_BAKEMAN = "Bakeman, R., Quera, V., & Gnisci, A. (2009). Behavior Research Methods, 41, 137-147."
_ALPHA = (
    "One minus the ratio of the disagreement seen to the disagreement expected if the values "
    "were paired by chance. "
)
_ICC_SHARE = "The share of the variance of {one} that lies between what was rated. "


def _alpha(level: str, rule: str) -> Meaning:
    return Meaning(f"Krippendorff's α ({level})", _ALPHA + rule, (_KRIPPENDORFF,))


def _icc(names: str, one: str, rule: str) -> Meaning:
    return Meaning(names, _ICC_SHARE.format(one=one) + rule, (_SHROUT, _MCGRAW))


_SINGLE = "a single coder's ratings"
_MEAN = "the mean of all coders' ratings"
_ONE_WAY = "Each thing rated may have other coders, so their differences count as error."
_ABSOLUTE = "Coders stand for others, and differences between their levels count as error."
_CONSISTENT = "Differences between the coders' levels do not count as error."

_MEANINGS = {
    Measure.RAW: Meaning(
        "Raw agreement",
        "The share of pairs of codings of the same unit that are the same. It is not corrected "
        "for the agreement that chance alone brings.",
        ("Fleiss, J. L. (1971). Psychological Bulletin, 76, 378-382.",),
    ),
    Measure.COHEN: Meaning(
        "Cohen's κ",
        "The agreement of two coders on the same units beyond what their own base rates would "
        "bring by chance, as a share of the most possible. Every confusion weighs the same.",
        (_COHEN,),
    ),
    Measure.WEIGHTED: Meaning(
        "Weighted κ",
        "Cohen's κ for ordered codes, where codes further apart weigh as greater disagreement. "
        "With linear weights that grows with the steps between them, with quadratic ones with "
        "their square.",
        ("Cohen, J. (1968). Psychological Bulletin, 70, 213-220.",),
    ),
    Measure.FLEISS: Meaning(
        "Fleiss' κ",
        "The agreement of pairs of codings of a unit beyond what the base rates of all coders "
        "together would bring by chance. Each unit must have as many codings as any other.",
        ("Fleiss, J. L. (1971). Psychological Bulletin, 76, 378-382.",),
    ),
    Measure.ALPHA_NOMINAL: _alpha(
        "nominal", "Two values are either the same or not, and codings may be missing."
    ),
    Measure.ALPHA_ORDINAL: _alpha(
        "ordinal", "Values differ by how many values lie between them in rank."
    ),
    Measure.ALPHA_INTERVAL: _alpha("interval", "Values differ by the square of their distance."),
    Measure.ALPHA_RATIO: _alpha(
        "ratio", "Values differ by the square of their distance against their sum."
    ),
    Measure.AC1: Meaning(
        "Gwet's AC1",
        "The agreement beyond chance, where chance is how often coders would guess rather than "
        "what their base rates bring. It stays high where one code is very common and κ falls.",
        (
            (
                "Gwet, K. L. (2008). British Journal of Mathematical and Statistical "
                "Psychology, 61, 29-48."
            ),
        ),
    ),
    Measure.EASYDIAG: Meaning(
        "EasyDIAg κ",
        "Tags are paired one to one where they overlap enough, and tags without a partner count "
        "as disagreement. Chance is estimated by iterative proportional fitting, since what "
        "neither coder tagged cannot be counted.",
        ("Holle, H., & Rein, R. (2015). Behavior Research Methods, 47, 837-847.",),
    ),
    Measure.TIME_UNIT: Meaning(
        "Time-unit κ",
        "The region is cut into short units of one length, and Cohen's κ is taken of what each "
        "coder's tags say of each. Long tags weigh more than short ones.",
        (_BAKEMAN,),
    ),
    Measure.TIME_UNIT_TOLERANT: Meaning(
        "Time-unit κ with tolerance",
        "As time-unit κ, but a unit counts as agreed if the other coder has the same code at "
        "most the tolerance earlier or later. Each coder's units are looked up in the other's, "
        "and both tables are added.",
        (_BAKEMAN,),
    ),
    Measure.ALIGNMENT: Meaning(
        "Event-alignment κ",
        "The two sequences of codes are aligned so that the fewest codes are replaced, added or "
        "left out (Needleman-Wunsch, each at cost 1); times are not looked at. Chance is "
        "estimated by iterative proportional fitting, since what both left out is unknown.",
        ("Quera, V., Bakeman, R., & Gnisci, A. (2007). Behavior Research Methods, 39, 39-49.",),
    ),
    Measure.UNITIZING: Meaning(
        "Krippendorff's unitizing α",
        "One minus the ratio of the differences between the coders' stretches, in their starts "
        "and ends, to those expected if the same stretches lay anywhere. It needs no pairing, "
        "and stretches that only one coder has count by the square of their length.",
        ("Krippendorff, K. (2004). Quality & Quantity, 38, 787-800.",),
    ),
    Measure.GAMMA: Meaning(
        "γ",
        "One minus the ratio of the disorder of the best alignment of all coders' stretches to "
        "that of random codings. Place and code are weighed together, and stretches that have no "
        "partner count.",
        (
            (
                "Mathet, Y., Widlöcher, A., & Métivier, J.-P. (2015). Computational Linguistics, "
                "41, 437-479."
            ),
        ),
    ),
    Measure.ICC_1_1: _icc("ICC(1,1) = ICC(1), one-way, single", _SINGLE, _ONE_WAY),
    Measure.ICC_A_1: _icc(
        "ICC(2,1) = ICC(A,1), two-way, absolute agreement, single", _SINGLE, _ABSOLUTE
    ),
    Measure.ICC_C_1: _icc(
        "ICC(3,1) = ICC(C,1), two-way, consistency, single", _SINGLE, _CONSISTENT
    ),
    Measure.ICC_1_K: _icc("ICC(1,k), one-way, average", _MEAN, _ONE_WAY),
    Measure.ICC_A_K: _icc(
        "ICC(2,k) = ICC(A,k), two-way, absolute agreement, average", _MEAN, _ABSOLUTE
    ),
    Measure.ICC_C_K: _icc("ICC(3,k) = ICC(C,k), two-way, consistency, average", _MEAN, _CONSISTENT),
}


def meaning_of(measure: Measure) -> Meaning:
    """Give the words of a measure."""
    return _MEANINGS[measure]
