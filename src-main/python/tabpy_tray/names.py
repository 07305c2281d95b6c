"""The global names that scripts share; must not know how scripts are compiled or run.

TabPy runs scripts in the globals of a server module, so its imports are visible and ``global``
keeps values from one call to the next. This is that module, without the server.
"""

from __future__ import annotations

import builtins
import dis
import importlib
import json
import logging
import sys
import types
import uuid
from datetime import timedelta
from typing import Any, Final

from tabpy_tray import prep

# Not ``__main__``: in TabPy ``if __name__ == '__main__'`` is false. In ``sys.modules``, so that
# ``pickle`` and ``dataclasses`` find what scripts define; deploying pickles it by value.
MODULE: Final = types.ModuleType("tabpy_script")
sys.modules[MODULE.__name__] = MODULE

# The folder of the files that scripts may read: paths "beside the script" start there.
FILE: Final = "/data/script.py"

GLOBALS: Final[dict[str, Any]] = MODULE.__dict__
GLOBALS.update(
    __file__=FILE,
    json=json,
    logging=logging,
    timedelta=timedelta,
    uuid=uuid,
    __builtins__=builtins,
    **prep.NAMES,
)

# Visible in TabPy without import, but slow to import or not always installed.
_LAZY: Final = {
    "pandas": "pandas",
    "pd": "pandas",
    "pyarrow": "pyarrow",
    "requests": "requests",
    "simplejson": "simplejson",
}
_READS_GLOBAL: Final = frozenset({"LOAD_GLOBAL", "LOAD_NAME"})


def lazy_names(code: types.CodeType) -> tuple[str, ...]:
    """Return the lazy names that ``code``, or a function inside it, reads as globals."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        part = waiting.pop()
        if not _LAZY.keys().isdisjoint(part.co_names):
            found.update(
                instruction.argval
                for instruction in dis.get_instructions(part)
                if instruction.opname in _READS_GLOBAL and instruction.argval in _LAZY
            )
        waiting.extend(const for const in part.co_consts if isinstance(const, types.CodeType))
    return tuple(sorted(found))


def bind(names: tuple[str, ...]) -> None:
    """Import the modules behind ``names``; one that cannot be imported stays undefined."""
    for name in names:
        if name in GLOBALS:
            continue
        try:
            GLOBALS[name] = importlib.import_module(_LAZY[name])
        except Exception:  # noqa: BLE001 - whatever a package raises while it is imported
            continue


def repair() -> None:
    """Restore what every script needs and a script may have deleted."""
    GLOBALS["__builtins__"] = builtins
