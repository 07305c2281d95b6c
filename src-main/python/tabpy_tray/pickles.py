"""Saves functions as pickles and loads them, and refuses bytecode of another Python.

The check is made where code objects are made: while a pickle is loaded, a stand-in for
``types.CodeType`` looks at the bytecode first. So no foreign code object ever exists, and a large
pickle is not walked twice (``pickletools`` would take seconds for a forest of trees).
"""

from __future__ import annotations

import inspect
import io
import pickle
import sys
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray import arrow_text, errors, generated, names, saved_versions
from tabpy_tray.bytecode import OWN_VERSION, ForeignCode, make
from tabpy_tray.origin import Wanted, wanted

if TYPE_CHECKING:
    from collections.abc import Mapping

_OURS: Final = frozenset({"tabpy", "tabpy_client", "tabpy_script", "tabpy_tools", "tabpy_tray"})


# Functions deployed from these modules must not change with the version of this program.
MODELS: Final = "tabpy.models.scripts"


class LoadError(Exception):
    """A pickle cannot be used here; the text is for the analyst.

    ``missing`` are the functions of another Python in it whose source would make it usable.
    """

    def __init__(self, text: str, missing: tuple[Wanted, ...] = ()) -> None:
        super().__init__(text)
        self.missing = missing


@dataclass(slots=True)
class Loaded:
    """An unpickled object, with the versions of the packages that it is made of.

    ``main`` is the place of the source of the function behind a query object, when it is known.
    """

    value: Any
    libraries: dict[str, str]
    main: Wanted | None = None


def dump(value: Any) -> bytes:
    """Pickle ``value`` with everything that it refers to, functions by value.

    Raises ``RuntimeError`` when cloudpickle is missing, else whatever pickling raises.
    """
    try:
        import cloudpickle  # noqa: PLC0415 - slow to import, and not needed by most scripts
    except ImportError as error:
        raise RuntimeError(
            "Functions cannot be deployed: the package cloudpickle is not installed. "
            "Add cloudpickle on the Packages screen of TabPy Tray."
        ) from error
    by_value = [names.MODULE, *filter(None, [sys.modules.get(MODELS)])]
    for module in by_value:
        cloudpickle.register_pickle_by_value(module)
    try:
        return bytes(cloudpickle.dumps(value))
    finally:
        for module in by_value:
            cloudpickle.unregister_pickle_by_value(module)


def load(data: bytes, rebuilt: Mapping[Wanted, types.CodeType] | None = None) -> Loaded:
    """Unpickle ``data``; raises ``LoadError`` for every error.

    ``rebuilt`` has code for functions of another Python; their globals, defaults and closure values
    are those of the pickle.
    """
    reader = _Unpickler(io.BytesIO(data), rebuilt or {})
    try:
        value = reader.load()
    except LoadError:
        raise
    except BaseException as error:
        # It may have failed because a function is not recompiled yet.
        reader.refuse_foreign()
        raise LoadError(_failure(error, data)) from error
    reader.refuse_foreign()
    return Loaded(value, reader.libraries(), reader.main(value))


class _Unpickler(pickle.Unpickler):
    """Looks at every code object before it is made, and notes which packages are used."""

    def __init__(self, file: io.BytesIO, rebuilt: Mapping[Wanted, types.CodeType]) -> None:
        super().__init__(file)
        self._rebuilt = rebuilt
        self._packages: set[str] = set()
        self._missing: dict[Wanted, str] = {}
        # Functions without code so far, each with what could provide it.
        self._bare: dict[int, tuple[types.FunctionType, Wanted]] = {}
        # Those that Python wrote, by id.
        self._by_python: set[int] = set()
        self._hopeless: str | None = None

    def find_class(self, module: str, name: str, /) -> Any:
        if name == "CodeType" and module in {"types", "builtins"}:
            return make
        replaced = arrow_text.stand_in(module, name)
        if replaced is not None:
            self._packages.add("pandas")
            return replaced
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

    def refuse_foreign(self) -> None:
        """Raise ``LoadError`` when the pickle has a function of another Python without code."""
        if self._hopeless is not None:
            raise LoadError(_refusal(self._hopeless))
        needed = {one for _function, one in self._bare.values()}
        missing = {one: version for one, version in self._missing.items() if one in needed}
        for version in missing.values():
            raise LoadError(_refusal(version), tuple(missing))

    def main(self, query_object: Any) -> Wanted | None:
        """Return the place of the source of a query object's function, when it is a function."""
        function = getattr(query_object, "custom_query", None)
        try:
            function = inspect.unwrap(function) if callable(function) else None
        except ValueError:
            return None
        function = getattr(function, "__func__", function)
        code = getattr(function, "__code__", None)
        if not isinstance(code, types.CodeType):
            return None
        known = next((one for one, made in self._rebuilt.items() if made is code), None)
        return known or wanted(code, function.__globals__)

    def _cloudpickle(self, name: str, found: Any) -> Any:
        """Stand between a pickle and the helpers of cloudpickle that make code and modules."""
        if name == "_builtin_type":
            return lambda kind: make if kind == "CodeType" else found(kind)
        if name == "_make_function":
            return lambda code, names, *rest: self._function(found, code, names, *rest)
        if name == "_class_setstate":
            return lambda kind, state: self._class(found, kind, state)
        if name == "subimport":
            return lambda module: self._packages.add(module.partition(".")[0]) or found(module)
        return found

    def _function(self, make_function: Any, code: Any, names: Any, *rest: Any) -> Any:
        function = make_function(self._own(code, names), names, *rest)
        one = wanted(code, names) if isinstance(code, ForeignCode) else None
        if one is not None and one in self._missing:
            self._bare[id(function)] = (function, one)
            full_name = code.parts.qualified_name if code.parts else None
            if generated.is_by_python(full_name, code.line, names):
                self._by_python.add(id(function))
        return function

    def _class(self, set_state: Any, kind: Any, state: Any) -> Any:
        """Set a class's attributes; methods that Python wrote for it are written again."""
        attributes, slots = state
        bare = {
            name
            for name, value in attributes.items()
            if generated.is_generated(attributes, name)
            and any(id(one) in self._by_python for one in generated.functions_of(value))
        }
        if not bare:
            return set_state(kind, state)
        for one in (one for name in bare for one in generated.functions_of(attributes[name])):
            self._bare.pop(id(one), None)
        rest = {name: value for name, value in attributes.items() if name not in bare}
        made = set_state(kind, (rest, slots))
        generated.generate(kind, attributes, bare)
        return made

    def _own(self, code: Any, names: Any) -> Any:
        """Return code of this Python; a stand-in where there is none, so the search goes on."""
        if not isinstance(code, ForeignCode):
            return code
        one = wanted(code, names)
        if one is None:
            self._hopeless = code.version
            return _stand_in.__code__
        if one not in self._rebuilt:
            self._missing[one] = code.version
            return _stand_in.__code__.replace(co_freevars=code.parts.free_variables)
        return self._rebuilt[one]


def _stand_in(*_args: Any, **_kwargs: Any) -> None:
    """Replace a function that cannot run here, in an object that is thrown away."""
    raise LoadError(_refusal("another Python"))


def _failure(error: BaseException, data: bytes) -> str:
    text = f"Load failed: {errors.describe(error)}"
    other = saved_versions.difference(error, data)
    if other is not None:
        return f"{text}{'' if text.endswith('.') else '.'} {other}"
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return text
    module = error.name.partition(".")[0]
    return (
        f"{text} If it is your own file, call cloudpickle.register_pickle_by_value({module}) "
        "before you deploy."
    )


def _refusal(version: str) -> str:
    return (
        f"This function was saved by {version}; this server runs Python {OWN_VERSION}. "
        "Put it into a .py file on this computer and deploy it from there. It is then recompiled "
        "from its source and keeps what it uses, such as a trained model. Or deploy it "
        "with Client(url, remote_server=True), or paste it into Functions > New."
    )
