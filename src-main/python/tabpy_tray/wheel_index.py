"""Reads the lists of a package index and of Pyodide, and picks the wheels that run here.

What is read was written by strangers; nothing of it is imported or run.
"""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.tags import Tag, sys_tags
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.utils import canonicalize_name as canonical
from packaging.version import InvalidVersion, Version

if TYPE_CHECKING:
    from collections.abc import Iterable

PYPI: Final = "index"
PYODIDE: Final = "pyodide"
FILE: Final = "file"
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Offer:
    """A wheel that runs here; ``rank`` orders those of one version, the smallest first."""

    name: str
    version: Version
    file_name: str
    sha256: str
    source: str
    rank: int
    url: str | None = None
    size: int | None = None
    yanked: bool = False
    has_metadata: bool = False
    depends: tuple[str, ...] = ()


@dataclass(slots=True)
class Offers:
    """All offers of one package, and those that do not run here."""

    name: str
    wheels: list[Offer]
    exists: bool = False
    has_source: bool = False
    has_foreign: bool = False
    needs_python: str | None = None
    without_hash: bool = False
    fault: str | None = None


def usual_index() -> str | None:
    """Return PyPI's address from micropip's source, which is read and not imported."""
    try:
        file = importlib.metadata.distribution("micropip").locate_file("micropip/package_index.py")
        tree = ast.parse(Path(str(file)).read_text(encoding="utf-8"))
    except (importlib.metadata.PackageNotFoundError, OSError, SyntaxError):
        return None
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PYPI_URL":
            return str(ast.literal_eval(node.value))
    return None


def ranks() -> dict[Tag, int]:
    """Return the tags of wheels that run here, the best with the smallest number."""
    return {tag: rank for rank, tag in enumerate(sys_tags())}


def from_page(offers: Offers, document: dict[str, Any], tags: dict[Tag, int], python: str) -> None:
    """Add the offers of a page of the index (PEP 691, or PEP 503 in HTML).

    ``document``: ``text`` (None: there is no such page), ``contentType``, ``url``, ``fault``.
    """
    offers.fault = document.get("fault")
    text = document.get("text")
    if text is None:
        return
    files = _json_files(text) if "json" in document["contentType"] else _html_files(text)
    offers.exists = True
    for file in files:
        _take(offers, file, document["url"], tags, python)


def from_pyodide(offers: Offers, locked: dict[str, Any], tags: dict[Tag, int]) -> None:
    """Add Pyodide's own build of a package."""
    offers.exists = True
    best = _rank(locked["fileName"], tags)
    if best is None:
        return
    offers.wheels.append(
        Offer(
            name=offers.name,
            version=best[0],
            file_name=locked["fileName"],
            sha256=locked["sha256"],
            source=PYODIDE,
            rank=best[1] + len(tags),
            depends=tuple(locked["depends"]),
        )
    )


def fits(file_name: str, tags: dict[Tag, int]) -> bool:
    """Check by its name whether a wheel runs here."""
    return _rank(file_name, tags) is not None


def _take(
    offers: Offers, file: dict[str, Any], base: str, tags: dict[Tag, int], python: str
) -> None:
    name = str(file.get("filename", ""))
    if not name.endswith(".whl"):
        offers.has_source = offers.has_source or _is_source_of(name, offers.name)
        return
    found = _rank(name, tags)
    if found is None or _distribution(name) != offers.name:
        offers.has_foreign = True
        return
    wanted = file.get("requires-python")
    if wanted and not _allows(str(wanted), python):
        offers.needs_python = str(wanted)
        return
    digest = str((file.get("hashes") or {}).get("sha256", "")).lower()
    if _SHA256.fullmatch(digest) is None:
        offers.without_hash = True
        return
    size = file.get("size")
    metadata = file.get("core-metadata", file.get("data-dist-info-metadata"))
    offers.wheels.append(
        Offer(
            name=offers.name,
            version=found[0],
            file_name=name,
            sha256=digest,
            source=PYPI,
            rank=found[1],
            url=urldefrag(urljoin(base, str(file.get("url", "")))).url,
            size=size if isinstance(size, int) and size >= 0 else None,
            yanked=bool(file.get("yanked")),
            has_metadata=bool(metadata),
        )
    )


def _rank(file_name: str, tags: dict[Tag, int]) -> tuple[Version, int] | None:
    try:
        _, version, _, own = parse_wheel_filename(file_name)
    except (InvalidWheelFilename, InvalidVersion):
        return None
    fitting = [tags[tag] for tag in own if tag in tags]
    return (version, min(fitting)) if fitting else None


def _distribution(file_name: str) -> str:
    return canonical(file_name.split("-", 1)[0])


def _is_source_of(file_name: str, name: str) -> bool:
    try:
        return parse_sdist_filename(file_name)[0] == name
    except (InvalidSdistFilename, InvalidVersion):
        return False


def _allows(requires_python: str, python: str) -> bool:
    try:
        return SpecifierSet(requires_python).contains(python, prereleases=True)
    except InvalidSpecifier:
        return True


def _json_files(text: str) -> Iterable[dict[str, Any]]:
    page = json.loads(text)
    files = page.get("files") if isinstance(page, dict) else None
    if not isinstance(files, list):
        raise TypeError("it holds no list of files")
    return [file for file in files if isinstance(file, dict)]


class _Links(HTMLParser):
    """Collects the links of a page as PEP 503 describes them."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[dict[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        href = facts.get("href")
        if tag != "a" or not href:
            return
        url, fragment = urldefrag(href)
        kind, _, digest = fragment.partition("=")
        metadata = facts.get("data-core-metadata", facts.get("data-dist-info-metadata"))
        self.files.append(
            {
                "filename": unquote(urlsplit(url).path.rpartition("/")[2]),
                "url": url,
                "hashes": {kind: digest},
                "requires-python": facts.get("data-requires-python"),
                "yanked": "data-yanked" in facts,
                "core-metadata": metadata not in (None, "false"),
            }
        )


def _html_files(text: str) -> Iterable[dict[str, Any]]:
    links = _Links()
    links.feed(text)
    links.close()
    return links.files
