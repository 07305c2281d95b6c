"""Finds out which Python made a pickled code object; must not know sources or pickles.

Bytecode differs with every minor version, and nothing in a pickle names the version: a function of
3.11 loads in 3.14 and then runs garbage.
"""

from __future__ import annotations

import dis
import platform
import types
from dataclasses import dataclass
from typing import Any, Final

from tabpy_tray.likeness import Parts, arguments_of

OWN_VERSION: Final = ".".join(platform.python_version_tuple()[:2])

_RESUME: Final = dis.opmap["RESUME"]
_BEFORE_RESUME: Final = frozenset(
    dis.opmap[name]
    for name in ("COPY_FREE_VARS", "MAKE_CELL", "RETURN_GENERATOR", "POP_TOP", "NOP")
    if name in dis.opmap
)
# The opcode of RESUME, by version; CPython renumbers its opcodes freely. In this order: 3.11 has
# another opcode 149, but no later version saves an opcode 151.
_RESUME_OF: Final = {151: "3.11", 149: "3.13", 128: "3.14"}
_PRECALL_OF_311: Final = 166
_RETURN_CONST_OF_312: Final = 121
# The number of arguments of the constructor of code objects: since 3.11, and before.
_ARGUMENTS: Final = 18
_OLD_ARGUMENTS: Final = 16
_BYTECODE: Final = 6


@dataclass(slots=True)
class ForeignCode:
    """Stands for a code object of another Python: its version, and what to look for in a source.

    ``file`` is the author's claim: it proves nothing.
    """

    version: str
    file: str
    name: str
    line: int
    parts: Parts | None


def make(*arguments: Any) -> types.CodeType | ForeignCode:
    """Stand in for ``types.CodeType`` while a pickle is loaded."""
    version = foreign_version(arguments)
    if version is None:
        return types.CodeType(*arguments)
    is_old = len(arguments) == _OLD_ARGUMENTS
    if len(arguments) != _ARGUMENTS and not is_old:
        return ForeignCode(version, "", "", 0, None)
    consts, names, variables, file, name = arguments[7:12]
    qualified, line, free, cells = (
        (None, arguments[12], arguments[14], arguments[15])
        if is_old
        else (arguments[12], arguments[13], arguments[16], arguments[17])
    )
    parts = Parts(
        name=str(name),
        qualified_name=qualified,
        arguments=arguments_of(variables, arguments[0], arguments[2], arguments[5]),
        flags=arguments[5],
        names=frozenset([*names, *variables, *free, *cells]),
        free_variables=tuple(free),
        consts=tuple(one.parts if isinstance(one, ForeignCode) else one for one in consts),
    )
    return ForeignCode(version, str(file), str(name), int(line), parts)


def foreign_version(arguments: tuple[Any, ...]) -> str | None:
    """Return which Python made a code object, from its constructor's arguments; None if ours."""
    if len(arguments) != _ARGUMENTS:
        return "a Python older than 3.11"
    opcodes = bytes(arguments[_BYTECODE][::2])
    for opcode in opcodes:
        if opcode == _RESUME:
            return None
        if opcode not in _BEFORE_RESUME:
            break
    for resume in _RESUME_OF:
        if resume in opcodes and resume != _RESUME:
            return f"Python {_told_apart(resume, opcodes)}"
    return "another Python"


def _told_apart(resume: int, opcodes: bytes) -> str:
    """Return the version; 3.11 and 3.12 share the number of RESUME, but not all others."""
    version = _RESUME_OF[resume]
    if version != "3.11" or _PRECALL_OF_311 in opcodes:
        return version
    return "3.12" if _RETURN_CONST_OF_312 in opcodes else "3.11 or 3.12"
