"""What an index is, before any data: its model, and how it is read, written and checked."""
