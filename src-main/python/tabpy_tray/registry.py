"""The replica of the deployed functions inside this interpreter.

A function is unpickled when it is first needed, once per version, and keeps its state (closures,
mutable defaults) between calls. Must not know how functions got here.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from typing import Any, Final

from tabpy_tray import pickles

NO_DOCSTRING: Final = "-- no docstring found in query function --"


@dataclass(slots=True)
class Entry:
    """One function: its wire fields, its pickle, and the object once loaded."""

    name: str
    type: str = "model"
    version: int = 1
    description: str = ""
    docstring: str = NO_DOCSTRING
    schema: Any = None
    is_public: bool = False
    creation_time: int = 0
    last_modified_time: int = 0
    dependencies: list[str] = field(default_factory=list)
    target: str | None = None
    status: str = "LoadSuccessful"
    last_error: str | None = None
    pickle: bytes = b""
    digest: bytes = b""
    loaded: Any = None
    #: What follows each of its answers; made with the first one.
    tail: bytes = b""

    def load(self) -> Any:
        """Return the query object; raises ``pickles.LoadError`` with the reason."""
        if self.loaded is not None:
            return self.loaded
        if not self.pickle:
            raise pickles.LoadError(self.last_error or "Its saved file is missing.")
        try:
            self.loaded = pickles.load(self.pickle).value
        except pickles.LoadError as error:
            self.status = "LoadFailed"
            # The notes from its deployment may be longer, such as which versions differ.
            if not (self.last_error or "").startswith(str(error)):
                self.last_error = str(error)
            raise pickles.LoadError(str(self.last_error), error.missing) from error
        self.status = "LoadSuccessful"
        self.last_error = None
        self.pickle = b""
        return self.loaded

    def as_json(self) -> dict[str, Any]:
        """Return the entry as ``GET /endpoints`` shows it."""
        return {
            "description": self.description,
            "docstring": self.docstring,
            "type": self.type,
            "version": self.version,
            "dependencies": list(self.dependencies),
            "target": self.target,
            "creation_time": self.creation_time,
            "last_modified_time": self.last_modified_time,
            "schema": self.schema,
            "is_public": self.is_public,
        }

    def status_as_json(self) -> dict[str, Any]:
        """Return the entry as ``GET /status`` shows it."""
        return {
            "version": self.version,
            "type": self.type,
            "status": self.status,
            "last_error": self.last_error,
        }


class Registry:
    """All functions by name."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.revision = 0

    def put(self, meta: dict[str, Any], pickled: bytes) -> None:
        """Add or replace a function as the host describes it (``EndpointMeta``).

        A loaded object stays when its version and pickle are the same, and where this interpreter
        deployed it itself (``isOwn``): then no pickle comes.
        """
        entry = Entry(
            name=meta["name"],
            type=meta.get("type", "model"),
            version=meta.get("version", 1),
            description=meta.get("description") or "",
            docstring=meta.get("docstring") or NO_DOCSTRING,
            schema=meta.get("schema"),
            is_public=bool(meta.get("isPublic")),
            creation_time=meta.get("creationTime", 0),
            last_modified_time=meta.get("lastModifiedTime", 0),
            dependencies=list(meta.get("dependencies") or []),
            target=meta.get("target"),
            status=meta.get("status", "LoadSuccessful"),
            last_error=meta.get("lastError"),
            pickle=pickled,
            digest=digest_of(pickled),
        )
        known = self.entries.get(entry.name)
        if meta.get("isOwn") and known is not None:
            entry.loaded, entry.pickle, entry.digest = known.loaded, known.pickle, known.digest
        elif (
            known is not None
            and known.loaded is not None
            and known.version == entry.version
            and known.digest == entry.digest
        ):
            entry.loaded = known.loaded
            entry.pickle = b""
        self.entries[entry.name] = entry

    def remove(self, name: str) -> None:
        """Remove a function, if it is known."""
        self.entries.pop(name, None)

    def resolve(self, name: str) -> Entry | None:
        """Return the function behind a name, following aliases; None when it does not exist."""
        seen: set[str] = set()
        entry = self.entries.get(name)
        while entry is not None and entry.type == "alias":
            if entry.name in seen or entry.target is None:
                return None
            seen.add(entry.name)
            entry = self.entries.get(entry.target)
        return entry

    def status(self) -> dict[str, Any]:
        """Return the answer of ``GET /status``."""
        return {name: entry.status_as_json() for name, entry in self.entries.items()}

    def endpoints(self) -> dict[str, Any]:
        """Return the answer of ``GET /endpoints``."""
        return {name: entry.as_json() for name, entry in self.entries.items()}


def digest_of(pickled: bytes) -> bytes:
    """Return the identity of a pickle."""
    return hashlib.sha256(pickled).digest()


def now() -> int:
    """Return the time as endpoints carry it: whole seconds since 1970."""
    return int(time.time())


REGISTRY: Final = Registry()
