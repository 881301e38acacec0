"""`annotator talk`: who speaks when, how long, and how soon after the other."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator.cli.numbers import SOURCES, sources_found, told, with_outputs
from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.cli.values import MOMENT
from annotator.jobs.results import TalkWish, talked
from annotator.model import Micros
from annotator.storage.study import gathered


class _Options(TypedDict):
    """What click hands over."""

    sources: tuple[Path, ...]
    codes: str
    coder: str
    from_sound: bool
    voices: str
    silence: Micros | None
    back_channel: Micros
    as_json_text: bool
    as_csv_text: bool
    output: Path | None


@click.command(cls=PlainCommand)
@SOURCES
@click.option(
    "--codes",
    default="",
    metavar="CODE,…",
    help="Stretches tagged so are speech, of whom they are about.  [default: the transcript]",
)
@click.option("--coder", default="", help="With --codes: in whose pass.")
@click.option(
    "--sound", "from_sound", is_flag=True, help="Listen: each person has a track or channel."
)
@click.option(
    "--voices",
    default="",
    metavar="A,B",
    help="With --sound: who is on the two, such as therapist,client.",
)
@click.option(
    "--silence",
    type=MOMENT,
    metavar="SECONDS",
    help="The shortest silence.  [default: what the codebook says, or 3.0]",
)
@click.option(
    "--back-channel",
    type=MOMENT,
    default="0",
    metavar="SECONDS",
    help="Speech up to so long takes no turn and ends no silence.  [default: 0, no such rule]",
)
@with_outputs
def talk(**options: Unpack[_Options]) -> int:
    """Measure who speaks when: talk time, shares, turns, silences, latencies.

    Speech is known from the transcript's cues, with --codes from tagged
    stretches, or with --sound from what is heard on each person's track. The
    rules by which turns and silences are told stand below the tables; they
    belong in the paper.

    Example: annotator talk talk.session.json --back-channel 1
             annotator talk talk.session.json --codes therapist_talk,client_talk

    Exit code 0, or 2 where no session says who speaks when.
    """
    codes = tuple(one.strip() for one in options["codes"].split(",") if one.strip())
    if options["silence"] is not None and options["silence"] <= 0:
        raise click.UsageError("Give --silence more than 0 seconds.")
    if options["back_channel"] < 0:
        raise click.UsageError("Give --back-channel 0 seconds or more.")
    voices = tuple(one.strip() for one in options["voices"].split(",") if one.strip())
    if len(voices) not in {0, 2} or len(set(voices)) < len(voices):
        raise click.UsageError("Give --voices two names, such as therapist,client.")
    wish = TalkWish(
        codes,
        options["coder"],
        options["silence"],
        options["back_channel"],
        options["from_sound"],
        voices,
    )
    with shown_progress() as watcher:
        results = talked(gathered(sources_found(options["sources"])), wish, watcher)
    return told(
        results,
        results.tables[:2],
        as_json_text=options["as_json_text"],
        as_csv_text=options["as_csv_text"],
        output=options["output"],
    )
