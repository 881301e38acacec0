"""What the timeline says of a tag."""

from __future__ import annotations

from collections.abc import Callable

from annotator.gui.timeline.words import tag_tip
from annotator.model import UNNAMED, Session, Tag


def test_a_mark_without_a_name_says_how_it_gets_one(
    make_session: Callable[..., Session], make_tag: Callable[..., Tag]
) -> None:
    tags = [make_tag(1, UNNAMED, 3, 7), make_tag(2, "reflection", 4), make_tag(3, "a<b", 5)]
    session = make_session(tags)
    said = [tag_tip(session, tag).partition("<br>")[0] for tag in tags]
    assert said == [
        "<b>Not named yet: select it and press the key of a code</b>",
        "<b>Reflection</b>",
        "<b>a&lt;b</b>",
    ]
