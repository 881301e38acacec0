"""What columns of Datavyu mean: codes with attributes, what was said, or tags of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.storage.interchange.datavyu_table import MATRIX, Cell, Column
from annotator.storage.interchange.drafting import NOTHING
from annotator.storage.interchange.interface import TierFacts, TierUse, Wishes
from annotator.storage.interchange.spending import spent
from annotator.storage.interchange.tiers import Annotation, Tier, use_of

OURS = ("participant", "note", "coder")
"""The last arguments of a column that we have written, before which `CODE` may stand."""

CODE = "code"
SPEECH = ("speaker", "content")

_MOST_CHOICES, _LONGEST_CHOICE = 60, 40


@dataclass(frozen=True, slots=True)
class Taken:
    """The tiers that a column becomes, what is kept of it, and whether it is one of ours."""

    tiers: tuple[Tier, ...]
    kept: Mapping[str, object]
    is_ours: bool = False


def take_column(column: Column, wishes: Wishes) -> Taken:
    """Tell what a column is, by wish or by what stands in it."""
    arguments = tuple(column.arguments)
    is_wished = wishes.tiers is not None or column.name in wishes.tier_uses
    if not is_wished and arguments[-3:] == OURS:
        return Taken(tuple(_ours(column)), {}, is_ours=True)
    if not is_wished and arguments == SPEECH:
        return Taken(tuple(_speech(column)), _kept(column, "", TierUse.TRANSCRIPT))
    if column.type != MATRIX and not arguments:
        tier = Tier(column.name, [_annotation(one, one.values[0]) for one in column.cells])
        return Taken((tier,), _kept(column, "", use_of(tier, wishes)))
    return _matrix(column, wishes)


def _annotation(cell: Cell, value: str, attributes: Mapping[str, str] = NOTHING) -> Annotation:
    return Annotation(cell.start, cell.end, value, cell.line, attributes=attributes)


def _kept(column: Column, note: str, use: TierUse) -> dict[str, object]:
    found: dict[str, object] = {"name": column.name, "type": column.type, "use": use.value}
    if not column.is_visible:
        found["hidden"] = True
    if column.arguments:
        found["arguments"] = list(column.arguments)
    return found | {"note": note} if note else found


def _ours(column: Column) -> Iterator[Tier]:
    """Yield a tier for each code, coder and participant of a column that we have written."""
    count = len(column.arguments)
    has_code = column.arguments[-4:-3] == [CODE]
    names = column.arguments[: count - 3 - has_code]
    tiers: dict[tuple[str, str, str], Tier] = {}
    known: dict[tuple[str, ...], Mapping[str, str]] = {}
    for cell in spent(column.cells):
        values = [*cell.values, *[""] * (count - len(cell.values))][:count]
        participant, note, coder = values[-3:]
        word = (values[-4] if has_code else "") or column.name
        tier = tiers.get((word, coder, participant))
        if tier is None:
            tier = Tier(column.name, [], coder, participant, word, use=TierUse.CODE)
            tiers[word, coder, participant] = tier
        chosen = tuple(values[: len(names)])
        attributes = known.get(chosen)
        if attributes is None:
            attributes = known[chosen] = _named(names, chosen)
        tier.annotations.append(_annotation(cell, note, attributes))
    yield from tiers.values() or [Tier(column.name, use=TierUse.CODE)]


def _named(names: Sequence[str], values: Sequence[str]) -> Mapping[str, str]:
    pairs = zip(names, values, strict=False)
    return {name: bare for name, value in pairs if (bare := value.strip())} or NOTHING


def _speech(column: Column) -> Iterator[Tier]:
    """Yield a tier for each speaker of a column of what was said."""
    tiers: dict[str, Tier] = {}
    for cell in spent(column.cells):
        speaker, text = [*cell.values, "", ""][:2]
        tier = tiers.get(speaker)
        if tier is None:
            tier = Tier(column.name, use=TierUse.TRANSCRIPT, speaker=speaker)
            tiers[speaker] = tier
        tier.annotations.append(_annotation(cell, text))
    yield from tiers.values() or [Tier(column.name, use=TierUse.TRANSCRIPT)]


def _matrix(column: Column, wishes: Wishes) -> Taken:
    """Take a column of several arguments: for a code with attributes, unless somebody says else."""
    count = max([len(column.arguments), *(len(one.values) for one in column.cells)])
    names = _names(column.arguments, count)
    use = wishes.tier_uses.get(column.name) or wishes.tiers or TierUse.CODE
    if use is TierUse.VALUES:
        cells = [
            _annotation(one, [*one.values, ""][0].strip(), _named(names[1:], one.values[1:]))
            for one in column.cells
        ]
        return Taken((Tier(column.name, cells, use=use),), _kept(column, "", use))
    free = [place for place in range(count) if _is_free(column.cells, place)]
    if use is TierUse.TRANSCRIPT:
        free = list(range(count))
    is_bare = use is TierUse.TRANSCRIPT
    coded = {
        values: _coded(values, names, free, is_bare=is_bare)
        for values in dict.fromkeys(one.values for one in column.cells)
    }
    cells = [_annotation(one, *coded[one.values]) for one in column.cells]
    note = names[free[0]] if len(free) == 1 and use is TierUse.CODE else ""
    return Taken((Tier(column.name, cells, use=use),), _kept(column, note, use))


def _names(arguments: Sequence[str], count: int) -> list[str]:
    """Name all values of a column; those beyond its arguments are counted."""
    names: list[str] = []
    for place in range(count):
        name = arguments[place] if place < len(arguments) else ""
        name = name or f"code{place + 1:02d}"
        names.append(f"{name} ({place + 1})" if name in names else name)
    return names


def _is_free(cells: Iterable[Cell], place: int) -> bool:
    """Tell whether a value is free text rather than one of few choices."""
    values = {one.values[place] for one in cells if place < len(one.values)}
    is_long = any(len(one) > _LONGEST_CHOICE or "\n" in one for one in values)
    return is_long or len(values) > _MOST_CHOICES


def _coded(
    values: Sequence[str], names: Sequence[str], free: Sequence[int], *, is_bare: bool
) -> tuple[str, Mapping[str, str]]:
    """Make a note of the free texts in a cell, and attributes of its choices."""
    if not free:
        return "", _named(names, values)
    texts = [(names[place], values[place]) for place in free if place < len(values)]
    if len(free) == 1:
        note = texts[0][1] if texts else ""
    elif is_bare:
        note = " ".join(text for _, text in texts if text.strip())
    else:
        note = "\n".join(f"{name}: {text}" for name, text in texts if text.strip())
    chosen = ["" if place in free else value for place, value in enumerate(values)]
    return note, _named(names, chosen)


def merged(facts: Iterable[TierFacts]) -> tuple[TierFacts, ...]:
    """Put the facts of the tiers of one column together."""
    found: dict[str, TierFacts] = {}
    for one in facts:
        known = found.get(one.name)
        if known is None:
            found[one.name] = one
            continue
        values = tuple(dict.fromkeys([*known.values, *one.values]))[:8]
        found[one.name] = TierFacts(one.name, known.count + one.count, values, known.use)
    return tuple(found.values())
