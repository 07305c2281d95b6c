"""The wrapper around a deployed function; pickles of TabPy refer to it by this name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .query_object import QueryObject

if TYPE_CHECKING:
    from collections.abc import Callable

_NO_DOCSTRING = "-- no docstring found in query function --"


class CustomQueryObject(QueryObject):
    """A function with a description; its attributes are TabPy's, so both can load its pickles."""

    def __init__(self, query: Callable[..., Any], description: str = "") -> None:
        super().__init__(description)
        self.custom_query = query

    def query(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function. Its result is checked and converted by the caller."""
        return self.custom_query(*args, **kwargs)

    def get_docstring(self) -> str:
        """Return the function's docstring, or TabPy's text for a missing one."""
        text = getattr(self.custom_query, "__doc__", None)
        return text if text and isinstance(text, str) else _NO_DOCSTRING

    def get_methods(self) -> list[dict[str, Any]]:
        """Return the only method."""
        return [self.get_query_method()]

    def get_query_method(self) -> dict[str, Any]:
        """Return the description of ``query``."""
        return {"method": "query"}
