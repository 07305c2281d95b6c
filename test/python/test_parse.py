from __future__ import annotations

import json
import math
import random
import struct

import pytest

from tabpy_tray import parse

CORPUS = [
    *(b"1 -0 -0.0 1e999 -1e999 1E5 01 1. .5 +1 NaN -NaN Infinity -Infinity Inf nan nul".split()),
    *(b'1_000 - -- --1 1e 1.0e+ 0e5 -0e5 0x10 -Inf Nan InfinityX true1 [ {"a" tru'.split()),
    *(b"9" * n for n in (19, 20, 30, 400, 4300, 4301)),
    b"-" + b"9" * 4301,
    b"9" * 5000 + b".0",
    b"1" * 400 + b".5",
    b"1" * 400 + b"e1",
    b"1e-400",
    b"5e-324",
    b"2.4703282292062327e-324",
    b"0.1000000000000000055511151231257827021181583404541015625",
    b"9007199254740992.9999999999",
    b"9223372036854775807",
    b"9223372036854775808",
    b"-9223372036854775809",
    b'{"a":1,"b":2,"a":3}',
    b'{"a":{"a":1},"a":[]}',
    b'"\\ud83d\\ude00"',
    b'"\\ud800"',
    b'"\\udc00"',
    b'"\\ud800\\u0041"',
    b'"\\uD83D\\uDE00\\uD83D"',
    b'"\\u0000"',
    b'"\\u12"',
    b'"\x00"',
    b'"\t"',
    b'"\\/"',
    b'"\\x"',
    b'"\xff"',
    b'"\xed\xa0\x80"',
    b'"\xc3\xa9\x7f"',
    b"\xef\xbb\xbf1",
    b"[1,]",
    b'{"a":1,}',
    b"[1 2]",
    b"",
    b" ",
    b"1 2",
    b"\x0c1",
    b"\xc2\xa01",
    b'"abc',
    b"{'a':1}",
    b"{1:2}",
    b"// x\n1",
    b"\n\r\t [1, NaN, {}]\n",
    b"\xd9\xa1",
    *(b"[" * n + b"]" * n for n in (100, 200, 201, 202, 300, 500)),
]


def outcome(read, data: bytes) -> str:
    try:
        return repr(read(data))
    except (ValueError, RecursionError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("data", CORPUS, ids=lambda data: repr(data[:24]))
def test_reads_every_document_as_the_standard_library_does(data: bytes, json_library: None) -> None:
    assert outcome(parse.loads, data) == outcome(lambda d: json.loads(d.decode()), data)


def test_reads_floats_of_any_length_to_the_nearest_double(json_library: None) -> None:
    generator = random.Random(7)
    for _ in range(5_000):
        (number,) = struct.unpack("d", generator.randbytes(8))
        if not math.isnan(number):
            text = f"{number:.{generator.randint(0, 30)}e}".encode()
            assert parse.loads(text) == json.loads(text)


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 5_000 + b"1" + b"}" * 5_000])
def test_refuses_nesting_that_would_overflow_the_stack(data: bytes, json_library: None) -> None:
    with pytest.raises(RecursionError):
        parse.loads(data)


def test_does_not_count_brackets_inside_texts_as_nesting(json_library: None) -> None:
    text = "[" * 5_000 + '\\"' + "{" * 5_000
    assert parse.loads(json.dumps([text, "\ud800"]).encode()) == [text, "\ud800"]
