"""Puts into words what packages say when they load what other versions of them have saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import warnings
    from collections.abc import Iterable

_MOST_NOTES: Final = 5
_MOST_NAMES: Final = 3
_MOST_TEXT: Final = 300
# For programmers, not for who uses what they wrote.
_QUIET: Final = (
    DeprecationWarning,
    PendingDeprecationWarning,
    FutureWarning,
    ImportWarning,
    ResourceWarning,
)


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
    """Return which scikit-learn saved an object and which loads it (InconsistentVersionWarning)."""
    saved = getattr(message, "original_sklearn_version", None)
    ours = getattr(message, "current_sklearn_version", None)
    return None if saved is None or ours is None else (str(saved), str(ours))


def _sentence(saved: str, ours: str, names: list[str]) -> str:
    known = sorted(set(names))
    shown = ", ".join(known[:_MOST_NAMES]) + (" and others" if len(known) > _MOST_NAMES else "")
    return (
        f"{shown}: saved by scikit-learn {saved}; this server has {ours}. It loads, but may fail "
        "or answer differently: train it again in a script sent to the server to be sure."
    )[:_MOST_TEXT]
