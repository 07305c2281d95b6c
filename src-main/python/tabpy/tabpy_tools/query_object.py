"""The base class of everything that can be deployed."""

from __future__ import annotations

import abc
import json
from pathlib import Path
from typing import Any

from tabpy_tray import pickles

_FILE = "pickle_archive"


class QueryObject(abc.ABC):
    """A deployed object: ``query`` is called, ``get_docstring`` and ``get_methods`` describe it."""

    def __init__(self, description: str = "") -> None:
        self.description = description

    def get_dependencies(self) -> list[str]:
        """Return the names of the endpoints that this one needs."""
        return []

    @abc.abstractmethod
    def query(self, input: Any) -> Any:
        """Return the answer for the input."""

    @abc.abstractmethod
    def get_docstring(self) -> str:
        """Return the documentation for ``GET /endpoints``."""

    @abc.abstractmethod
    def get_methods(self) -> list[dict[str, Any]] | None:
        """Return a description of the methods."""

    def save(self, path: str) -> None:
        """Write the pickle into the folder ``path`` of the interpreter's own file system."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FILE).write_bytes(pickles.dump(self))

    @classmethod
    def load(cls, path: str) -> QueryObject:
        """Read what ``save`` wrote."""
        return pickles.load((Path(path).expanduser() / _FILE).read_bytes()).value

    @classmethod
    def _make_serializable(cls, result: Any) -> Any:
        try:
            json.dumps(result)
        except TypeError as error:
            raise TypeError(
                f"Result from object query is not json serializable: {result}"
            ) from error
        return result
