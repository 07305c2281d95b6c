from __future__ import annotations

import json

import pytest

from tabpy_tray import entry


@pytest.mark.parametrize("meta", [b"", b"{}", b'{"op":"nope"}', b"[]", b'{"op":"query"}', b"\xff"])
def test_never_raises_for_a_request_that_it_does_not_know(meta) -> None:
    head, body = entry.handle(meta, b"{}")
    answer = json.loads(head)
    assert answer["status"] == 500
    assert answer["bodyBytes"] == len(body)
    assert json.loads(body)["message"] == "The interpreter could not answer."


def test_imports_ahead_and_says_what_failed(python) -> None:
    failed = python.send("import", modules=["json", "no_such_module"]).meta["failed"]
    assert list(failed) == ["no_such_module"]
    assert failed["no_such_module"].startswith("ModuleNotFoundError : No module named")


def test_reads_a_body_of_any_bytes_like_type() -> None:
    for kind in (bytes, bytearray):
        _, body = entry.handle(b'{"op":"evaluate"}', kind(b'{"script":"return 1"}'))
        assert body == b"1"


def test_keeps_odd_characters_readable_for_the_host(python) -> None:
    answer = python.evaluate("print('\\ud800 é')\nraise ValueError('\\udfff')")
    assert answer.meta["prints"] == "\ud800 é\n"
    assert answer.meta["error"]["text"] == "\udfff"
