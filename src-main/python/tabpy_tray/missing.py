"""Knows what can be done about a module that a script imports in vain; must not know of HTTP.

What is known is kept as data in known_packages.json, which the host reads as well.
"""

from __future__ import annotations

import functools
import json
import re
import sys
from pathlib import Path
from typing import Any, Final

_NAME: Final = re.compile(r"[A-Za-z_]\w{0,99}", re.ASCII)
_WHERE: Final = "on the Packages screen of TabPy Tray"


def advice(module: str) -> str:
    """Return what to do about a missing top-level module, as sentences."""
    known = _known()
    cannot = known["cannot"].get(module)
    if cannot is not None:
        return str(cannot)
    package = known["packages"].get(module) or _of_pyodide(module)
    if package is not None:
        return f"The package {package} can be added {_WHERE}."
    if _NAME.fullmatch(module) is None:
        return f"Packages can be added {_WHERE}."
    return (
        f"If {module} is a package without compiled code, it can be added {_WHERE}; "
        "a module of your own belongs into the script."
    )


@functools.cache
def _known() -> dict[str, Any]:
    text = Path(__file__).with_name("known_packages.json").read_text(encoding="utf-8")
    data = json.loads(text)
    cannot = {module: one["instead"] for one in data["cannot"] for module in one["modules"]}
    return {"packages": data["packages"], "cannot": cannot}


def _of_pyodide(module: str) -> str | None:
    """Return the package of Pyodide's own distribution that brings a module."""
    hook = sys.modules.get("_pyodide._importhook")
    packages = getattr(hook, "REPODATA_PACKAGES_IMPORT_TO_PACKAGE_NAME", None)
    found = packages.get(module) if isinstance(packages, dict) else None
    return found if isinstance(found, str) else None
