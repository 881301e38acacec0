"""The files of a pack as a folder that any browser opens from disk."""

from __future__ import annotations

from annotator.reports.packs.pack import Pack, PackFile
from annotator.reports.packs.page import TEACHER, learners_page, teachers_page
from annotator.reports.packs.views import PackView, view_of
from annotator.reports.packs.words import as_vtt


def pack_files(pack: Pack) -> tuple[PackFile, ...]:
    """Give the files of a pack's folder: pages, then films with stills and captions.

    The learners' page does not lead to the teacher's. Raises AnnotatorError where the pack cannot
    be made.
    """
    view = view_of(pack)
    return (
        PackFile("index.html", learners_page(view)),
        PackFile(TEACHER, teachers_page(view)),
        *media_files(pack, view),
    )


def media_files(pack: Pack, view: PackView) -> tuple[PackFile, ...]:
    """Give the films, stills and captions of a pack under the names that its view gives them."""
    files: list[PackFile] = []
    for one, shown in zip(pack.clips, view.clips, strict=True):
        files.append(PackFile(shown.media, one.media))
        if one.poster:
            files.append(PackFile(shown.poster, one.poster))
        if shown.vtt:
            files.append(PackFile(shown.vtt, as_vtt(shown.captions)))
    return tuple(files)
