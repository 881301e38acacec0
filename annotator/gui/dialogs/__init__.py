"""The questions the program asks and the pages it shows in windows of their own.

The modules load when first asked for: the window does not wait for what it does not show yet.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.gui.dialogs.about import show_about
    from annotator.gui.dialogs.accept_all import ask_to_accept_all
    from annotator.gui.dialogs.certificate_window import show_certificate
    from annotator.gui.dialogs.clips_files import (
        choose_clips_folder,
        choose_clips_list,
        choose_other_sessions,
        open_outside,
    )
    from annotator.gui.dialogs.codebook_draft import ask_to_discard_draft
    from annotator.gui.dialogs.codebook_fate import ask_fate
    from annotator.gui.dialogs.codebook_files import choose_codebook, choose_codebook_place
    from annotator.gui.dialogs.coder import ask_coder
    from annotator.gui.dialogs.consent_window import ConsentWindow
    from annotator.gui.dialogs.export_files import choose_export_place
    from annotator.gui.dialogs.export_window import ExportWindow
    from annotator.gui.dialogs.files import choose_recording, choose_to_open
    from annotator.gui.dialogs.help import HelpWindow
    from annotator.gui.dialogs.import_files import (
        choose_import,
        choose_new_session,
        choose_sessions_folder,
    )
    from annotator.gui.dialogs.import_report import ReportWindow
    from annotator.gui.dialogs.import_window import ImportWindow
    from annotator.gui.dialogs.kept_choice import ask_to_replace_choice
    from annotator.gui.dialogs.kept_sound import ask_to_forget_sound
    from annotator.gui.dialogs.printing import choose_file, keep_page, print_page
    from annotator.gui.dialogs.reaction import measure_reaction
    from annotator.gui.dialogs.reaction_tone import open_tone
    from annotator.gui.dialogs.recordings import RecordingsWindow
    from annotator.gui.dialogs.relocate import Candidate, FilmMatch, ask_for_film
    from annotator.gui.dialogs.results_files import choose_results_place
    from annotator.gui.dialogs.save_place import ask_save_place, documents_folder
    from annotator.gui.dialogs.settings import SettingsWindow
    from annotator.gui.dialogs.transcript_files import choose_transcript, choose_transcript_place
    from annotator.gui.dialogs.unsaved import Leave, ask_unsaved
    from annotator.gui.dialogs.withdraw import ask_to_withdraw

_HOMES = {
    "Candidate": "relocate",
    "ConsentWindow": "consent_window",
    "ExportWindow": "export_window",
    "FilmMatch": "relocate",
    "HelpWindow": "help",
    "ImportWindow": "import_window",
    "Leave": "unsaved",
    "RecordingsWindow": "recordings",
    "ReportWindow": "import_report",
    "SettingsWindow": "settings",
    "ask_coder": "coder",
    "ask_fate": "codebook_fate",
    "ask_for_film": "relocate",
    "ask_save_place": "save_place",
    "ask_to_accept_all": "accept_all",
    "ask_to_discard_draft": "codebook_draft",
    "ask_to_forget_sound": "kept_sound",
    "ask_to_replace_choice": "kept_choice",
    "ask_to_withdraw": "withdraw",
    "ask_unsaved": "unsaved",
    "choose_clips_folder": "clips_files",
    "choose_clips_list": "clips_files",
    "choose_codebook": "codebook_files",
    "choose_codebook_place": "codebook_files",
    "choose_export_place": "export_files",
    "choose_file": "printing",
    "choose_import": "import_files",
    "choose_new_session": "import_files",
    "choose_other_sessions": "clips_files",
    "choose_recording": "files",
    "choose_results_place": "results_files",
    "choose_sessions_folder": "import_files",
    "choose_to_open": "files",
    "choose_transcript": "transcript_files",
    "choose_transcript_place": "transcript_files",
    "documents_folder": "save_place",
    "keep_page": "printing",
    "measure_reaction": "reaction",
    "open_outside": "clips_files",
    "open_tone": "reaction_tone",
    "print_page": "printing",
    "show_about": "about",
    "show_certificate": "certificate_window",
}

__all__ = [
    "Candidate",
    "ConsentWindow",
    "ExportWindow",
    "FilmMatch",
    "HelpWindow",
    "ImportWindow",
    "Leave",
    "RecordingsWindow",
    "ReportWindow",
    "SettingsWindow",
    "ask_coder",
    "ask_fate",
    "ask_for_film",
    "ask_save_place",
    "ask_to_accept_all",
    "ask_to_discard_draft",
    "ask_to_forget_sound",
    "ask_to_replace_choice",
    "ask_to_withdraw",
    "ask_unsaved",
    "choose_clips_folder",
    "choose_clips_list",
    "choose_codebook",
    "choose_codebook_place",
    "choose_export_place",
    "choose_file",
    "choose_import",
    "choose_new_session",
    "choose_other_sessions",
    "choose_recording",
    "choose_results_place",
    "choose_sessions_folder",
    "choose_to_open",
    "choose_transcript",
    "choose_transcript_place",
    "documents_folder",
    "keep_page",
    "measure_reaction",
    "open_outside",
    "open_tone",
    "print_page",
    "show_about",
    "show_certificate",
]


def __getattr__(name: str) -> object:
    """Load the module in which a public name lives."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
