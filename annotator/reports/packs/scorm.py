"""A pack as a SCORM 1.2 package: one page that tells the learning platform when all was seen."""

from __future__ import annotations

import hashlib

from annotator.reports.packs.folder import media_files
from annotator.reports.packs.pack import Pack, PackFile
from annotator.reports.packs.page import filled, learners_page
from annotator.reports.packs.views import view_of

MANIFEST = "imsmanifest.xml"


def scorm_files(pack: Pack) -> tuple[PackFile, ...]:
    """Give the files of a package, its manifest first; a platform wants them as one zip.

    The teacher's page is not among them: learners could open it. Raises AnnotatorError where the
    pack cannot be made.
    """
    view = view_of(pack)
    page = learners_page(view, reports=True)
    files = (PackFile("index.html", page), *media_files(pack, view))
    manifest = filled(
        MANIFEST,
        identifier=f"annotator-{hashlib.sha256(page).hexdigest()[:24]}",
        title=view.title,
        names=[file.name for file in files],
    )
    return (PackFile(MANIFEST, manifest), *files)
