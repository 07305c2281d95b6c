"""Words the message that a package loads what another version of it has saved."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import warnings
    from collections.abc import Iterable

_MOST_NOTES: Final = 5
_MOST_NAMES: Final = 3
_MOST_TEXT: Final = 300
# For programmers of packages, not for their users.
_QUIET: Final = (
    DeprecationWarning,
    PendingDeprecationWarning,
    FutureWarning,
    ImportWarning,
    ResourceWarning,
)
_NAMES: Final = 3
_MOST_TEXT: Final = 300
# For programmers of packages, not for their users.
_QUIET: Final = (
    DeprecationWarning,
    PendingDeprecationWarning,
    FutureWarning,
    ImportWarning,
    ResourceWarning,
)
# Modules that packages moved: the only difference.
_MOVED: Final = (("scipy._lib.array_api_compat", "scipy._external.array_api_compat"),)
_NAMES: Final = {"sklearn": "scikit-learn"}
# scikit-learn writes its version into each model; the text behind it is short.
_SKLEARN: Final = re.compile(rb"_sklearn_version\x94?\x8c.(\d[\w.+]{0,30}?)(?=[^\w.+])", re.DOTALL)
_FRAMES: Final = 200


def difference(error: BaseException, data: bytes) -> str | None:
    """Return what to do where another version of a package seems to have saved a pickle.

    None without a sign of that: a missing module of an author's own, or code that raises.
    """
    package = _package_of(error)
    ours = _version(package) if package else None
    if package is None or ours is None:
        return None
    name = _NAMES.get(package, package)
    found = _SKLEARN.search(data) if package in {"sklearn", "scipy", "numpy"} else None
    saved = ""
    if found is not None:
        theirs = found[1].decode()
        sklearn = _version("sklearn")
        if package == "sklearn" and theirs == ours:
            return None
        saved = f" It was saved with scikit-learn {theirs}" + (
            f"; this server has {sklearn}." if package != "sklearn" else "."
        )
    return (
        f"Another version of {name} seems to have saved it; this server has {name} {ours}.{saved} "
        f"Save it again with {name}=={ours}, or train the model in a script that is sent to the "
        "server and deploy it there."
    )


def _package_of(error: BaseException) -> str | None:
    """Return the package that failed to load: it lacks a part, or could not read its own state."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        top, _, rest = error.name.partition(".")
        return top if rest and _is_there(top) else None
    if isinstance(error, AttributeError):
        found = re.search(r"on <module '(\w+)[.']|module '(\w+)[.']", str(error))
        if found:
            top = found[1] or found[2]
            return top if _version(top) else None
    trace, seen = error.__traceback__, []
    while trace is not None and len(seen) < _FRAMES:
        seen.append(trace.tb_frame.f_globals.get("__name__"))
        trace = trace.tb_next
    tops = [str(one).partition(".")[0] for one in seen]
    return next((one for one in reversed(tops) if one in {"scipy", "sklearn"}), None)


def _is_there(module: str) -> bool:
    if module in sys.modules:
        return True
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(_NAMES.get(package, package))
    except importlib.metadata.PackageNotFoundError:
        version = getattr(sys.modules.get(package), "__version__", None)
        return version if isinstance(version, str) else None


def notes_of(caught: Iterable[warnings.WarningMessage]) -> list[str]:
    """Return sentences for the analyst; the objects of one pair of versions share one."""
    pairs: dict[tuple[str, str], list[str]] = {}
    notes: dict[str, None] = {}
    for one in caught:
        message = one.message
        pair = _versions(message)
        if pair is not None:
            pairs.setdefault(pair, []).append(str(getattr(message, "estimator_name", "object")))
        elif not isinstance(message, _QUIET):
            notes[f"{type(message).__name__}: {' '.join(str(message).split())}"[:_MOST_TEXT]] = None
    differences = [_sentence(*pair, names) for pair, names in pairs.items()]
    return [*differences, *notes][:_MOST_NOTES]


def _versions(message: Any) -> tuple[str, str] | None:
    """Return the saving and the loading scikit-learn version (InconsistentVersionWarning)."""
    saved = getattr(message, "original_sklearn_version", None)
    ours = getattr(message, "current_sklearn_version", None)
    return None if saved is None or ours is None else (str(saved), str(ours))


def _sentence(saved: str, ours: str, names: list[str]) -> str:
    known = sorted(set(names))
    shown = ", ".join(known[:_MOST_NAMES]) + (" and others" if len(known) > _MOST_NAMES else "")
    return (
        f"{shown}: saved by scikit-learn {saved}; this server has {ours}. It loads, but may fail "
        "or return other results. To be sure, train it again in a script sent to the server."
    )[:_MOST_TEXT]
