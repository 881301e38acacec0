"""`annotator clips`: moments of a session as films to show, as far as consent allows."""

from __future__ import annotations

import csv
import getpass
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator.cli.consent_words import LEVEL
from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.cli.values import MOMENT
from annotator.errors import AnnotatorError
from annotator.jobs.clip_packs import Package, PackWish, make_pack
from annotator.jobs.clips import ClipsWish, MadeClip, PlannedClip, make_clips, plan_clips
from annotator.jobs.progress import Progress
from annotator.media.clips.wishes import Fades, Form, Quality, Size
from annotator.model import Interval, Micros, Session
from annotator.model.clipping import Choice, Room, Stretch, chosen_tags, stretches_of
from annotator.model.export_names import USUAL_TEMPLATE
from annotator.model.participant import ConsentScope, Mask
from annotator.model.time import ZERO, from_clock, to_clock, to_seconds_text
from annotator.storage.recovery import found_on_disk

REFUSED, FAILED = 1, 2
_MASKS = tuple(mask.value for mask in Mask)
_MEGA = 1_000_000


class _Options(TypedDict):
    """What click hands over."""

    session: Path
    codes: tuple[str, ...]
    participants: tuple[str, ...]
    coders: tuple[str, ...]
    search: str
    listed: Path | None
    pad: Micros
    lead: Micros | None
    tail: Micros | None
    apart: bool
    purpose: ConsentScope
    mask: str
    form: str
    quality: str
    most_mb: float | None
    height: int | None
    fade: Micros
    names: str
    override: str | None
    recipient: str
    output: Path
    captions: bool
    pack: Path | None
    title: str
    packages: tuple[str, ...]
    dry: bool
    as_json: bool


@click.command(cls=PlainCommand)
@click.argument("session", type=click.Path(path_type=Path))
@click.option("--code", "codes", multiple=True, help="Tags of this code; may be repeated.")
@click.option("--participant", "participants", multiple=True, help="Tags about this participant.")
@click.option("--coder", "coders", multiple=True, help="Tags of this coder.")
@click.option("--search", default="", help='Tags as the search field finds them: "note:smile".')
@click.option(
    "--list",
    "listed",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Instead of tags: a CSV file with the columns start and end.",
)
@click.option("--pad", type=MOMENT, default=ZERO, metavar="SECONDS", help="Room on both sides.")
@click.option("--lead", type=MOMENT, metavar="SECONDS", help="Room before, instead of --pad.")
@click.option("--tail", type=MOMENT, metavar="SECONDS", help="Room after, instead of --pad.")
@click.option("--apart", is_flag=True, help="Leave clips that overlap as they are.")
@click.option("--purpose", type=LEVEL, required=True, help="For whom the clips are.")
@click.option("--mask", default="", metavar="MASK,…", help=f"Of {', '.join(_MASKS)}.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Form]),
    default=Form.MP4.value,
    show_default=True,
    help="The kind of file.",
)
@click.option(
    "--quality",
    type=click.Choice([quality.value for quality in Quality]),
    default=Quality.GOOD.value,
    show_default=True,
    help="How good picture and sound are.",
)
@click.option("--max-mb", "most_mb", type=click.FloatRange(0.1), help="Most megabytes of a clip.")
@click.option("--height", type=click.IntRange(16), help="Most pixels down.")
@click.option("--fade", type=MOMENT, default=ZERO, metavar="SECONDS", help="Fade of the sound.")
@click.option("--names", default=USUAL_TEMPLATE, show_default=True, help="How files are called.")
@click.option("--override", metavar="REASON", help="Make what is refused; the reason is logged.")
@click.option("--recipient", default="", help="Who gets them; kept in the log at home alone.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="FOLDER",
    help="Where the clips go.",
)
@click.option("--captions/--no-captions", default=True, help="Captions beside each clip.")
@click.option(
    "--pack",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="A pack of the clips too: pages that open in any browser.",
)
@click.option("--title", default="Clips", show_default=True, help="What the pack is called.")
@click.option(
    "--package",
    "packages",
    type=click.Choice([one.value for one in Package]),
    multiple=True,
    help="The pack as such a file beside its folder; may be repeated.",
)
@click.option("--dry-run", "dry", is_flag=True, help="Only tell what would be made or refused.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, times in seconds.")
def clips(**options: Unpack[_Options]) -> int:
    """Cut moments of a session out of its film, to the frame and to the sample.

    No clip holds one frame or one sample from outside its bounds. What those
    present allowed decides: a clip that the purpose is too wide for, whose
    consent has ended, or that crosses an excluded span is refused, with the
    reason. What their consents want masked is masked, beside what --mask
    names. A recording can never be wholly masked: people are known by more
    than face and voice.

    Each clip gets a manifest, captions where something is said, and a line
    in the session's export log (annotator consent log SESSION), so that it
    can be found and called back. Names of files are made of codes and times;
    nothing that is there is written over.

    Examples: annotator clips talk.session.json --code reflection --pad 2
                        --purpose learners --mask faces,voice -o clips
              annotator clips talk.session.json --code silence --pad 3
                        --purpose supervision -o clips --pack lesson --package zip

    Exit code 0 when all was made, 1 when consent refused some, and 2 when
    something could not be made.
    """
    return _run(options)


def _run(options: _Options) -> int:
    path = options["session"]
    found = found_on_disk(path, may_write=False)
    for notice in found.notices:
        click.echo(notice, err=True)
    stretches = _stretches(found.session, options)
    if not stretches:
        raise AnnotatorError("There is nothing to cut.", "Choose other tags, or give --pad.")
    wish = _wish(options)
    packed: tuple[Path, ...] = ()
    planned = plan_clips(found.session, stretches, wish)
    if options["dry"]:
        made = [MadeClip(one, failure=one.refusal) for one in planned]
    else:
        with shown_progress() as watcher:
            made = list(make_clips(found.session, path, planned, wish, watcher))
            packed = _packed(found.session, made, options, watcher)
    made.sort(key=lambda one: one.planned.name)
    if options["as_json"]:
        click.echo(json.dumps([_tree(one) for one in made], indent=2, ensure_ascii=False))
    else:
        _tell(made, dry=options["dry"])
        for written in packed:
            click.echo(f"Wrote {written}")
    if any(one.failure and not one.planned.refusal for one in made):
        return FAILED
    return REFUSED if any(one.planned.refusal for one in made) else 0


def _stretches(session: Session, options: _Options) -> list[Stretch]:
    bounds = session.region
    if options["listed"] is not None:
        return [_bounded(one, bounds) for one in _read_list(options["listed"])]
    choice = Choice(
        frozenset(options["codes"]),
        frozenset(options["participants"]),
        frozenset(options["coders"]),
        search=options["search"],
    )
    known = {code.id for code in session.codebook.codes}
    for code in options["codes"]:
        if code not in known:
            raise AnnotatorError(f'The codebook has no code "{code}".', "See: annotator tags.")
    pad, lead, tail = options["pad"], options["lead"], options["tail"]
    room = Room(pad if lead is None else lead, pad if tail is None else tail, not options["apart"])
    return stretches_of(chosen_tags(session, choice), room, bounds)


def _bounded(span: Interval, bounds: Interval) -> Stretch:
    start, end = max(span.start, bounds.start), min(span.end, bounds.end)
    if start >= end:
        told = f"{to_clock(span.start)} to {to_clock(span.end)} lies outside the region."
        raise AnnotatorError(told, "Give times inside it.")
    return Stretch(Interval(start, end))


def _read_list(path: Path) -> Iterator[Interval]:
    """Read the stretches of a CSV file with the columns start and end."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise AnnotatorError(f"{path} could not be read.", "Give a CSV file in UTF-8.") from error
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        try:
            start, end = from_clock(row["start"]), from_clock(row["end"])
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            told = f"Line {number} of {path.name} has no start and end."
            raise AnnotatorError(told, "Columns are start and end, as 12.48 or 1:23.48.") from error
        if end <= start:
            raise AnnotatorError(f"Line {number} of {path.name} ends before it starts.")
        yield Interval(start, end)


def _wish(options: _Options) -> ClipsWish:
    now = datetime.now(UTC)
    most = options["most_mb"]
    return ClipsWish(
        options["purpose"],
        options["output"],
        who=getpass.getuser(),
        now=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        today=now.astimezone().date(),
        masks=frozenset(_masks(options["mask"])),
        form=Form(options["form"]),
        size=Size(
            Quality(options["quality"]), int(most * _MEGA) if most else None, options["height"]
        ),
        fades=Fades(options["fade"], options["fade"]),
        template=options["names"],
        captions=options["captions"],
        override=options["override"],
        recipient=options["recipient"],
        pack=options["pack"],
    )


def _packed(
    session: Session, made: Sequence[MadeClip], options: _Options, watcher: Progress
) -> tuple[Path, ...]:
    """Make the pack that is wished for, if any clip came of it; gives what was written."""
    folder = options["pack"]
    if folder is None or not any(one.files for one in made):
        return ()
    ordered = sorted(made, key=lambda one: one.planned.name)
    wish = PackWish(
        options["title"],
        options["purpose"],
        datetime.now(UTC).astimezone().date().isoformat(),
        frozenset(Package(one) for one in options["packages"]),
    )
    return make_pack(session, ordered, folder, wish, watcher)


def _masks(text: str) -> Iterator[Mask]:
    for word in filter(None, (part.strip() for part in text.split(","))):
        if word not in _MASKS:
            raise click.UsageError(f'There is no mask "{word}"; masks are {", ".join(_MASKS)}.')
        yield Mask(word)


def _tell(made: Sequence[MadeClip], *, dry: bool) -> None:
    for one in made:
        span = one.planned.stretch.interval
        when = f"{to_clock(span.start)} to {to_clock(span.end)}"
        if one.failure:
            click.echo(f"{when}: {one.failure}", err=True)
        elif dry:
            click.echo(f"{when}: would be {one.planned.name}{_masked(one.planned)}")
        else:
            click.echo(f"Wrote {one.files[0]}{_masked(one.planned)}")


def _masked(one: PlannedClip) -> str:
    masks = ", ".join(sorted(one.masks))
    return f" (masked: {masks})" if masks else ""


def _tree(one: MadeClip) -> dict[str, object]:
    span = one.planned.stretch.interval
    return {
        "start": float(to_seconds_text(span.start)),
        "end": float(to_seconds_text(span.end)),
        "tags": list(one.planned.stretch.tags),
        "name": one.planned.name,
        "masks": sorted(one.planned.masks),
        "refused": one.planned.refusal,
        "failure": one.failure,
        "files": [str(path) for path in one.files],
        "frames": one.result.picture.frames if one.result and one.result.picture else None,
    }
