"""What `annotator clips` can be told of a reel, and what it says of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from annotator.cli.clips_telling import masked_tree, overridden, tell_overridden
from annotator.cli.option_groups import Command, with_options
from annotator.cli.values import LENGTH, SeveralOf
from annotator.jobs.clip_overrides import is_needed
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip, as_one
from annotator.jobs.reel_parts import Cards, CardTimes
from annotator.jobs.reels import MadeReel, ReelAsk
from annotator.model import Micros
from annotator.model.counts import counted
from annotator.model.time import to_clocks

_USUAL = CardTimes()


def reeling(command: Command) -> Command:
    """Offer what says whether clips are joined, and what stands between them."""
    return with_options(
        command,
        click.option(
            "--reel",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="All clips in one film too: an .mp4 or .webm file. Without -o, that alone.",
        ),
        click.option(
            "--cards",
            type=SeveralOf(Cards, "card", nothing="none"),
            default=",".join(Cards),
            show_default=True,
            metavar="CARD,…",
            help="What the reel shows around its clips, or none.",
        ),
        click.option(
            "--card-time",
            type=LENGTH,
            default=_USUAL.card,
            metavar="SECONDS",
            help="How long a card is shown at least.  [default: 4]",
        ),
        click.option(
            "--pause-time",
            type=LENGTH,
            default=_USUAL.pause,
            metavar="SECONDS",
            help="How long the picture stands at a pause.  [default: 10]",
        ),
    )


def reel_of(
    place: Path | None, cards: frozenset[Cards], card_time: Micros, pause_time: Micros
) -> ReelAsk | None:
    """Give which reel is asked for; None where none is."""
    return None if place is None else ReelAsk(place, cards, CardTimes(card_time, pause_time))


def tell_reel(reel: MadeReel, *, dry: bool = False) -> None:
    """Say what became of a reel, or would, and what is not in it."""
    _tell_left_out(reel.left_out)
    for sentence in filter(None, (reel.refused, reel.failure)):
        told = "would not be" if dry else "was not"
        click.echo(f"The reel {told} made. {sentence}", err=True)
    if reel.files:
        masks, told = as_one(reel.clips).masked, counted(len(reel.clips), "clip")
        click.echo(f"Wrote {reel.files[0]}: {told}{f' (masked: {masks})' if masks else ''}")
        tell_overridden(reel.allowed)


def _tell_left_out(clips: Sequence[PlannedClip]) -> None:
    for one in clips:
        if one.refusal:
            when = to_clocks(one.stretch.interval)
            click.echo(f"Not in the reel: {when}: {one.refusal}", err=True)


def reel_tree(reel: MadeReel, wish: ClipsWish) -> dict[str, object]:
    """Give what became of a reel, as JSON tells it."""
    return {
        "clips": [one.name for one in reel.clips],
        "left_out": [one.name for one in reel.left_out],
        **masked_tree(reel.clips),
        "refused": reel.refused,
        "overridden": overridden(reel.allowed),
        "override_needed": is_needed(wish, reel.allowed),
        "failure": reel.failure,
        "files": [str(path) for path in reel.files],
        "frames": reel.result.picture.frames if reel.result and reel.result.picture else None,
    }
