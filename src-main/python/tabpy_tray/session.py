"""The state of the request being answered; requests come strictly one after another.

Must not know how answers are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tabpy_tray.script import Script


_MOST_NAMES: Final = 100
_MOST_DURATIONS: Final = 200


@dataclass(slots=True)
class Change:
    """One change of the functions: the fields of the wire, and the pickle of a deployed one."""

    fields: dict[str, Any]
    pickle: bytes = b""
    text_bytes: int = 0


@dataclass(slots=True)
class Asked:
    """How often a script called a function, how often it failed, and the first durations."""

    calls: int = 0
    errors: int = 0
    ms: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Session:
    """The running script or module, what it changed, and how its last ``tabpy.query`` failed."""

    script: Script | None = None
    module_text: str | None = None
    function_name: str | None = None
    changes: list[Change] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    failed_query: str | None = None
    #: The name that it asked for, and how that function failed; None when there is none.
    failed_cause: tuple[str, str | None] | None = None
    threads_started: int = 0
    waiting_workers: list[Any] = field(default_factory=list)

    def begin(self) -> None:
        """Reset the state of the request before."""
        self.script = None
        self.module_text = None
        self.function_name = None
        self.failed_query = None
        self.failed_cause = None
        self.threads_started = 0
        if self.waiting_workers:
            self.waiting_workers = []
        if self.changes:
            self.changes = []
        if self.asked:
            self.asked = {}

    def note_asked(self, name: str, milliseconds: float, *, is_error: bool) -> None:
        """Note a call of a deployed function for the host's figures."""
        asked = self.asked.get(name)
        if asked is None:
            if len(self.asked) >= _MOST_NAMES:
                return
            asked = self.asked[name] = Asked()
        asked.calls += 1
        asked.errors += is_error
        if len(asked.ms) < _MOST_DURATIONS:
            asked.ms.append(round(milliseconds, 3))


SESSION = Session()
