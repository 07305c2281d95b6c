"""Deploys, changes and removes functions for a running script.

Must not know how the host stores them: each change is made in the replica at once, and is noted for
the host, which gets it with the answer of the request.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from tabpy_tray import errors, pickles, source
from tabpy_tray.registry import NO_DOCSTRING, REGISTRY, Entry, digest_of, now
from tabpy_tray.session import SESSION, Change

_SERVER_NAME: Final = re.compile(r"[a-zA-Z0-9_\s-]+")
# The host refuses heads of more than 4 MB (messages.ts), and ends an interpreter that sends one.
_MAX_TEXTS: Final = 3_000_000
# It also accepts no more changes in one request (checked-reply.ts).
_MAX_CHANGES: Final = 2_000
BAD_NAME: Final = "endpoint name can only contain: a-z, A-Z, 0-9, underscore, hyphens and spaces."


class RefusedError(Exception):
    """The server refused a change; ``status`` and ``message`` are those of the HTTP answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def deploy(
    name: str,
    query_object: Any,
    *,
    description: str = "",
    schema: str | None = None,
    override: bool = False,
    is_public: bool = False,
) -> Entry:
    """Deploy a query object (with ``query``, ``get_docstring`` and ``get_methods``).

    It is pickled and unpickled at once, so that nothing unloadable is ever kept. Raises
    ``RefusedError`` for a bad name, ``RuntimeError`` when pickling or unpickling fails.
    """
    if not _SERVER_NAME.fullmatch(name):
        raise RefusedError(400, BAD_NAME)
    pickled = _dump(name, query_object)
    try:
        loaded = pickles.load(pickled)
    except pickles.LoadError as error:
        raise RuntimeError(f"LoadFailed: {error}") from error
    known = REGISTRY.entries.get(name)
    entry = Entry(
        name=name,
        version=known.version + 1 if known else 1,
        description=description or (known.description if known else ""),
        docstring=_docstring(query_object),
        schema=schema,
        is_public=is_public,
        creation_time=known.creation_time if known else now(),
        last_modified_time=now(),
        digest=digest_of(pickled),
        loaded=loaded.value,
    )
    fields = {
        "kind": "deploy",
        "name": name,
        "override": override,
        "version": entry.version,
        "description": entry.description,
        "docstring": entry.docstring,
        "schema": schema,
        "isPublic": is_public,
        "methods": query_object.get_methods() or [],
        "source": source.of(query_object),
        "functionName": source.name_of(query_object),
        "libraries": loaded.libraries,
        "pickleBytes": len(pickled),
    }
    _note(Change(fields, pickled))
    REGISTRY.entries[name] = entry
    return entry


def update(name: str, *, description: str, schema: str | None, is_public: bool) -> Entry:
    """Change the description of a function; an empty description keeps the old one.

    Raises ``RefusedError`` when the function does not exist.
    """
    entry = _known(name)
    fields = {
        "kind": "update",
        "name": name,
        "description": description or entry.description,
        "schema": schema,
        "isPublic": is_public,
    }
    _note(Change(fields))
    entry.description = fields["description"]
    entry.schema = schema
    entry.is_public = is_public
    entry.last_modified_time = now()
    return entry


def remove(name: str) -> None:
    """Remove a function; raises ``RefusedError`` when it does not exist, or an alias needs it."""
    _known(name)
    users = [
        entry.name
        for entry in REGISTRY.entries.values()
        if entry.name != name and (entry.target == name or name in entry.dependencies)
    ]
    if users:
        raise RefusedError(
            400,
            f"Error when removing endpoint: Cannot remove endpoint {name}, it is currently used "
            f"by {users} endpoints.",
        )
    _note(Change({"kind": "remove", "name": name}))
    REGISTRY.remove(name)


def _note(change: Change) -> None:
    """Note a change for the host, if its texts still fit into one answer."""
    if len(SESSION.changes) >= _MAX_CHANGES:
        raise RefusedError(
            400,
            f"A request can change functions at most {_MAX_CHANGES:,} times. Use several requests.",
        )
    change.text_bytes = len(json.dumps(change.fields, default=str))
    if change.text_bytes + sum(known.text_bytes for known in SESSION.changes) > _MAX_TEXTS:
        raise RefusedError(
            400,
            "The functions of this request have more than 3 MB of source, descriptions and schemas."
            " Deploy fewer or shorter functions at once.",
        )
    SESSION.changes.append(change)


def _known(name: str) -> Entry:
    entry = REGISTRY.entries.get(name)
    if entry is None:
        raise RefusedError(404, f"endpoint {name} does not exist.")
    return entry


def _dump(name: str, query_object: Any) -> bytes:
    try:
        return pickles.dump(query_object)
    except RuntimeError:
        raise
    except Exception as error:
        raise RuntimeError(
            f"The function '{name}' cannot be saved: {errors.describe(error)}. The function, "
            "or a value that it uses from outside, cannot be pickled. "
            "Create such a value inside the function."
        ) from error


def _docstring(query_object: Any) -> str:
    text = query_object.get_docstring()
    return text if isinstance(text, str) and text else NO_DOCSTRING
