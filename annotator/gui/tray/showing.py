"""Keeps the page of the tray true to the session, and what is chosen on it through all changes."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from annotator.editing import visible_clips
from annotator.gui.document import Document
from annotator.gui.passing import Passing
from annotator.gui.player.words import grouped
from annotator.gui.tray.consent import ClipConsents
from annotator.gui.tray.delegate import PICTURE_HEIGHT
from annotator.gui.tray.ends import PICTURE, EndShown
from annotator.gui.tray.page import TrayPage
from annotator.gui.tray.pictures import ClipPictures, Ends
from annotator.gui.tray.words import region_words, total_words
from annotator.jobs.opening import film_of
from annotator.model.change import Change, FieldChange, Member, MemberChange
from annotator.model.clip import Clip
from annotator.model.clipping import cut_of
from annotator.model.time import Interval, Micros, to_clock


class TrayShowing(QObject):
    """Shows the clips that the coder may see, the chosen one in full."""

    changed = pyqtSignal()  # other clips, or others chosen

    def __init__(
        self,
        page: TrayPage,
        passing: Passing,
        pictures: ClipPictures,
        consents: ClipConsents,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page, self._passing = page, passing
        self._pictures, self._consents = pictures, consents
        self._document: Document | None = None
        self._film = ""
        page.view.chosen_changed.connect(self._show_chosen)
        pictures.made.connect(self.show_pictures)
        pictures.changed.connect(self.show_pictures)
        pictures.changed.connect(self._judge)
        consents.judged.connect(self._show_troubles)
        passing.seen_changed.connect(self.show_clips)

    @property
    def clips(self) -> tuple[Clip, ...]:
        """The clips that are shown."""
        return self._page.model.clips

    @property
    def chosen(self) -> tuple[Clip, ...]:
        """The clips that are chosen, in order."""
        shown = self._page.model.clips
        return tuple(shown[row] for row in self._page.view.rows if row < len(shown))

    @property
    def current(self) -> Clip | None:
        """The clip that is acted on where one is: the first that is chosen; None where none is."""
        return next(iter(self.chosen), None)

    @property
    def span(self) -> Interval | None:
        """What of the current clip is cut; all of it where nothing of it would be."""
        clip = self.current
        return None if clip is None else self._cut_of(clip) or clip.interval

    def clip(self, clip_id: str) -> Clip | None:
        """Find a clip that is shown by its id."""
        return next((one for one in self.clips if one.id == clip_id), None)

    def place_in_session(self, place: int) -> int:
        """Turn a place among the shown without the chosen into one of the session without them."""
        document, chosen = self._document, {one.id for one in self.chosen}
        rest = [one.id for one in self.clips if one.id not in chosen]
        order = document.session.clips if document is not None else ()
        others = [one.id for one in order if one.id not in chosen]
        if place < len(rest):
            return others.index(rest[place])
        return others.index(rest[-1]) + 1 if rest else len(others)

    def follow(self, document: Document | None) -> None:
        """Show this session from now on; none where None."""
        self._document, self._film = document, ""
        if document is not None:
            document.changed.connect(self._follow)
            document.pass_changed.connect(self.show_clips)
        self._look_for_film()
        self.show_clips()

    def choose(self, clip_ids: frozenset[str]) -> None:
        """Choose clips by their ids."""
        rows = [self._page.model.row_of(one) for one in clip_ids]
        self._page.view.choose(tuple(sorted(row for row in rows if row >= 0)))

    def focus_pause(self, time: Micros) -> None:
        """Put the cursor where a question is written at a pause."""
        clip = self.current
        times = [pause.time for pause in clip.pauses] if clip is not None else []
        if time in times:
            self._page.form.focus_pause(times.index(time))

    def show_clips(self) -> None:
        """Show what there is to see now."""
        document, page = self._document, self._page
        row_before = min(page.view.rows, default=-1)
        page.show_why_not(document.read_only_reason if document is not None else "")
        shown: tuple[Clip, ...] = ()
        if document is not None:
            session = document.session
            shown = visible_clips(session, document.coder, blind=self._passing.blind)
            numbers = {clip.id: number for number, clip in enumerate(session.clips, 1)}
            page.model.show_clips([(clip, numbers[clip.id]) for clip in shown])
            page.show_total(total_words(shown, len(session.clips) - len(shown)))
        else:
            page.model.show_clips(())
        if shown:
            page.show_filled()
            if row_before >= 0 and not page.view.rows:  # what was chosen is gone: take what follows
                page.view.choose((min(row_before, len(shown) - 1),))
        else:
            page.show_empty(has_session=document is not None)
        self._judge()
        self._show_chosen()

    def show_pictures(self) -> None:
        """Show the frames that have been decoded, and have the others decoded."""
        clip, page = self.current, self._page
        ratio = page.devicePixelRatioF()
        large = round(PICTURE.height() * self._scale * ratio)
        small = round(PICTURE_HEIGHT * self._scale * ratio)
        ends = self._ends_of(clip) if clip is not None and self._is_one else None
        wanted = [(ends.first, large), (ends.last, large)] if ends is not None else []
        firsts = {one.id: self._ends_of(one) for one in self.clips}
        wanted += [(one.first, small) for one in firsts.values() if one is not None]
        self._show_ends(ends, large)
        page.model.show_pictures(
            {
                clip_id: picture
                for clip_id, one in firsts.items()
                if one is not None and (picture := self._pictures.picture(one.first, small))
            }
        )
        self._pictures.want(wanted)

    def _judge(self) -> None:
        """Have the clips judged as they would be written: whole frames, inside the region."""
        session = self._document.session if self._document is not None else None
        spans: dict[str, Interval] = {}
        for clip in self.clips if session is not None else ():
            cut = self._cut_of(clip)
            if cut is not None:
                ends = self._pictures.ends_of(cut)
                start = min(cut.start, ends.first_time) if ends is not None else cut.start
                spans[clip.id] = Interval(start, cut.end)
        self._consents.follow(session, spans)

    def _cut_of(self, clip: Clip) -> Interval | None:
        return cut_of(self._document.session, clip) if self._document is not None else None

    def _ends_of(self, clip: Clip) -> Ends | None:
        return self._pictures.ends_of(self._cut_of(clip))

    @property
    def _scale(self) -> float:
        return self._page.scale

    @property
    def _is_one(self) -> bool:
        return len(self._page.view.rows) == 1

    def _show_ends(self, ends: Ends | None, height: int) -> None:
        if ends is None:
            self._page.form.show_ends(EndShown(), EndShown())
            return
        first = _shown(ends.first, ends.first_time, self._pictures.picture(ends.first, height))
        last = _shown(ends.last, ends.last_time, self._pictures.picture(ends.last, height))
        self._page.form.show_ends(first, last)

    def _show_chosen(self) -> None:
        clip, count = self.current, len(self._page.view.rows)
        document = self._document
        writable = document is not None and not document.read_only_reason
        self._page.form.show_clip(clip if count == 1 else None, writable=writable, count=count)
        self._show_note()
        self.show_pictures()
        self.changed.emit()

    def _show_troubles(self) -> None:
        self._page.model.show_troubles(self._consents.troubles)
        self._show_note()

    def _show_note(self) -> None:
        """Say what of the chosen clip is not cut, or why none of it may be shown."""
        clip = self.current
        if clip is None:
            self._page.form.show_note("", "")
            return
        outside = region_words(clip, self._cut_of(clip))
        self._page.form.show_note(outside, self._consents.troubles.get(clip.id, ""))

    def _follow(self, changes: tuple[Change, ...]) -> None:
        members = [change for change in changes if isinstance(change, MemberChange)]
        if any(change.member is Member.RECORDING for change in members):
            self._look_for_film()
        wanted = {Member.CLIP, Member.PARTICIPANT, Member.EXCLUDED, Member.PASS, Member.RECORDING}
        has_other_region = any(isinstance(change, FieldChange) for change in changes)
        if has_other_region or any(change.member in wanted for change in members):
            come = _come(members)
            self.show_clips()
            if come:
                self.choose(come)

    def _look_for_film(self) -> None:
        document = self._document
        place = film_of(document.session, document.path) if document is not None else None
        self._pictures.follow(place.recording.id if place and place.recording else "")


def _come(changes: list[MemberChange]) -> frozenset[str]:
    """Give the ids of clips that came and were not there before, as by an undo."""
    clips = [change for change in changes if change.member is Member.CLIP]
    gone = {change.before.id for change in clips if isinstance(change.before, Clip)}
    came = {change.after.id for change in clips if isinstance(change.after, Clip)}
    return frozenset(came - gone)


def _shown(index: int, time: Micros, picture: QImage | None) -> EndShown:
    return EndShown(f"{to_clock(time)} · frame {grouped(index)}", picture)
