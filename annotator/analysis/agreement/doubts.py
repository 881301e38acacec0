"""Says where a measure of agreement means little: rare codes, few units, one code in plenty."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.analysis.agreement.result import NO_TAG, BaseRate

FEW_UNITS = 30
RARE = 0.05
PLENTY = 0.8
LOW_MAXIMUM = 0.8
MOST_NAMED = 8


def doubts(
    units: float, rates: Sequence[BaseRate], maximum: float | None = None, what: str = "units"
) -> tuple[str, ...]:
    """Word the doubts about a coefficient, in order: units, rare codes, common ones, margins."""
    found: list[str] = []
    if units < FEW_UNITS:
        found.append(f"Only {units:g} {what} were compared; the number may change much with more.")
    rare = [one.code for one in rates if one.code != NO_TAG and min(one.shares) < RARE]
    if rare:
        found.append(
            f"Rare (under {RARE:.0%} with a coder): {_some(rare)}. "
            "Few tags decide what is said about these."
        )
    common = [one.code for one in rates if min(one.shares) > PLENTY]
    if common:
        name = common[0] or "no tag"
        found.append(
            f'Over {PLENTY:.0%} is "{name}" with every coder; κ is then low even where coders '
            "mostly agree, so give raw agreement with it."
        )
    if maximum is not None and maximum < LOW_MAXIMUM:
        found.append(
            f"The coders use the codes unequally often, so that at most {maximum:.2f} could be "
            "reached."
        )
    return tuple(found)


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    named = ", ".join(names[:MOST_NAMED])
    return f"{named} and {more} more" if more > 0 else named
