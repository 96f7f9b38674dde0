"""The network: one event loop on a thread of its own, and conditional GETs through it.

Owns sockets, names, time limits and pace. Must never parse what it fetched. Together with ``bot`` the only place that
knows asyncio; what comes out is plain values and iterators.
"""
