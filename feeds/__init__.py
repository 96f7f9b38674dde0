"""The one door for bytes from strangers: fetch, parse, extract.

Owns the network, the parsing of feeds and pages, and the defence against what they may contain. Must never decide what
is news, and never touch the database.
"""
