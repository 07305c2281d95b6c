"""The interpreter's copy of the files that scripts may read, under ``/data``.

The host sends them piece by piece; Python never sees the folder that they come from.
"""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path, PurePosixPath
from typing import Final

ROOT: Final = Path("/data")
_MODULES: Final = ".py"
_READ_ONLY_FILE: Final = 0o444
_READ_ONLY_FOLDER: Final = 0o555
_OPEN_FOLDER: Final = 0o755


def put(name: str, content: bytes, *, is_first: bool, is_last: bool, root: Path = ROOT) -> None:
    """Write a piece of the file ``name`` (below ``/data``, with slashes).

    Until its last piece came, a file is kept beside its place, so that no script reads half of it.
    Raises ``ValueError`` for a name that leads elsewhere, ``OSError`` when it cannot be written.
    """
    path = _place(root, name)
    _open(root, path.parent)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("wb" if is_first else "ab") as file:
            file.write(content)
        if is_last:
            if path.is_dir():
                _clear(path)
            unfinished.chmod(_READ_ONLY_FILE)
            unfinished.replace(path)
    finally:
        _close(root, path.parent)
    if is_last and name.endswith(_MODULES):
        _let_import(root)


def remove(name: str, root: Path = ROOT) -> None:
    """Remove a file, and the folders that held nothing else."""
    path = _place(root, name)
    folder = path.parent
    if not folder.is_dir():
        return
    _open(root, folder)
    path.unlink(missing_ok=True)
    while folder != root and not any(folder.iterdir()):
        _open(root, folder.parent)
        folder.rmdir()
        folder = folder.parent
    _close(root, folder)


def clear(root: Path = ROOT) -> None:
    """Remove all files and folders."""
    if not root.is_dir():
        return
    _open(root, root)
    for one in list(root.iterdir()):
        if one.is_dir() and not one.is_symlink():
            _clear(one)
        else:
            one.unlink()
    _close(root, root)


def _let_import(root: Path) -> None:
    """Let scripts import these files, after everything that Python itself finds."""
    if str(root) not in sys.path:
        sys.path.append(str(root))
    # Python remembers that a folder did not exist, or was empty.
    sys.path_importer_cache.pop(str(root), None)
    importlib.invalidate_caches()


def _place(root: Path, name: str) -> Path:
    pure = PurePosixPath(name)
    if not name or pure.is_absolute() or ".." in pure.parts:
        raise ValueError(f"no name of a file: {name!r}")
    return root / pure


def _clear(folder: Path) -> None:
    for one in [folder, *folder.rglob("*")]:
        if one.is_dir() and not one.is_symlink():
            one.chmod(_OPEN_FOLDER)
    shutil.rmtree(folder)


def _open(root: Path, folder: Path) -> None:
    """Make a folder and its parents, writable for this module only: scripts may only read them."""
    for one in _chain(root, folder):
        if one.exists() and not one.is_dir():
            one.unlink()
        one.mkdir(exist_ok=True)
        one.chmod(_OPEN_FOLDER)


def _close(root: Path, folder: Path) -> None:
    for one in reversed(_chain(root, folder)):
        if one.is_dir():
            one.chmod(_READ_ONLY_FOLDER)


def _chain(root: Path, folder: Path) -> list[Path]:
    above = [folder, *folder.parents]
    return above[above.index(root) :: -1]
