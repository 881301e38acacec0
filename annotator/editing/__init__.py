"""Every way a session may change, as pure reversible edits."""

from annotator.editing.books import rename_code, set_codebook
from annotator.editing.edit import Edit, joined
from annotator.editing.frame import (
    add_excluded,
    remove_excluded,
    replace_excluded,
    set_region,
    set_title,
)
from annotator.editing.passes import (
    add_pass,
    clear_rating,
    rate,
    remove_pass,
    replace_pass,
    usual_purpose,
)
from annotator.editing.people import add_participant, remove_participant, replace_participant
from annotator.editing.recordings import (
    add_recording,
    merged,
    remove_recording,
    replace_recording,
)
from annotator.editing.tags import (
    add_tag,
    annotate_tag,
    assign_tag,
    delete_tags,
    recode_tag,
    replace_tag,
    retime_tag,
)

__all__ = [
    "Edit",
    "add_excluded",
    "add_participant",
    "add_pass",
    "add_recording",
    "add_tag",
    "annotate_tag",
    "assign_tag",
    "clear_rating",
    "delete_tags",
    "joined",
    "merged",
    "rate",
    "recode_tag",
    "remove_excluded",
    "remove_participant",
    "remove_pass",
    "remove_recording",
    "rename_code",
    "replace_excluded",
    "replace_participant",
    "replace_pass",
    "replace_recording",
    "replace_tag",
    "retime_tag",
    "set_codebook",
    "set_region",
    "set_title",
    "usual_purpose",
]
