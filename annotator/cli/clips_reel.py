"""What `annotator clips` can be told of a reel, and what it says of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from annotator.cli.option_groups import Command, with_options
from annotator.cli.values import MOMENT
from annotator.jobs.clip_wishes import PlannedClip
from annotator.jobs.reel_parts import Cards, CardTimes
from annotator.jobs.reels import MadeReel, ReelAsk
from annotator.model import Micros
from annotator.model.time import to_clock

_CARDS = tuple(one.value for one in Cards)
_NO_CARDS = "none"
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
            default=",".join(_CARDS),
            show_default=True,
            metavar="CARD,…",
            help="What the reel shows around its clips, or none.",
        ),
        click.option(
            "--card-time",
            type=MOMENT,
            default=_USUAL.card,
            metavar="SECONDS",
            help="How long a card is shown at least; 4 if not told.",
        ),
        click.option(
            "--pause-time",
            type=MOMENT,
            default=_USUAL.pause,
            metavar="SECONDS",
            help="How long the picture stands at a pause; 10 if not told.",
        ),
    )


def reel_of(
    place: Path | None, cards: str, card_time: Micros, pause_time: Micros
) -> ReelAsk | None:
    """Give which reel is asked for; raises UsageError where there is no such card."""
    if place is None:
        return None
    return ReelAsk(place, frozenset(_cards(cards)), CardTimes(card_time, pause_time))


def _cards(text: str) -> Iterator[Cards]:
    for word in filter(None, (part.strip() for part in text.split(","))):
        if word == _NO_CARDS:
            continue
        if word not in _CARDS:
            told = f'There is no card "{word}"; cards are {", ".join(_CARDS)}, or none.'
            raise click.UsageError(told)
        yield Cards(word)


def tell_reel(reel: MadeReel, *, dry: bool = False) -> None:
    """Say what became of a reel, or would, and what is not in it."""
    _tell_left_out(reel.left_out)
    for sentence in filter(None, (reel.refused, reel.failure)):
        told = "would not be" if dry else "was not"
        click.echo(f"The reel {told} made. {sentence}", err=True)
    if reel.files:
        masks = ", ".join(sorted(reel.clips[0].masks))
        count = len(reel.clips)
        told = "1 clip" if count == 1 else f"{count} clips"
        click.echo(f"Wrote {reel.files[0]}: {told}{f' (masked: {masks})' if masks else ''}")


def _tell_left_out(clips: Sequence[PlannedClip]) -> None:
    for one in clips:
        span = one.stretch.interval
        if one.refusal:
            when = f"{to_clock(span.start)} to {to_clock(span.end)}"
            click.echo(f"Not in the reel: {when}: {one.refusal}", err=True)


def reel_tree(reel: MadeReel) -> dict[str, object]:
    """Give what became of a reel, as JSON tells it."""
    return {
        "clips": [one.name for one in reel.clips],
        "left_out": [one.name for one in reel.left_out],
        "refused": reel.refused,
        "failure": reel.failure,
        "files": [str(path) for path in reel.files],
        "frames": reel.result.picture.frames if reel.result and reel.result.picture else None,
    }
