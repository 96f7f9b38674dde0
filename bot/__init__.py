"""The running program: command line, configuration, wiring, scheduler, terminal, rendering.

The one floor with an event loop, a clock and a screen. Must never decide what is news: it calls ``handlers``.
"""
