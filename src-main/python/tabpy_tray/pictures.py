"""Collects the figures of matplotlib that a trial leaves open, as PNG files.

Only an author's trials come here, never what Tableau sends. Matplotlib is never imported here.
"""

from __future__ import annotations

import contextlib
import sys
import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PICTURES: Final = 4
_MOST_BYTES: Final = 1_000_000
"""Of one picture."""
_MOST_PIXELS: Final = 1_600
"""Of a side; a larger figure is drawn with fewer dots an inch."""
_DPI: Final = 100
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


@contextlib.contextmanager
def run_of_trial() -> Iterator[None]:
    """Close the figures of earlier runs, and let ``show()`` pass: its figures are shown."""
    _close(sys.modules.get("matplotlib.pyplot"))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="FigureCanvasAgg is non-interactive")
        yield


def take() -> list[bytes]:
    """Return the open figures, the oldest first, and close them. Never raises.

    A figure that cannot be drawn, or becomes too large a file, is left out.
    """
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            numbers = list(pyplot.get_fignums())[:_MOST_PICTURES]
            drawn = [_drawn(pyplot, number) for number in numbers]
    except BaseException:  # noqa: BLE001 - the run may have replaced anything of matplotlib's
        drawn = []
    _close(pyplot)
    return [one for one in drawn if one is not None]


def _drawn(pyplot: Any, number: Any) -> bytes | None:
    try:
        figure = pyplot.figure(number)
        longest = max(*figure.get_size_inches(), 1)
        file = BytesIO()
        figure.savefig(file, format="png", dpi=min(_DPI, _MOST_PIXELS / longest))
        picture = file.getvalue()
    except BaseException:  # noqa: BLE001 - whatever drawing raises, the result is still shown
        return None
    return picture if picture.startswith(_SIGNATURE) and len(picture) <= _MOST_BYTES else None


def _close(pyplot: Any) -> None:
    if pyplot is None:
        return
    with contextlib.suppress(BaseException):  # the run may have replaced it
        pyplot.close("all")
