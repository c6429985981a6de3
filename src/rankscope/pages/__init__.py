"""What every HTML output shares: shell and security policy, links, numbers, words, map, Markdown.

A page is one file that works offline, asks for nothing and runs only the
script it carries.  Everything that comes from data is escaped by the templates.
"""
