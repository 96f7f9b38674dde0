"""Which story an article belongs to, what a story holds, and when two are one or two after all."""
