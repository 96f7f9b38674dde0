"""Persistence: the database with its schema, migrations, repositories, full text and leases.

The one floor that knows SQL, SQLAlchemy and Alembic. It fills the protocols of ``handlers.ports`` by shape and knows
nothing of handlers, feeds or chats; it decides nothing about the news, it only keeps and finds.
"""
