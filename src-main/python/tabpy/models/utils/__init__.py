"""What TabPy ships to deploy its sample models."""
