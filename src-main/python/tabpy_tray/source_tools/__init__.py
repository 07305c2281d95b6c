"""What the editor asks about source. None of it runs the source: it is parsed only."""
