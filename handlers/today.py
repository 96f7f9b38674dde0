"""Which day today is for whoever asks: that of their channel's watches, else that of the settings."""

from __future__ import annotations

from datetime import date

from handlers.ports import Ports, Transaction
from handlers.request import Request
from news.errors import QueryError
from news.watches.schedule import get_zone

_UTC = "UTC"


def find_zone(request: Request, ports: Ports, tx: Transaction) -> str:
    """Return the IANA name of the time zone that the watches of the channel are set to, else that of the settings."""
    zones = (watch.schedule.zone for watch in tx.watches.list_all(request.channel))
    return next((zone for zone in zones if zone != _UTC), ports.settings.zone)


def find_today(request: Request, zone: str) -> date:
    """Return the day that it is in a zone; in UTC where the zone is not known any more."""
    try:
        return request.now.astimezone(get_zone(zone)).date()
    except QueryError:
        return request.now.date()
