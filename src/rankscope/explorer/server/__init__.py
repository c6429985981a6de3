"""The local server: it hands out the page and answers its questions, to its own page only."""
