"""Files that people attach to a command: their text, if they are one.

Owns the limits: size before anything is fetched, and UTF-8.
"""

from __future__ import annotations

import discord

from handlers.watch_files import MOST_BYTES
from news.errors import QueryError


async def read_text(file: discord.Attachment) -> str:
    """Return the text of an attached file. Raises QueryError: too large, no text, or Discord does not give it."""
    name = file.filename[:100]
    if file.size > MOST_BYTES:
        raise QueryError(f"{name} is larger than {MOST_BYTES // 1024} KiB.")
    try:
        return (await file.read()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"{name} is no text in UTF-8.") from error
    except discord.HTTPException as error:
        raise QueryError(
            f"Discord does not give {name}: {error.text[:100] or error.status}. Attach it again."
        ) from error
