"""Prepares the interpreter's Python before a script runs; knows Pyodide, not TabPy.

Hiding JavaScript here only reduces noise; it is not the boundary: ctypes can forge a reference to
Pyodide's objects. The boundary is the realm around them, which holds no object of its host.
"""

from __future__ import annotations

import ast
import asyncio
import errno
import gc
import importlib
import random
import sys
import time
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType, SimpleNamespace
from typing import Any

from _pyodide import _importhook as hook
from pyodide import webloop


class _SleepSelector:
    """Replaces a wait for sockets in the event loop: there are none here, so it only sleeps."""

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("every task waits for something that nothing here can bring about")
        if timeout > 0:
            time.sleep(timeout)
        return []

    def close(self) -> None:
        pass


class GuestLoop(asyncio.BaseEventLoop):
    """An event loop that runs to its end inside one call.

    Pyodide's own schedules on JavaScript's loop, which never turns while a script runs.
    """

    def __init__(self) -> None:
        super().__init__()
        self._selector = _SleepSelector()

    def _process_events(self, event_list: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


class _GuestLoopPolicy(asyncio.events._AbstractEventLoopPolicy):  # type: ignore[name-defined,misc]
    """Hands out GuestLoop; asyncio.run() and old-style get_event_loop() both end here."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None

    def get_event_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None or self._loop.is_closed():
            self._loop = self.new_event_loop()
        return self._loop

    def set_event_loop(self, loop: asyncio.AbstractEventLoop | None) -> None:
        self._loop = loop

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        return GuestLoop()


class _NoJavaScript(ModuleType):
    """`js` as scripts and packages see it: empty, but there, so that `import requests` works."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"JavaScript is not available to scripts ({self.__name__}.{name})")


def _no_network() -> None:
    """Answer urllib3 (requests), which asks the browser for a connection where it finds one."""
    raise PermissionError(errno.EPERM, "Scripts have no network here")


def _ignore(*_values: object) -> None:
    pass


def _hide_javascript() -> None:
    for name in list(hook.jsfinder.jsproxies):
        hook.unregister_js_module(name)
    sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not hook.jsfinder]
    for name in [name for name in sys.modules if name.split(".")[0] in ("js", "pyodide_js")]:
        del sys.modules[name]
    main = sys.modules["__main__"].__dict__
    for name in ("js", "pyodide_js"):
        main.pop(name, None)
    for module, names in (
        ("pyodide.webloop", ("scheduleCallback",)),
        ("pyodide._package_loader", ("loadedPackages",)),
        ("pyodide.code", ("run_js",)),
        ("pyodide._run_js", ("eval", "run_js")),
    ):
        namespace = getattr(sys.modules.get(module), "__dict__", {})
        for name in names:
            namespace.pop(name, None)
    stand_in = _NoJavaScript("js")
    stand_in.XMLHttpRequest = SimpleNamespace(new=_no_network)  # type: ignore[attr-defined]
    stand_in.console = SimpleNamespace(log=_ignore, warn=_ignore, error=_ignore)  # type: ignore[attr-defined]
    sys.modules["js"] = stand_in
    # threadpoolctl (scikit-learn) looks here for linked libraries and warns when it cannot.
    bridge, linked = _NoJavaScript("pyodide_js"), _NoJavaScript("pyodide_js._module")
    bridge.__path__ = []
    libraries = SimpleNamespace(as_object_map=dict)
    linked.LDSO = SimpleNamespace(loadedLibsByName=libraries)  # type: ignore[attr-defined]
    sys.modules["pyodide_js"], sys.modules["pyodide_js._module"] = bridge, linked


def _use_own_loop() -> None:
    asyncio.run = webloop._orig_run
    time.sleep = webloop._orig_sleep
    asyncio._set_running_loop(None)
    asyncio.events._event_loop_policy = _GuestLoopPolicy()  # type: ignore[attr-defined]


def prepare() -> None:
    """Run once in a new Python, before packages are imported."""
    _use_own_loop()


_PACKAGES = "/site-packages/"
#: Ours, and numpy, which looks for words in its docstrings while it is imported.
_KEPT = tuple(f"/lib/python3.14/site-packages/{name}/" for name in ("numpy", "tabpy", "tabpy_tray"))
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def _code_without_docstrings(
    loader: SourceFileLoader, data: Any, path: Any, *, _optimize: int = -1
) -> CodeType:
    """Compile a module of a package; its docstrings are not needed here and cost memory.

    Not ``optimize=2``, which would leave out the package's assertions as well.
    """
    if _PACKAGES not in path or path.startswith(_KEPT):
        return _source_to_code(loader, data, path, _optimize=_optimize)
    tree = ast.parse(data, path)
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            nothing = ast.copy_location(ast.Pass(), node.body[0])
            node.body[:1] = [] if len(node.body) > 1 else [nothing]
    return compile(tree, path, "exec", dont_inherit=True, optimize=_optimize)


_source_to_code = SourceFileLoader.source_to_code


def preimport(names: list[str]) -> None:
    """Import the modules of the snapshot."""
    SourceFileLoader.source_to_code = _code_without_docstrings  # type: ignore[method-assign]
    try:
        for name in names:
            importlib.import_module(name)
    finally:
        SourceFileLoader.source_to_code = _source_to_code  # type: ignore[method-assign]


def settle() -> None:
    """Run before a snapshot: less to store, and less work for each later collection."""
    gc.collect()
    gc.freeze()


def begin() -> None:
    """Run last in every interpreter: new randomness, and JavaScript hidden."""
    random.seed()
    numpy_random = sys.modules.get("numpy.random")
    if numpy_random is not None:
        numpy_random.seed()
    sys.path[:] = dict.fromkeys(sys.path)  # Pyodide puts "" there at every start
    importlib.invalidate_caches()  # a snapshot remembers folders without added packages
    _hide_javascript()
