"""Makes the picture of the window of an import: what another lab coded in ELAN."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from open_window import opened_sample
from PyQt6.QtGui import QImage

from annotator.gui.dialogs.import_layout import SIZE
from annotator.model.coding import Purpose
from annotator.storage.codec import decode_session
from annotator.storage.interchange.exchange import form_for, render
from annotator.storage.interchange.interface import Wishes

THEIRS, NAME = "K", "second-lab.eaf"


def picture_of_import(folder: Path) -> QImage:
    """Open the sample, choose a file of ELAN to import, and grab the window that comes.

    Raises TourError where it does not come.
    """
    with opened_sample(folder) as opened:
        importing = opened.program.exchanging.importing
        importing.take(_coded_elsewhere(opened.session, folder / NAME))
        opened.wait(lambda: importing.dialog.isVisible() and importing.dialog.plan is not None)
        window = importing.dialog
        window.parts.show_page(window.parts.contents)
        image = opened.picture(window, SIZE)
        window.reject()
    return image


def _coded_elsewhere(session_path: Path, path: Path) -> Path:
    """Write the sample's last pass to a file of ELAN, as if somebody else had coded it there."""
    session = decode_session(session_path.read_bytes())
    theirs = replace(session.passes[-1], coder=THEIRS, purpose=Purpose.PRIMARY)
    codes = tuple(
        replace(one, name=f"{one.name} (lab 2)") if one.id == theirs.tags[0].code else one
        for one in session.codebook.codes
    )
    book = replace(session.codebook, codes=codes)
    whole = replace(session, codebook=book, passes=(theirs,), transcripts=())
    path.write_bytes(render([whole], form_for(path.name), path.name, Wishes()).data)
    return path
