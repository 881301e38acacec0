"""Addresses of films, as files of the web and of cutting rooms have them, and paths of them."""

from __future__ import annotations

from urllib.parse import quote, unquote


def path_of_address(address: str) -> str:
    """Give the path of a film by its address.

    It is the bare name for one on the web, and empty for a mere name ("urn:…").
    """
    if address.startswith("urn:"):
        return ""
    scheme, found, rest = address.partition("://")
    if not found:
        return unquote(address.removeprefix("file:"))
    plain = unquote(rest.partition("?")[0])
    if scheme.lower() != "file":
        return plain.rstrip("/").rpartition("/")[2]
    plain = plain.removeprefix("localhost")
    is_of_windows = plain[:1] == "/" and plain[2:3] == ":"  # "/C:/films/talk.mp4"
    return plain[1:] if is_of_windows else plain


def name_in(path: str) -> str:
    """Give the bare name at the end of a path of any system."""
    return path.replace("\\", "/").rpartition("/")[2]


def address_of_path(path: str) -> str:
    """Give a path as an address, relative where the path is."""
    return quote(path.replace("\\", "/"), safe="/~")
