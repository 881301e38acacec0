"""What `annotator clips` says of clips, in words and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from annotator.jobs.clip_bare import NOTHING_BARE, BareFace
from annotator.jobs.clip_hindrances import hindrance_of
from annotator.jobs.clip_overrides import is_needed
from annotator.jobs.clip_wishes import ClipsWish, MadeClip, PlannedClip, as_one
from annotator.model import Interval
from annotator.model.disclosure import Permit
from annotator.model.sound_telling import Told
from annotator.model.time import to_clocks, to_seconds_text


def tell(made: Sequence[MadeClip], *, dry: bool, reel: Path | None = None, of: str = "") -> None:
    """Say what became of each clip, or would; `reel` is where they would go without files.

    `of` stands before each time, and says of which session it is where there are several.
    """
    for one in made:
        when = f"{of}{to_clocks(one.planned.stretch.interval)}"
        if one.failure:
            click.echo(f"{when}: {one.failure}", err=True)
        elif dry:
            where = one.planned.name if reel is None else f"in {reel.name}"
            click.echo(f"{when}: would be {where}{_masked(one.planned)}")
            tell_overridden(one.planned.allowed)
        else:
            click.echo(f"Wrote {one.files[0]}{_masked(one.planned)}")
            tell_overridden(one.planned.allowed)
            if one.result is not None and one.result.note:
                click.echo(f"  {one.result.note}")


def tell_overridden(allowed: Permit | None) -> None:
    """Say what speaks against what is made all the same, for a reason that was given."""
    for told in overridden(allowed):
        click.echo(f"  overridden: {told}")


def overridden(allowed: Permit | None) -> list[str]:
    """List what speaks against what is made all the same, for a reason that was given."""
    return [] if allowed is None else [refusal.told for refusal in allowed.refusals]


def _masked(one: PlannedClip) -> str:
    return f" (masked: {one.masked})" if one.masked else ""


def tell_hindered(planned: Sequence[PlannedClip], wish: ClipsWish, of: str = "") -> None:
    """Say of each clip that cannot be made why, before any is; `of` stands before each time."""
    for one in planned:
        if why := hindrance_of(one, wish):
            click.echo(f"{of}{to_clocks(one.stretch.interval)}: {why}", err=True)


def tell_sureness(lines: Sequence[Told]) -> None:
    """Say what was masked in the sound, and how sure that is."""
    for line in lines:
        click.echo(f"  {line.sureness.value}: {line.text}")


def tree(one: MadeClip, wish: ClipsWish) -> dict[str, object]:
    """Give what became of a clip, as JSON tells it."""
    span = one.planned.stretch.interval
    return {
        "start": float(to_seconds_text(span.start)),
        "end": float(to_seconds_text(span.end)),
        "tags": list(one.planned.stretch.tags),
        "name": one.planned.name,
        **masked_tree([one.planned]),
        "refused": one.planned.refusal,
        "overridden": overridden(one.planned.allowed),
        "override_needed": is_needed(wish, one.planned.allowed),
        "failure": one.failure,
        "files": [str(path) for path in one.files],
        "frames": one.result.picture.frames if one.result and one.result.picture else None,
        "copied": float(to_seconds_text(one.result.copied)) if one.result else None,
        "note": one.result.note if one.result else "",
    }


def masked_tree(clips: Sequence[PlannedClip]) -> dict[str, object]:
    """Give what is masked in clips that are masked alike, and what is bare, as JSON tells it."""
    one = as_one(clips) if clips else None
    bare = NOTHING_BARE if one is None else one.bare
    return {
        "masks": [] if one is None else sorted(one.masks),
        "masked": "" if one is None else one.masked,
        "uncovered": [_uncovered(face) for face in bare.faces],
        "uncovered_lost": [_span(span) for span in bare.lost],
        "found_unknown": list(bare.unknown),
    }


def _uncovered(face: BareFace) -> dict[str, object]:
    return {
        "recording": face.recording,
        "participant": face.participant,
        "spans": [_span(span) for span in face.spans],
    }


def _span(span: Interval) -> list[float]:
    return [float(to_seconds_text(span.start)), float(to_seconds_text(span.end))]
