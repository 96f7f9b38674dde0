"""The way from any released database to the present one: Alembic revisions, run in process when a store is opened.

Must never import ``storage.schema``'s tables into a revision: a revision is what was true on its day.
"""

HEAD = "0010"
"""The revision that this program needs. Named here so that an up-to-date database opens without loading Alembic."""
