"""Answers the editor's questions about source. The source is only parsed, never run."""
