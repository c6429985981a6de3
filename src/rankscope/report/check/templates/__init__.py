"""The template of a checked text."""
