"""TabPy's client library, as scripts import it; here it works inside the interpreter."""
