"""What `annotator clips` can be told of masking voices and names, and the wish that comes of it."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.option_groups import Command, with_options
from annotator.media.face_masks import Fill, WholeFill
from annotator.model.sound_plans import NamesAs

FILL_OPTIONS = (
    click.option(
        "--fill",
        type=click.Choice([one.value for one in Fill]),
        help="What faces are covered with.  [default: solid, or as in the plan]",
    ),
    click.option(
        "--picture-as",
        type=click.Choice([one.value for one in WholeFill]),
        help="What becomes of whole pictures.  [default: blur, or as in the plan]",
    ),
)


def masking(command: Command) -> Command:
    """Offer what says whose voice is disguised, and which words are names."""
    return with_options(
        command,
        click.option(
            "--voice-of",
            "voices",
            multiple=True,
            metavar="PARTICIPANT",
            help="Disguise only this voice, where it is told who speaks; may be repeated.",
        ),
        click.option(
            "--name-word",
            "name_words",
            multiple=True,
            metavar="WORD",
            help="A name, wherever the transcript has it; may be repeated.",
        ),
        click.option(
            "--names-as",
            type=click.Choice([one.value for one in NamesAs]),
            default=NamesAs.BEEP.value,
            show_default=True,
            help="What is heard in place of names.",
        ),
        *FILL_OPTIONS,
        click.option(
            "--mask-plan",
            "mask_plans",
            type=click.Path(path_type=Path, dir_okay=False),
            multiple=True,
            metavar="FILE",
            help="Masks of faces that were looked at (annotator mask FILM --plan-out FILE); may be"
            " repeated.",
        ),
    )
