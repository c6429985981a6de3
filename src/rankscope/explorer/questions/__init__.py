"""What a page asks a server: one file a question, each a stream of ever better answers."""
