"""The shape of an answer: status, body, and facts for the host about it."""

from __future__ import annotations

from dataclasses import dataclass
from json import dumps as _dumps  # a script may replace it
from marshal import loads as _unmarshal
from typing import TYPE_CHECKING, Any

from tabpy_tray.serialise import write

if TYPE_CHECKING:
    from tabpy_tray.session import Change


@dataclass(slots=True)
class Reply:
    """An answer of one operation. ``extra`` holds fields that only that operation has."""

    status: int
    body: bytes = b""
    error: dict[str, Any] | None = None
    etag: str | None = None
    extra: dict[str, Any] | None = None
    #: No foreign code ran since the names were repaired.
    is_clean: bool = False
    #: In place of a body: floats as ``serialise.float_records`` gives them.
    records: bytes | None = None


def refusal(
    status: int, message: str, info: Any = None, error: dict[str, Any] | None = None
) -> Reply:
    """Return TabPy's error body: ``message`` and ``info`` (``{}`` when there is none).

    It has TabPy's spelling, spaces and escapes included, because its client prints the raw text.
    """
    body = _dumps({"message": message, "info": {} if info is None else info})
    return Reply(status, body.encode("ascii"), error)


def encode(
    reply: Reply, prints: str, dropped: int, changes: list[Change]
) -> tuple[bytes, bytes] | tuple[bytes, bytes, bytes]:
    """Return the answer as the two byte strings of the frame: meta, and body with pickles.

    With records there are three: the guest writes their body, and its length between the first and
    the last.
    """
    if reply.records is not None:
        return _encode_records(reply, prints, dropped, changes)
    if not (prints or dropped or changes or reply.error or reply.etag or reply.extra):
        return b'{"status":%d,"bodyBytes":%d}' % (reply.status, len(reply.body)), reply.body
    if reply.etag and not (prints or dropped or changes or reply.error or reply.extra):
        head = b'{"status":%d,"bodyBytes":%d,"etag":"%b"}'
        return head % (reply.status, len(reply.body), reply.etag.encode("ascii")), reply.body
    meta: dict[str, Any] = {"status": reply.status, "bodyBytes": len(reply.body)}
    if reply.etag:
        meta["etag"] = reply.etag
    if prints:
        meta["prints"] = prints
    if dropped:
        meta["printsDropped"] = dropped
    if reply.error:
        meta["error"] = reply.error
    if changes:
        meta["changes"] = [change.fields for change in changes]
    if reply.extra:
        meta.update(reply.extra)
    payload = reply.body
    if changes:
        payload = b"".join([payload, *(change.pickle for change in changes)])
    return _meta(meta), payload


def _encode_records(
    reply: Reply, prints: str, dropped: int, changes: list[Change]
) -> tuple[bytes, bytes] | tuple[bytes, bytes, bytes]:
    records = reply.records
    if changes:
        # Pickles follow the body: rare with a long column, so Python writes this answer.
        written = Reply(reply.status, write(_unmarshal(records)), reply.error, extra=reply.extra)
        return encode(written, prints, dropped, changes)
    head, _ = encode(Reply(reply.status, extra=reply.extra), prints, dropped, changes)
    before, after = head.split(b'"bodyBytes":0', 1)
    return before + b'"bodyBytes":', records, after


def _meta(meta: dict[str, Any]) -> bytes:
    try:
        return write(meta)
    except (TypeError, ValueError, RecursionError):
        return _dumps(meta, default=str).encode("ascii")
