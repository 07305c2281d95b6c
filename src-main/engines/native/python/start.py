"""Where the Python of an environment begins: ``python -I start.py``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from tabpy_tray_native import zygote

zygote.main()
