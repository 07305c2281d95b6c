"""The ``tabpy`` object that every script sees; must not know HTTP."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from tabpy_tray import query
from tabpy_tray.registry import REGISTRY
from tabpy_tray.session import SESSION


class RestrictedTabPy:
    """Calls deployed functions in process, where TabPy sends itself an HTTP request.

    The name is TabPy's: error texts show it.
    """

    def query(self, name: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Call a deployed function with positional or (when there are none) keyword arguments.

        Returns ``{"response", "version", "model", "uuid"}``, or ``{"message", "info"}`` when the
        function does not exist or failed: it never raises for that. Arguments and results are
        copied, as JSON would copy them.
        """
        name = str(name)
        if name not in REGISTRY.entries and "%" in name:
            name = unquote(name)
        answer = query.ask(name, query.plain_arguments(args, kwargs))
        if isinstance(answer, query.Failure):
            SESSION.failed_query = _summary(answer)
            failure = SESSION.failed_query if name in REGISTRY.entries else None
            SESSION.failed_cause = (name, failure)
            return answer.as_json()
        return answer

    def __reduce__(self) -> tuple[type[RestrictedTabPy], tuple[()]]:
        return RestrictedTabPy, ()


TABPY = RestrictedTabPy()  # older pickles of functions refer to this name


def _summary(failure: query.Failure) -> str:
    if not isinstance(failure.info, dict):
        return str(failure.info)
    line = (failure.error or {}).get("line")
    place = f" (line {line} of the function)" if line else ""
    return f"{failure.message}: {failure.info['error']}{place}"
