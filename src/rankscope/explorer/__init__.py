"""The explorer: a ranking to take apart with the mouse, as a local server or as one file.

``facts`` says what a page shows and ``page`` puts it together with the modules of
``web``; the server answers what a page can not work out by itself.
"""
