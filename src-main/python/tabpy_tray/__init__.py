"""The Python half of TabPy Tray; runs inside one interpreter and knows nothing of its host.

``entry.handle`` is the only way in: bytes of a request go in, bytes of its answer come out.
"""
