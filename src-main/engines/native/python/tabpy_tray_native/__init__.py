"""The native engine's half in Python: one process imports packages and forks walled interpreters.

It runs under the CPython of an environment, 3.11 or newer, and uses the standard library alone.
"""
