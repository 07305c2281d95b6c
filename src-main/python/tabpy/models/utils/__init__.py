"""The helpers with which TabPy's sample models are deployed."""
