"""What `annotator clips` can be told, and the wish that comes of it."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TypedDict

import click

from annotator.cli.clips_viewing import view_of
from annotator.cli.clips_wording import words_of
from annotator.cli.consent_words import LEVEL
from annotator.cli.option_groups import Command, with_options
from annotator.cli.values import LENGTH, SeveralOf
from annotator.jobs.clip_pack_keeping import Package
from annotator.jobs.clip_view import ClipView
from annotator.jobs.clip_wishes import ClipsWish
from annotator.jobs.reel_parts import Cards
from annotator.media.clips.composition import Corner, Inset
from annotator.media.clips.wishes import USUAL_STILLS, Fades, Form, Mode, Quality, Size
from annotator.media.face_masks import Fills
from annotator.model import Micros
from annotator.model.export_names import USUAL_TEMPLATE
from annotator.model.participant import ConsentScope, Mask
from annotator.model.sound_plans import NamesAs, SoundWish
from annotator.model.stamps import now, today
from annotator.model.time import ZERO

_MEGA = 1_000_000


REFUSED, FAILED = 1, 2
"""Exit codes."""

ALL_KEPT = "all"
"""What --kept is where nothing is named."""


class ClipsOptions(TypedDict):
    """What click hands over."""

    sessions: tuple[Path, ...]
    codes: tuple[str, ...]
    participants: tuple[str, ...]
    coders: tuple[str, ...]
    search: str
    kept: tuple[str, ...]
    listed: Path | None
    pad: Micros
    lead: Micros | None
    tail: Micros | None
    apart: bool
    purpose: ConsentScope
    mask: frozenset[Mask]
    voices: tuple[str, ...]
    name_words: tuple[str, ...]
    names_as: str
    fill: str | None
    picture_as: str | None
    mask_plans: tuple[Path, ...]
    form: str
    mode: str
    quality: str
    most_mb: float | None
    height: int | None
    stills: int
    fade: Micros
    names: str
    override: str | None
    recipient: str
    output: Path | None
    captions: bool
    burn: tuple[str, ...]
    subtitles: bool
    badge: bool
    watermark: str
    reel: Path | None
    cards: frozenset[Cards]
    card_time: Micros
    pause_time: Micros
    recordings: tuple[str, ...]
    layout: str | None
    corner: str
    share: int
    sounds: tuple[str, ...]
    track: str | None
    pack: Path | None
    title: str
    packages: tuple[str, ...]
    dry: bool
    as_json: bool


def choosing(command: Command) -> Command:
    """Offer what says which moments become clips."""
    return with_options(
        _spacing(command),
        click.option("--code", "codes", multiple=True, help="Tags of this code; may be repeated."),
        click.option(
            "--participant",
            "participants",
            multiple=True,
            help="Tags about this participant; may be repeated.",
        ),
        click.option(
            "--coder", "coders", multiple=True, help="Tags of this coder; may be repeated."
        ),
        click.option(
            "--search", default="", help='Tags as the search field finds them: "note:smile".'
        ),
        click.option(
            "--kept",
            multiple=True,
            is_flag=False,
            flag_value=ALL_KEPT,
            metavar="[CLIP]",
            help="Instead of tags: the clips kept in the session, or one by number or id; may be"
            " repeated.",
        ),
        click.option(
            "--list",
            "listed",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Instead of tags: a CSV file with the columns start and end.",
        ),
    )


def _spacing(command: Command) -> Command:
    """Offer what says how much is shown around tags."""
    return with_options(
        command,
        click.option(
            "--pad", type=LENGTH, default=ZERO, metavar="SECONDS", help="Room on both sides."
        ),
        click.option(
            "--lead", type=LENGTH, metavar="SECONDS", help="Room before, instead of --pad."
        ),
        click.option(
            "--tail", type=LENGTH, metavar="SECONDS", help="Room after, instead of --pad."
        ),
        click.option("--apart", is_flag=True, help="Leave clips that overlap as they are."),
    )


def judging(command: Command) -> Command:
    """Offer what says for whom clips are, and what is masked in them."""
    return with_options(
        command,
        click.option("--purpose", type=LEVEL, required=True, help="For whom the clips are."),
        click.option(
            "--mask",
            type=SeveralOf(Mask, "mask"),
            default="",
            metavar="MASK,…",
            help=f"What is masked beside what consents want: {', '.join(Mask)}.",
        ),
        click.option(
            "--override", metavar="REASON", help="Make what is refused; the reason is logged."
        ),
        click.option(
            "--recipient", default="", help="Who gets them; kept in the log at home alone."
        ),
    )


def cutting(command: Command) -> Command:
    """Offer what says how clips are made."""
    return with_options(
        sizing(command),
        click.option(
            "--format",
            "form",
            type=click.Choice([form.value for form in Form]),
            default=Form.MP4.value,
            show_default=True,
            help="The kind of file; gif is animated, png a sheet of stills.",
        ),
        click.option(
            "--mode",
            type=click.Choice([mode.value for mode in Mode]),
            default=Mode.EXACT.value,
            show_default=True,
            help="Encode each picture anew, or copy all but those at the ends where right.",
        ),
    )


def sizing(command: Command) -> Command:
    """Offer what says how good and how large clips are."""
    return with_options(
        command,
        click.option(
            "--quality",
            type=click.Choice([quality.value for quality in Quality]),
            default=Quality.GOOD.value,
            show_default=True,
            help="How good picture and sound are.",
        ),
        click.option(
            "--max-mb",
            "most_mb",
            type=click.FloatRange(0.1),
            help="Make no clip larger than so many megabytes.",
        ),
        click.option(
            "--height",
            type=click.IntRange(16),
            help="Make no picture higher than so many pixels.",
        ),
        click.option(
            "--stills",
            type=click.IntRange(1, 100),
            default=USUAL_STILLS,
            show_default=True,
            help="How many pictures a sheet of stills has (png).",
        ),
        click.option(
            "--fade",
            type=LENGTH,
            default=ZERO,
            metavar="SECONDS",
            help="How long the sound fades in and out at the ends of a clip.",
        ),
    )


def keeping(command: Command) -> Command:
    """Offer what says where clips go, and what is made of them."""
    return with_options(
        command,
        click.option(
            "--names",
            default=USUAL_TEMPLATE,
            show_default=True,
            metavar="TEMPLATE",
            help="How files are called.",
        ),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path, file_okay=False),
            metavar="FOLDER",
            help="Where the clips go; needed but for a reel alone.",
        ),
        click.option(
            "--pack",
            type=click.Path(path_type=Path),
            metavar="FOLDER",
            help="A pack of the clips too: pages that open in any browser.",
        ),
        click.option(
            "--title", default="Clips", show_default=True, help="What the pack is called."
        ),
        click.option(
            "--package",
            "packages",
            type=click.Choice([one.value for one in Package]),
            multiple=True,
            help="The pack as such a file beside its folder; may be repeated.",
        ),
    )


def wish_of(options: ClipsOptions) -> ClipsWish:
    """Give what is asked of the clips; raises UsageError where that does not go together."""
    folder = _folder(options)
    return ClipsWish(
        options["purpose"],
        folder,
        who=getpass.getuser(),
        now=now(),
        today=today(),
        masks=options["mask"],
        form=Form(options["form"]),
        size=_size(options),
        fades=Fades(options["fade"], options["fade"]),
        template=options["names"],
        captions=options["captions"],
        override=options["override"],
        recipient=options["recipient"],
        pack=options["pack"],
        mode=Mode(options["mode"]),
        view=view_in(options),
        words=words_of(
            options["burn"],
            options["watermark"],
            subtitles=options["subtitles"],
            badge=options["badge"],
        ),
        sound=SoundWish(options["voices"], options["name_words"], NamesAs(options["names_as"])),
        fills=Fills.named(options["fill"], options["picture_as"]),
    )


def view_in(options: ClipsOptions) -> ClipView:
    """Give what is to be seen and heard; raises UsageError where that is no track."""
    return view_of(
        options["recordings"],
        options["layout"],
        Inset(Corner(options["corner"]), options["share"] / 100),
        options["sounds"],
        options["track"],
    )


def _folder(options: ClipsOptions) -> Path:
    """Give where clips go, or else a reel; raises UsageError where that does not go together."""
    _require_packable(options)
    folder, reel = options["output"], options["reel"]
    if folder is not None:
        return folder
    if reel is None or options["pack"] is not None:
        raise click.UsageError("Say with -o where the clips go.")
    return reel.parent


def _require_packable(options: ClipsOptions) -> None:
    form, packages = Form(options["form"]), options["packages"]
    if packages and options["pack"] is None:
        raise click.UsageError("--package makes files of a pack: say with --pack where it goes.")
    if options["pack"] is not None and form in (Form.GIF, Form.SHEET):
        raise click.UsageError("A pack is made of films or of sound, not of GIFs or stills.")
    if Package.H5P in packages and not form.has_picture:
        raise click.UsageError("H5P Interactive Video shows films, and no clips of sound alone.")


def _size(options: ClipsOptions) -> Size:
    most = options["most_mb"]
    return Size(
        Quality(options["quality"]),
        int(most * _MEGA) if most else None,
        options["height"],
        options["stills"],
    )
