"""The pages of a pack, from templates; nothing that they hold may load anything from a network."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from annotator.reports.packs.views import PackView
from annotator.reports.packs.words import as_page_data

TEACHER = "teacher.html"


def learners_page(view: PackView, *, reports: bool = False) -> bytes:
    """Write the page that learners open.

    With `reports` it tells a learning platform, where it finds one, that all clips were seen.
    """
    script = _source("pack.js") + (_source("scorm.js") if reports else "")
    data = {"clips": [clip.to_data() for clip in view.clips]}
    return _page("index.html", view, script, data=Markup(as_page_data(data)))  # noqa: S704 it has no “<” left


def teachers_page(view: PackView) -> bytes:
    """Write the page with the notes for the teacher and everything about each clip."""
    return _page(TEACHER, view, "")


def filled(name: str, **values: object) -> bytes:
    """Fill one template; every value that is no markup is escaped."""
    return (_templates().get_template(name).render(**values) + "\n").encode("utf-8")


def _page(name: str, view: PackView, script: str, **values: object) -> bytes:
    style = _source("pack.css")
    return filled(
        name,
        pack=view,
        words=Markup('lang="{}" dir="auto"').format(view.language),
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704 our own file
        script=Markup(script),  # noqa: S704 our own file
        **values,
    )


def _policy(style: str, script: str) -> str:
    """Allow this page's own style and script, and the films and stills beside it, nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "img-src 'self' file:",
            "media-src 'self' file:",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'" if script else "script-src 'none'",
        )
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


@cache
def _source(name: str) -> str:
    place = resources.files("annotator.reports.packs") / "templates" / name
    return place.read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("annotator.reports.packs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        newline_sequence="\n",
    )
