"""What the bot does: commands (Request -> Reply) and jobs (poll, ingest, deliver, seed, maintain).

Standard library and ``news`` only. Storage, feeds and the clock come in through the protocols of ``handlers.ports``.
"""
