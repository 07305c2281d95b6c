"""Keeps what a script prints, up to a limit; must not know where it is shown.

One stream serves all requests: handlers of ``logging`` keep the stream that they found first.
"""

from __future__ import annotations

import io
import sys
from typing import Any, Final

MAX_CHARS: Final = 64 * 1024


class Output(io.TextIOBase):
    """A text stream that keeps the first ``MAX_CHARS`` characters and counts the others."""

    encoding = "utf-8"
    errors = "replace"
    newlines = None

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._room = MAX_CHARS
        self.dropped = 0
        self.buffer = _Bytes(self)

    def write(self, text: str, /) -> int:
        """Keep ``text`` or count it; always reports all of it as written."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        length = len(text)
        if length <= self._room:
            self._room -= length
            self._parts.append(text)
        elif self._room:
            self._parts.append(text[: self._room])
            self.dropped += length - self._room
            self._room = 0
        else:
            self.dropped += length
        return length

    def writable(self) -> bool:
        """Return True: this stream can be written to."""
        return True

    def flush(self) -> None:
        """Do nothing; there is nothing behind this stream."""

    def close(self) -> None:
        """Do nothing: the next request needs the stream."""

    def reconfigure(self, **_options: Any) -> None:
        """Do nothing; scripts call it on a real standard output."""

    def take(self) -> tuple[str, int]:
        """Return the text since the last call and the number of dropped characters; reset both."""
        if self._room == MAX_CHARS and not self.dropped:
            return "", 0
        taken = "".join(self._parts), self.dropped
        self._parts.clear()
        self._room = MAX_CHARS
        self.dropped = 0
        return taken


class _Bytes(io.RawIOBase):
    """The ``buffer`` of a text stream: bytes are read as UTF-8."""

    def __init__(self, text: Output) -> None:
        self._text = text

    def write(self, data: Any, /) -> int:
        self._text.write(bytes(data).decode("utf-8", "replace"))
        return len(data)

    def writable(self) -> bool:
        return True

    def close(self) -> None:
        """Do nothing, as the stream above does."""


class _NoInput(io.TextIOBase):
    """A standard input at its end: ``input()`` raises EOFError instead of waiting for ever."""

    def readable(self) -> bool:
        return True

    def read(self, _size: int | None = -1, /) -> str:
        return ""

    def readline(self, _size: int = -1, /) -> str:  # type: ignore[override]
        return ""

    def close(self) -> None:
        """Do nothing: the next request needs the stream."""


OUTPUT: Final = Output()
_NO_INPUT: Final = _NoInput()


class Capture:
    """Sends the standard streams to ``OUTPUT`` between ``begin`` and ``end``."""

    __slots__ = ("_saved",)

    def begin(self) -> None:
        """Redirect the standard streams."""
        self._saved = (sys.stdin, sys.stdout, sys.stderr)
        sys.stdin = _NO_INPUT
        sys.stdout = sys.stderr = OUTPUT

    def end(self) -> tuple[str, int]:
        """Restore the streams, whatever a script did to them; return text and dropped count."""
        sys.stdin, sys.stdout, sys.stderr = self._saved
        return OUTPUT.take()
