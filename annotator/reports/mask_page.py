"""A page on which the least certain moments of masks are looked through, one picture each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Masks to look at</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
figure { margin: 0 0 2.5rem; }
img { display: block; width: 100%; height: auto; border-radius: 4px; }
figcaption { margin-top: .5rem; }
b { font-variant-numeric: tabular-nums; }
</style>
<h1>Masks to look at</h1>
<p>{{ intro }}</p>
{% for one in moments -%}
<figure>
<img src="{{ one.picture }}" alt="The picture at {{ one.when }} with its masks">
<figcaption><b>{{ one.when }}</b> {{ one.told }}</figcaption>
</figure>
{% endfor -%}
</html>
"""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A moment: when it is, why it is shown, and the name of its picture beside the page."""

    when: str
    told: str
    picture: str


def mask_page(intro: str, moments: Sequence[LookedAt]) -> str:
    """Give the page as HTML, moments in the order given."""
    template = Environment(autoescape=True).from_string(_PAGE)
    return template.render(intro=intro, moments=moments)
