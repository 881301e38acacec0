"""Which words `annotator clips` writes on pictures, and which go along as subtitles."""

from __future__ import annotations

import click

from annotator.cli.option_groups import Command, with_options
from annotator.jobs.clip_words import WordsWish

CAPTIONS = "captions"


def wording(command: Command) -> Command:
    """Offer what says which words are seen in clips."""
    return with_options(
        command,
        click.option("--captions/--no-captions", default=True, help="Captions beside each clip."),
        click.option(
            "--burn",
            type=click.Choice([CAPTIONS]),
            multiple=True,
            help="Write captions on the picture, where all see them; roles stand for names.",
        ),
        click.option(
            "--subtitles",
            is_flag=True,
            help="Captions in an MP4 file too, which players show or not.",
        ),
        click.option(
            "--badge", is_flag=True, help="Name the tags of a clip on the picture while they last."
        ),
        click.option(
            "--watermark", default="", metavar="TEXT", help="A text on every picture, in a corner."
        ),
    )


def words_of(burn: tuple[str, ...], watermark: str, *, subtitles: bool, badge: bool) -> WordsWish:
    """Give which words are asked for."""
    return WordsWish(CAPTIONS in burn, subtitles, badge, watermark)
