"""Advises what to do about a missing package; must not know HTTP.

The advice is data in hints.json, which the host reads as well: imports, the packages that bring
them, and what these need that scripts do not have.
"""

from __future__ import annotations

import functools
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_NAME: Final = re.compile(r"[A-Za-z_]\w{0,99}", re.ASCII)
_WHERE: Final = "on the Packages screen of TabPy Tray"
# A package that needs only these works here; other needs stop it from working.
_HARMLESS: Final = frozenset({"file"})


@dataclass(frozen=True, slots=True)
class Known:
    """A package: its name on the index, what it needs, and what to use instead of it."""

    name: str
    needs: tuple[str, ...] = ()
    instead: str | None = None

    def advice(self, needs: dict[str, str]) -> str:
        """Return what to do about it, as sentences."""
        if self.instead is not None:
            return self.instead
        for need in self.needs:
            if need not in _HARMLESS:
                return f"{self.name} {needs[need]}"
        more = "".join(f" It {needs[need]}" for need in self.needs)
        return f"The package {self.name} can be added {_WHERE}.{more}"


def advice(module: str) -> str:
    """Return what to do about a missing module (``google.cloud.storage``), as sentences."""
    known = known_package(module)
    top = module.partition(".")[0]
    if known is None and (package := _of_pyodide(top)) is not None:
        known = Known(package)
    if known is not None:
        return known.advice(table()["needs"])
    if _NAME.fullmatch(top) is None:
        return f"Packages can be added {_WHERE}."
    return hint("own module").format(module=top, where=_WHERE)


def known_package(module: str) -> Known | None:
    """Return the package that brings a module, by the longest part of its name that is known."""
    known = _by_import()
    while module:
        if module in known:
            return known[module]
        module = module.rpartition(".")[0]
    return None


def is_listed(module: str) -> bool:
    """Check whether exactly this module is in the table."""
    return module in _by_import()


def by_name(package: str) -> Known | None:
    """Return a package by its name on the index, in any spelling."""
    return _by_name().get(normal_name(package))


def normal_name(package: str) -> str:
    """Return a name in the form in which indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", package).lower()


def hint(kind: str) -> str:
    """Return the sentences of one kind of hint."""
    return str(table()["hints"][kind])


@functools.cache
def table() -> dict[str, Any]:
    """Return hints.json."""
    text = Path(__file__).with_name("hints.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@functools.cache
def _by_import() -> dict[str, Known]:
    return {module: known for one, known in _all() for module in one["imports"]}


@functools.cache
def _by_name() -> dict[str, Known]:
    return {normal_name(known.name): known for _one, known in _all()}


def _all() -> list[tuple[dict[str, Any], Known]]:
    return [
        (one, Known(one["package"], tuple(one.get("needs", ())), one.get("instead")))
        for one in table()["packages"]
    ]


def _of_pyodide(module: str) -> str | None:
    """Return the package of Pyodide's own distribution that brings a module."""
    hook = sys.modules.get("_pyodide._importhook")
    packages = getattr(hook, "REPODATA_PACKAGES_IMPORT_TO_PACKAGE_NAME", None)
    found = packages.get(module) if isinstance(packages, dict) else None
    return found if isinstance(found, str) else None
