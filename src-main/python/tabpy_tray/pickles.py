"""Saves functions as pickles and loads them, refusing bytecode of another Python.

The check sits where code objects are made: while a pickle is loaded, a stand-in for
``types.CodeType`` looks at the bytecode first. So no foreign code object ever exists, and a large
pickle is not walked twice (``pickletools`` would take seconds for a forest of trees).
"""

from __future__ import annotations

import io
import pickle
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray import errors, names
from tabpy_tray.bytecode import OWN_VERSION, ForeignCode, make

if TYPE_CHECKING:
    from collections.abc import Mapping

_OURS: Final = frozenset({"tabpy", "tabpy_client", "tabpy_script", "tabpy_tools", "tabpy_tray"})


class LoadError(Exception):
    """A pickle cannot be used here; the text is for the analyst.

    ``foreign`` tells where the source of a function of another Python may be found.
    """

    def __init__(self, text: str, foreign: ForeignCode | None = None) -> None:
        super().__init__(text)
        self.foreign = foreign


@dataclass(slots=True)
class Loaded:
    """An unpickled object, and the versions of the packages that it is made of."""

    value: Any
    libraries: dict[str, str]


def dump(value: Any) -> bytes:
    """Pickle ``value`` with what it refers to, functions by value.

    Raises ``RuntimeError`` when cloudpickle is missing, else whatever pickling raises.
    """
    try:
        import cloudpickle  # noqa: PLC0415 - slow to import, and not needed by most scripts
    except ImportError as error:
        raise RuntimeError(
            "Functions cannot be deployed: the package cloudpickle is not installed. "
            "Add cloudpickle on the Packages screen of TabPy Tray."
        ) from error
    cloudpickle.register_pickle_by_value(names.MODULE)
    try:
        return bytes(cloudpickle.dumps(value))
    finally:
        cloudpickle.unregister_pickle_by_value(names.MODULE)


def load(data: bytes, sources: Mapping[str, str] | None = None) -> Loaded:
    """Unpickle ``data``; raises ``LoadError`` whatever goes wrong.

    ``sources`` (file name → text) lets functions of another Python be compiled anew; their
    globals, defaults and closure values are those of the pickle.
    """
    reader = _Unpickler(io.BytesIO(data), sources or {})
    try:
        value = reader.load()
    except LoadError:
        raise
    except BaseException as error:
        raise LoadError(f"Load failed: {errors.describe(error)}") from error
    return Loaded(value, reader.libraries())


class _Unpickler(pickle.Unpickler):
    """Looks at every code object before it is made, and notes which packages are used."""

    def __init__(self, file: io.BytesIO, sources: Mapping[str, str]) -> None:
        super().__init__(file)
        self._sources = sources
        self._packages: set[str] = set()

    def find_class(self, module: str, name: str, /) -> Any:
        if name == "CodeType" and module in {"types", "builtins"}:
            return make
        try:
            found = super().find_class(module, name)
        except AttributeError as error:
            if module.startswith("cloudpickle"):
                raise LoadError(_refusal("a Python or cloudpickle that is too old")) from error
            raise
        if module.startswith("cloudpickle"):
            return self._cloudpickle(name, found)
        self._packages.add(module.partition(".")[0])
        return found

    def libraries(self) -> dict[str, str]:
        """Return package → version of what the pickle refers to, without the standard library."""
        known = {}
        for package in sorted(self._packages - sys.stdlib_module_names - _OURS):
            version = getattr(sys.modules.get(package), "__version__", None)
            if isinstance(version, str):
                known[package] = version
        return known

    def _cloudpickle(self, name: str, found: Any) -> Any:
        """Stand between a pickle and the helpers of cloudpickle that make code and modules."""
        if name == "_builtin_type":
            return lambda kind: make if kind == "CodeType" else found(kind)
        if name == "_make_function":
            return lambda code, *rest: found(self._own(code), *rest)
        if name == "subimport":
            return lambda module: self._packages.add(module.partition(".")[0]) or found(module)
        return found

    def _own(self, code: Any) -> Any:
        if not isinstance(code, ForeignCode):
            return code
        rebuilt = code.rebuilt(self._sources)
        if rebuilt is None:
            raise LoadError(_refusal(code.version), code)
        return rebuilt


def _refusal(version: str) -> str:
    return (
        f"This function was saved by {version}; this server runs Python {OWN_VERSION}. "
        "Deploy it with Client(url, remote_server=True), or paste it into Functions > New."
    )
