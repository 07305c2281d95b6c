"""The package of TabPy's sample models."""
