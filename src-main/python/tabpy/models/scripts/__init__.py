"""The models: each a function that stands alone, because its own text is what is deployed."""
