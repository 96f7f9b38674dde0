"""Discord: application commands, buttons and alerts through discord.py. Nothing else knows the library."""
