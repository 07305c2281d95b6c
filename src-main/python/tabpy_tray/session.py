"""What belongs to the request being answered; requests come strictly one after another.

Must not know how answers are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tabpy_tray.script import Script


@dataclass(slots=True)
class Change:
    """One change of the functions: the fields of the wire, and the pickle of a deployed one."""

    fields: dict[str, Any]
    pickle: bytes = b""
    text_bytes: int = 0


@dataclass(slots=True)
class Session:
    """The running script or module, what it changed, and how its last ``tabpy.query`` failed."""

    script: Script | None = None
    module_text: str | None = None
    function_name: str | None = None
    changes: list[Change] = field(default_factory=list)
    failed_query: str | None = None
    threads_started: int = 0

    def begin(self) -> None:
        """Forget the request before."""
        self.script = None
        self.module_text = None
        self.function_name = None
        self.failed_query = None
        self.threads_started = 0
        if self.changes:
            self.changes = []


SESSION = Session()
