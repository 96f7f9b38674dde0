"""Where two accounts of one thing cannot both be right, and what only looks so."""
