"""Compares two coding passes of one session: what they agree on, and each place they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from annotator.analysis.pairing import Pairs, paired
from annotator.model.codebook import Codebook
from annotator.model.coding import CodingPass, Tag, tag_order
from annotator.model.comparison import Comparison, Difference, DifferenceKind
from annotator.model.matching import USUAL_MATCHING, Matching
from annotator.model.session import Session

TagPair = tuple[Tag, Tag]


def compare(
    session: Session,
    first: CodingPass,
    second: CodingPass,
    matching: Matching = USUAL_MATCHING,
) -> Comparison:
    """Set two passes against each other.

    Tags are paired one to one: first those of the same code, as many as can be, then of what is
    left those of different codes. Comparing the other way round gives the same pairs.
    """
    one, other = session.counted(first.tags), session.counted(second.tags)
    is_turned = _order(other) < _order(one)
    if is_turned:
        one, other = other, one
    pairs = _all_pairs(one, other, matching, session.codebook)
    matched = [(one[a], other[b]) for a, b in pairs.items()]
    left, right = _unpaired(one, set(pairs)), _unpaired(other, set(pairs.values()))
    if is_turned:
        matched = [(tag, partner) for partner, tag in matched]
        left, right = right, left
    matched.sort(key=lambda pair: (tag_order(pair[0]), tag_order(pair[1])))
    return _told(first.id, second.id, matching, matched, left, right)


def _order(tags: Sequence[Tag]) -> list[tuple[int, int, str]]:
    return [tag_order(tag) for tag in tags]


def _unpaired(tags: Sequence[Tag], taken: set[int]) -> list[Tag]:
    return [tag for index, tag in enumerate(tags) if index not in taken]


def _all_pairs(
    one: Sequence[Tag], other: Sequence[Tag], matching: Matching, book: Codebook
) -> Pairs:
    pairs: Pairs = {}
    mine, theirs = _by_code(one), _by_code(other)
    for code in sorted(mine.keys() & theirs.keys()):
        of_code = [one[index] for index in mine[code]], [other[index] for index in theirs[code]]
        found = paired(*of_code, matching, _fit, same_code=True)
        pairs |= {mine[code][a]: theirs[code][b] for a, b in found.items()}
    taken = set(pairs.values())
    free = [index for index in range(len(one)) if index not in pairs]
    left = [index for index in range(len(other)) if index not in taken]
    unpaired = [one[index] for index in free], [other[index] for index in left]
    fit = _fit_across({code.id: code.group for code in book.codes})
    found = paired(*unpaired, matching, fit, same_code=False)
    return pairs | {free[a]: left[b] for a, b in found.items()}


def _by_code(tags: Sequence[Tag]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, tag in enumerate(tags):
        found[tag.code].append(index)
    return found


def _fit(first: Tag, second: Tag) -> tuple[int, ...]:
    return (_differs_in_detail(first, second), _distance(first, second))


def _fit_across(groups: Mapping[str, str]) -> Callable[[Tag, Tag], tuple[int, ...] | None]:
    def fit(first: Tag, second: Tag) -> tuple[int, ...] | None:
        if first.participant and second.participant and first.participant != second.participant:
            return None  # what one person does is no other name for what another does
        apart = groups.get(first.code) != groups.get(second.code)
        return (apart, _distance(first, second))

    return fit


def _distance(first: Tag, second: Tag) -> int:
    return abs(first.start - second.start) + abs(first.end - second.end)


def _differs_in_detail(first: Tag, second: Tag) -> bool:
    return (first.participant, first.attributes) != (second.participant, second.attributes)


def _told(
    first_id: str,
    second_id: str,
    matching: Matching,
    matched: Sequence[TagPair],
    left: Sequence[Tag],
    right: Sequence[Tag],
) -> Comparison:
    agreed: list[TagPair] = []
    differences = [Difference(DifferenceKind.ONLY_FIRST, tag, None) for tag in left]
    differences += [Difference(DifferenceKind.ONLY_SECOND, None, tag) for tag in right]
    for one, other in matched:
        kind = _kind(one, other, matching)
        if kind is None:
            agreed.append((one, other))
        else:
            differences.append(Difference(kind, one, other))
    differences.sort(key=_place)
    return Comparison(first_id, second_id, matching, tuple(agreed), tuple(differences))


def _kind(one: Tag, other: Tag, matching: Matching) -> DifferenceKind | None:
    if one.code != other.code:
        return DifferenceKind.OTHER_CODE
    apart = max(abs(one.start - other.start), abs(one.end - other.end))
    if apart > matching.tolerance or one.is_instant != other.is_instant:
        return DifferenceKind.BOUNDARY
    if matching.details and _differs_in_detail(one, other):
        return DifferenceKind.DETAIL
    return None


def _place(difference: Difference) -> tuple[int, int, str, tuple[str, ...]]:
    interval = difference.interval
    return (interval.start, interval.end, difference.kind.value, difference.sources)
