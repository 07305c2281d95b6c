"""What this Python is, as one line of JSON.

Runs with -I -S, so that no code of packages runs. Python 3.6 must be able to read it, so that it
can say that it is too old; Python 2 does not know -I.
"""

import json
import os
import platform
import sys
from pathlib import Path

MOST_PACKAGES = 5000


def settings_of_venv(prefix: Path) -> dict:
    """Read pyvenv.cfg, with lower-case keys; empty where this is no virtual environment."""
    try:
        lines = (prefix / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    pairs = [line.split("=", 1) for line in lines if "=" in line]
    return {key.strip().lower(): value.strip() for key, value in pairs}


def prefix_of() -> Path:
    """Find the environment's folder: without site, Pythons before 3.14 do not know theirs."""
    # resolve() would follow the link that a virtual environment has for its Python.
    folder = Path(os.path.abspath(sys.executable)).parent
    for one in (folder, folder.parent):
        if settings_of_venv(one):
            return one
    return Path(sys.prefix)


def packages_in(prefix: Path) -> list:
    """List the installed packages; the first of a name applies, as for an import."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python only says what it is
        return []
    import importlib.metadata  # noqa: PLC0415 - Python 3.7 does not have it
    import site  # noqa: PLC0415 - under -S its import processes nothing

    prefixes = [str(prefix)]
    if settings_of_venv(prefix).get("include-system-site-packages", "").lower() == "true":
        prefixes.append(sys.base_prefix)
    folders = [folder for folder in site.getsitepackages(prefixes) if Path(folder).is_dir()]
    found: dict = {}
    for one in importlib.metadata.distributions(path=folders):
        try:
            name, version = one.metadata["Name"], one.version
        except Exception:  # noqa: BLE001 - a damaged package must not hide the others
            continue
        if name and version and len(found) < MOST_PACKAGES:
            found.setdefault(name.lower(), {"name": name[:200], "version": version[:100]})
    return [found[key] for key in sorted(found)]


def main() -> None:
    """Print the answer."""
    prefix = prefix_of()
    answer = {
        "tabpyTray": 1,
        "python": sys.executable or "",
        "version": ".".join(str(part) for part in sys.version_info[:3]),
        "implementation": platform.python_implementation(),
        "machine": platform.machine(),
        "prefix": str(prefix),
        "basePrefix": sys.base_prefix,
        "packages": packages_in(prefix),
    }
    sys.stdout.write(json.dumps(answer) + "\n")


main()
