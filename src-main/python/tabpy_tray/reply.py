"""The shape of an answer: status, body, and facts for the host about it."""

from __future__ import annotations

from dataclasses import dataclass
from json import dumps as _dumps  # a script may replace it
from marshal import loads as _unmarshal
from typing import TYPE_CHECKING, Any

from tabpy_tray.serialise import write

if TYPE_CHECKING:
    from tabpy_tray.session import Change
    from tabpy_tray.verdict import Verdict


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
    #: Rows each way, and what Tableau makes of the result.
    verdict: Verdict | None = None


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
    verdict = reply.verdict
    is_short = verdict is None or verdict.is_plain()
    if is_short and not (prints or dropped or changes or reply.error or reply.extra):
        return _short_head(reply, verdict), reply.body
    meta: dict[str, Any] = {"status": reply.status, "bodyBytes": len(reply.body)}
    if verdict is not None:
        meta.update(verdict.fields())
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


def _short_head(reply: Reply, verdict: Verdict | None) -> bytes:
    """Return the head of nearly every answer, in a third of the time that any head takes."""
    head = b'{"status":%d,"bodyBytes":%d' % (reply.status, len(reply.body))
    if verdict is not None:
        head += b',"rows":[%d,%d]' % (verdict.sent, verdict.back)
    if reply.etag:
        head += b',"etag":"%b"' % reply.etag.encode("ascii")
    return head + b"}"


def _encode_records(
    reply: Reply, prints: str, dropped: int, changes: list[Change]
) -> tuple[bytes, bytes] | tuple[bytes, bytes, bytes]:
    records = reply.records
    if changes:
        # Pickles follow the body: rare with a long column, so Python writes this answer.
        body = write(_unmarshal(records))
        written = Reply(reply.status, body, reply.error, extra=reply.extra, verdict=reply.verdict)
        return encode(written, prints, dropped, changes)
    bare = Reply(reply.status, extra=reply.extra, verdict=reply.verdict)
    head, _ = encode(bare, prints, dropped, changes)
    before, after = head.split(b'"bodyBytes":0', 1)
    return before + b'"bodyBytes":', records, after


def _meta(meta: dict[str, Any]) -> bytes:
    try:
        return write(meta)
    except (TypeError, ValueError, RecursionError):
        return _dumps(meta, default=str).encode("ascii")
