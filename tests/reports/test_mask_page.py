"""The page of masks shows each moment's picture with its words, and needs nothing from outside."""

from __future__ import annotations

import re

from annotator.reports.mask_page import LookedAt, mask_page


def test_each_moment_has_its_picture_its_time_and_its_reason() -> None:
    moments = [
        LookedAt("0:00:01.000", "A <face> & more", "01.png"),
        LookedAt("0:01", "b", "02.png"),
    ]
    page = mask_page("2 faces followed.", moments)
    assert re.findall(r'<img src="([^"]+)"', page) == ["01.png", "02.png"]
    assert "A &lt;face&gt; &amp; more" in page
    assert page.index("0:00:01.000") < page.index("0:01</b>")
    assert not re.search(r"https?:|<script|@import", page)


def test_a_page_without_moments_says_what_there_is() -> None:
    page = mask_page("0 faces followed.", [])
    assert "0 faces followed." in page
    assert "<figure>" not in page
