"""Which words lie over a clip or go along in it: captions, subtitles, tag names, a watermark."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise

from annotator.errors import AnnotatorError
from annotator.media.clips.subtitles import Subtitle
from annotator.media.clips.wishes import Form
from annotator.media.lettering.letters import runs_right_to_left, tidied
from annotator.media.lettering.words import Look, Overlay, Words
from annotator.model import ZERO, Interval, Micros, Session
from annotator.model.captions import Caption, CaptionWish, captions_of
from annotator.model.clipping import Stretch
from annotator.model.coding import Tag
from annotator.model.sound_masks import NamesWish
from annotator.model.spans import shared
from annotator.model.time import SECOND

_MOMENT = Micros(2 * SECOND)
"""A tag without length is named for so long."""

_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class WordsWish:
    """Which words are burned into the pictures, and whether subtitles go along in the file.

    `badges` names the tags that a clip is cut for while they last. `watermark` stands on every
    picture, empty for none.
    """

    burned: bool = False
    subtitles: bool = False
    badges: bool = False
    watermark: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether anything is drawn on the pictures."""
        return self.burned or self.badges or bool(self.watermark)


NO_WORDS = WordsWish()
USUAL_NAMES = NamesWish()
"""Tags tell what is a name."""


def require_words(
    session: Session, stretches: Sequence[Stretch], words: WordsWish, form: Form
) -> None:
    """See to it before anything is written that the words can be shown.

    Raises AnnotatorError where the form has no picture or holds no subtitles, and UndrawableError
    where no font has the letters or a text is too long.
    """
    if words.is_drawn and not form.has_picture:
        told = f"Nothing can be written on the picture of a .{form} file, which has none."
        raise AnnotatorError(told, "Choose MP4 or WebM, or leave the words out.")
    if words.subtitles and not form.has_subtitles:
        told = f"A .{form} file cannot hold subtitles."
        raise AnnotatorError(told, "Choose MP4, or leave the subtitles out.")
    if words.is_drawn:
        require_drawable(
            one.text for stretch in stretches for one in overlay_of(session, stretch, words).words
        )


def require_drawable(texts: Iterable[str]) -> None:
    """See to it that a font has all letters of tidied texts; raises UndrawableError."""
    import_module("annotator.media.lettering.fonts").require_drawable(texts)  # loads what draws


def texts_of(session: Session, stretches: Sequence[Stretch], words: WordsWish) -> Iterator[str]:
    """Yield what is written by choice and could tell a name: the watermark and names of codes."""
    if words.watermark:
        yield words.watermark
    if words.badges:
        for stretch in stretches:
            yield from names_of(session, stretch.tags)


def pack_texts(session: Session, stretches: Iterable[Stretch]) -> Iterator[str]:
    """Yield what a pack says of clips by choice: texts of kept ones, and names of codes."""
    for one in stretches:
        yield from one.clip.texts if one.clip is not None else ()
        yield from names_of(session, one.tags)


def names_of(session: Session, tags: Collection[str]) -> tuple[str, ...]:
    """Give what the codes of tags are called, each once, in the order of the tags."""
    return tuple(dict.fromkeys(name for _, name in _named(session, tags)))


def overlay_of(
    session: Session, stretch: Stretch, words: WordsWish, names: NamesWish = USUAL_NAMES
) -> Overlay:
    """Give what lies over a clip, counted from its first frame; `names` are not written.

    Raises UndrawableError where a text is longer than a picture can hold.
    """
    found: list[Words] = []
    if words.burned:
        spoken = captions_in(session, stretch.interval, names)
        found += (Words(said(one), Look.CAPTION, one.start, one.end) for one in spoken)
    if words.badges:
        found += _badges(_named(session, stretch.tags), stretch.interval)
    mark = tidied(words.watermark)
    if mark:
        found.append(Words(mark, Look.WATERMARK, ZERO, stretch.interval.length))
    return Overlay(tuple(one for one in found if one.text))


def subtitles_of(
    session: Session,
    span: Interval,
    words: WordsWish,
    form: Form,
    names: NamesWish = USUAL_NAMES,
) -> tuple[Subtitle, ...]:
    """Give the subtitles that go along in a clip's file, counted from its first frame."""
    if not (words.subtitles and form.has_subtitles):
        return ()
    found = captions_in(session, span, names)
    return tuple(Subtitle(one.start, one.end, said(one)) for one in found)


def captions_in(
    session: Session, span: Interval, names: NamesWish = USUAL_NAMES
) -> tuple[Caption, ...]:
    """Give the captions of a stretch, from its start on, with roles for names."""
    transcript = session.transcripts[-1] if session.transcripts else None
    return captions_of(session, span, transcript, CaptionWish(names))


def said(caption: Caption) -> str:
    """Write a caption with who says it.

    A role before words that run from right to left has its own line, else it would turn them.
    """
    text = tidied(caption.text)
    if not caption.speaker:
        return text
    between = "\n" if runs_right_to_left(text) else " "
    return tidied(f"{caption.speaker}:{between}{text}")


def _named(session: Session, wanted: Collection[str]) -> list[tuple[Tag, str]]:
    names = {code.id: code.name for code in session.codebook.codes}
    tags = [tag for one in session.passes for tag in one.tags if tag.id in wanted]
    tags.sort(key=lambda tag: (tag.start, tag.id))
    return [(tag, " ".join(tidied(names.get(tag.code, tag.code)).split())) for tag in tags]


def _badges(named: Sequence[tuple[Tag, str]], span: Interval) -> Iterator[Words]:
    """Yield the names of tags while they last; those that last at once stand beside each other."""
    lasting = [(one, name) for tag, name in named for one in _lasting(tag, span)]
    ends = sorted({at for one, _ in lasting for at in (one.start, one.end)})
    for start, end in pairwise(ends):
        names = [name for one, name in lasting if one.start <= start < one.end and name]
        if names:
            begin, stop = Micros(start - span.start), Micros(end - span.start)
            yield Words(_listed(list(dict.fromkeys(names))), Look.BADGE, begin, stop)


def _lasting(tag: Tag, span: Interval) -> tuple[Interval, ...]:
    """Give when a tag is named, inside a clip; nothing where it is not."""
    end = tag.end if tag.end > tag.start else tag.start + _MOMENT
    return shared([Interval(tag.start, Micros(end))], [span])


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return " · ".join([*names[:_MOST_NAMES], *([f"+{more}"] if more > 0 else [])])
