from __future__ import annotations

import sys

import pytest

from tabpy_tray import output


def test_hears_what_is_printed(python) -> None:
    script = (
        "import sys\nprint('a', 1)\nprint('b', file=sys.stderr)\nsys.stdout.write('c\\n')\n"
        "sys.stdout.buffer.write('é\\n'.encode())\nreturn 1"
    )
    answer = python.evaluate(script)
    assert answer.body == b"1"
    assert answer.meta["prints"] == "a 1\nb\nc\né\n"


def test_is_silent_when_nothing_was_printed(python) -> None:
    assert "prints" not in python.evaluate("return 1").meta


def test_keeps_the_beginning_and_counts_the_rest(python) -> None:
    answer = python.evaluate("for i in range(100_000): print('0123456789')")
    assert len(answer.meta["prints"]) == output.MAX_CHARS
    assert answer.meta["printsDropped"] == 1_100_000 - output.MAX_CHARS


def test_prints_of_a_failing_script_are_kept(python) -> None:
    answer = python.evaluate("print('before')\n1 / 0")
    assert (answer.status, answer.meta["prints"]) == (500, "before\n")


@pytest.mark.parametrize(
    "abuse",
    [
        "sys.stdout.close()",
        "sys.stdout = None",
        "sys.stdout = open('/dev/null', 'w')",
        "del sys.stdout",
        "sys.stdout.buffer.close()",
        "sys.stdout.reconfigure(encoding='ascii')",
    ],
)
def test_a_script_cannot_silence_the_next_one(python, abuse) -> None:
    python.evaluate(f"import sys\n{abuse}")
    assert python.evaluate("print('still here')").meta["prints"] == "still here\n"


def test_a_log_handler_of_an_earlier_script_is_still_heard(python) -> None:
    setup = "global h\nh = logging.StreamHandler()\nlogging.getLogger('own').addHandler(h)"
    python.evaluate(setup)
    answer = python.evaluate("logging.getLogger('own').warning('later')")
    assert "later\n" in answer.meta["prints"]


def test_asking_for_input_fails_at_once(python) -> None:
    assert python.evaluate("return input('name? ')").info == "EOFError : EOF when reading a line"


def test_gives_the_streams_back(python) -> None:
    before = (sys.stdin, sys.stdout, sys.stderr)
    python.evaluate("import sys\nsys.stderr = 5\n1 / 0")
    assert before == (sys.stdin, sys.stdout, sys.stderr)


def test_refuses_bytes_as_a_real_stream_does(python) -> None:
    info = python.evaluate("import sys\nsys.stdout.write(b'x')").info
    assert info == "TypeError : write() argument must be str, not bytes"
