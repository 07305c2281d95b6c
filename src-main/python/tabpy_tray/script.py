"""Compiles scripts as bodies of a function and remembers the result; must not run them.

TabPy indents the text of a script and puts ``def _user_script(tabpy, _arg1, ...)`` above it. Here
the parsed statements move into that function instead: line numbers are those of the analyst, and
text inside triple quotes is not shifted.
"""

from __future__ import annotations

import ast
import re
import types
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from tabpy_tray import names, nesting

FILE_NAME: Final = "<string>"
FUNCTION_NAME: Final = "_user_script"

_MAX_CACHED: Final = 256
_MAX_CACHED_CHARS: Final = 4_000_000
# A parameter takes memory like some letters, however short the script is.
_CHARS_OF_ARGUMENT: Final = 100
_MAX_CACHED_ARGUMENTS: Final = 1_000
_ODD_LINE_ENDS: Final = re.compile("[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_UNEXPECTED_INDENT: Final = "unexpected indent"
_EXPECTED_INDENT: Final = "expected an indented block after 'if' statement on line 1"


@dataclass(slots=True)
class Script:
    """A compiled script. ``code`` is None when the script has no statement at all."""

    text: str
    code: types.CodeType | None
    lazy_names: tuple[str, ...]

    def owns(self, code: types.CodeType) -> bool:
        """Check whether ``code`` is the script's own or of a function defined in it."""
        waiting = [self.code] if self.code is not None else []
        while waiting:
            part = waiting.pop()
            if part is code:
                return True
            waiting.extend(const for const in part.co_consts if isinstance(const, types.CodeType))
        return False


_cache: OrderedDict[tuple[str, int], Script] = OrderedDict()
_cached_chars = 0


def compiled(text: str, argument_count: int) -> Script:
    """Return the compiled form of a script, from the cache where possible.

    Raises ``SyntaxError`` with the analyst's line number, or whatever else the compiler raises
    (``ValueError`` for null bytes, ``UnicodeEncodeError``, ``RecursionError``, ``MemoryError``).
    """
    key = (text, argument_count)
    script = _cache.get(key)
    if script is not None:
        _cache.move_to_end(key)
        return script
    code = _compile(text, argument_count)
    script = Script(text, code, names.lazy_names(code) if code is not None else ())
    _remember(key, script)
    return script


def _remember(key: tuple[str, int], script: Script) -> None:
    global _cached_chars  # noqa: PLW0603 - the size of the cache beside it
    if key[1] > _MAX_CACHED_ARGUMENTS:
        return
    _cache[key] = script
    _cached_chars += _cost_of(key)
    while len(_cache) > _MAX_CACHED or (_cached_chars > _MAX_CACHED_CHARS and len(_cache) > 1):
        oldest, _ = _cache.popitem(last=False)
        _cached_chars -= _cost_of(oldest)


def _cost_of(key: tuple[str, int]) -> int:
    text, argument_count = key
    return len(text) + argument_count * _CHARS_OF_ARGUMENT


def _compile(text: str, argument_count: int) -> types.CodeType | None:
    body = statements(text)
    if not body:
        return None
    function = ast.parse(f"def {FUNCTION_NAME}(): pass", FILE_NAME).body[0]
    assert isinstance(function, ast.FunctionDef)
    arguments = ["tabpy", *(f"_arg{n}" for n in range(1, argument_count + 1))]
    function.args.args = [ast.arg(name, lineno=1, col_offset=0) for name in arguments]
    function.body = body
    module = ast.fix_missing_locations(ast.Module([function], []))
    for const in compile(module, FILE_NAME, "exec", dont_inherit=True).co_consts:
        if isinstance(const, types.CodeType):
            return const
    raise SystemError("the compiler returned no function")


def statements(text: str) -> list[ast.stmt]:
    """Parse a script, also when it is indented as a whole, or cut by odd line ends.

    Raises ``SyntaxError``, ``RecursionError``, or ``ValueError`` for null bytes.
    """
    nesting.check(text)
    text = text.removeprefix("\ufeff")
    try:
        return ast.parse(text, FILE_NAME).body
    except IndentationError as error:
        if error.msg != _UNEXPECTED_INDENT:
            raise
        return _indented_statements(text, error)
    except SyntaxError:
        # TabPy cuts scripts with str.splitlines(), which knows more line ends than Python does.
        if _ODD_LINE_ENDS.search(text) is None:
            raise
        lines = "\n".join(text.splitlines())
        try:
            return ast.parse(lines, FILE_NAME).body
        except SyntaxError:
            pass
        raise


def _indented_statements(text: str, first_error: IndentationError) -> list[ast.stmt]:
    try:
        body = ast.parse("if True:\n" + text, FILE_NAME).body
    except SyntaxError as error:
        if isinstance(error, IndentationError) and error.msg.startswith(_EXPECTED_INDENT):
            raise first_error from None  # the script is not indented as a whole
        _move_up(error)
        raise
    block = body[0]
    if len(body) != 1 or not isinstance(block, ast.If) or block.orelse:
        raise first_error
    for statement in block.body:
        ast.increment_lineno(statement, -1)
    return block.body


def _move_up(error: SyntaxError) -> None:
    """Count lines from the script, not from the line that was added above it."""
    if error.lineno is not None:
        error.lineno -= 1
    if error.end_lineno:
        error.end_lineno -= 1
