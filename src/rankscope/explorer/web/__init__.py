"""The front end: hand-written modules and one style sheet, put together by ``page``."""
