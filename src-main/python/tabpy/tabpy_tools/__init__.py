"""Client, schema and query objects under the names that TabPy gives them."""
