"""Runs a file's text as a module of its own, as ``import`` would.

What an author writes in the window or deploys from a file is a module and not the body of a script:
``from __future__``, star imports and functions that call each other work as in a file.
"""

from __future__ import annotations

import contextlib
import sys
import types
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray import names, nesting, restore
from tabpy_tray.session import SESSION

if TYPE_CHECKING:
    from collections.abc import Iterator

# Also in pickles: it shows that lines of errors count from the first line of the whole text.
FILE_NAME: Final = "<source>"


class NoFunctionError(Exception):
    """The text defines no callable of that name."""


def owns(code: types.CodeType) -> bool:
    """Check whether code was compiled from the text of such a module."""
    return code.co_filename == FILE_NAME


@contextlib.contextmanager
def running(text: str, function_name: str) -> Iterator[Any]:
    """Run ``text`` and return its function; while it is used, pickling finds its module.

    Raises ``NoFunctionError``, or whatever compiling or running raises.
    """
    from tabpy_tray import nested  # noqa: PLC0415 - it calls functions, which knows of modules

    nesting.check(text)
    code = compile(text.removeprefix("\ufeff"), FILE_NAME, "exec", dont_inherit=True)
    # The name of scripts' module, too: what it defines is pickled by value.
    name = names.MODULE.__name__
    module = types.ModuleType(name)
    # As in scripts, so that a script that becomes a function can still call others. No function of
    # TabPy's has such a name, so it hides nothing there either.
    module.__dict__["tabpy"] = nested.RestrictedTabPy()
    module.__dict__["__file__"] = names.FILE
    sys.modules[name] = module
    SESSION.module_text = text
    SESSION.function_name = function_name
    try:
        exec(code, module.__dict__)
        restore.repair_names()
        yield _function_in(module.__dict__, function_name)
    finally:
        sys.modules[name] = names.MODULE
        restore.repair_names()


def _function_in(defined: dict[str, Any], name: str) -> Any:
    found = defined.get(name)
    if callable(found):
        return found
    what = "defines no function" if found is None else "has something that is not a function"
    raise NoFunctionError(f"The source {what} named '{name}'.")
