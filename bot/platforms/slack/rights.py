"""What somebody may do on Slack.

Owns the order: lists of the settings and admins of the workspace, nobody else.
"""

from __future__ import annotations

from bot.platforms.slack.people import People
from bot.platforms.slack.shown import Asker
from handlers.request import Access

PATIENCE_S = 5.0
SOON_S = 1.0
"""Where it matters less who somebody is than that they are answered: a form must be opened within three seconds."""


class Rights:
    """Finds out what people may do.

    Args:
        editors: ids of people who may judge alerts, beside the admins of the workspace.
        managers: ids of people who may change watches, beside the admins of the workspace.
        home_teams: workspaces whose managers may change what all share.
    """

    def __init__(
        self, people: People, *, editors: frozenset[str], managers: frozenset[str], home_teams: frozenset[str]
    ) -> None:
        self._people = people
        self._editors = editors
        self._managers = managers
        self._home_teams = home_teams

    async def find(self, asker: Asker, *, patience_s: float = PATIENCE_S) -> Access:
        """Return what the asker may do where only they see the answer; see ``is_sure``.

        Args:
            patience_s: how long Slack is waited for.
        """
        if asker.user in self._managers or await self._people.is_admin(asker.user, patience_s=patience_s):
            return Access.OPERATE if asker.team in self._home_teams else Access.MANAGE
        return Access.EDIT if asker.user in self._editors else Access.READ

    def is_sure(self, asker: Asker) -> bool:
        """Return whether the asker may do no more than ``find`` said: Slack may not have told who they are."""
        return asker.user in self._managers or self._people.is_known(asker.user)
