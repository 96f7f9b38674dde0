"""A dated history out of stored events: which are one, which days matter, which sentence tells each."""
