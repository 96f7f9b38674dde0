"""The subject: value types and the pure analysis of news text.

Nothing in here reads a clock, opens a socket, starts a thread or draws a random number. Tables that ship with the
package (names, outlets, words) are read once, on first use, by ``news.tables``.
"""
