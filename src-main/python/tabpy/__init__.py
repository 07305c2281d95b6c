"""The client library of TabPy, as scripts import it; here it works inside the interpreter."""
