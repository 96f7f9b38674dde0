"""The rules of a replay: which watches the copy has.

Owns what a settings file of the replay changes. How watches were switched off and on is ``handlers.jobs.switches``'.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from handlers.jobs.maintain import CONFIG_ACTOR
from handlers.jobs.replay import ReplayPlan
from handlers.jobs.settings import ConfiguredWatch
from handlers.ports import Ports, Transaction


def apply_rules(
    watches: Sequence[ConfiguredWatch], past: Ports, copy: Ports, plan: ReplayPlan, *, is_other: bool
) -> tuple[ReplayPlan, list[str]]:
    """Give the copy the watches of the settings; return the plan with them, and in words what that changed.

    Those that the store lacks are added, as if they had been there before the stretch. With other settings than the
    usual ones (``is_other``) that name any watch, those that came from settings and are not in these are left out.
    """
    with past.store.read() as tx:
        held = {(watch.channel, watch.expression): watch.created_by for watch in tx.watches.list_all()}
        fresh = [watch for watch in watches if _is_fresh(tx, watch, held)]
    wanted = {(watch.channel, watch.topic) for watch in watches}
    gone = [key for key, maker in held.items() if maker == CONFIG_ACTOR and key not in wanted]
    gone = gone if is_other and wanted else []
    with copy.store.write() as tx:
        for watch in tx.watches.list_all():
            if (watch.channel, watch.expression) in gone:
                tx.watches.remove(watch.id)
        for each in fresh:
            tx.watches.add(channel=each.channel, expression=each.topic, actor=CONFIG_ACTOR, now=plan.since)
    notes = [f"The rules have no watch on “{topic}” for {channel}: left out" for channel, topic in gone]
    notes += [
        f"The rules have a watch on “{each.topic}” for {each.channel} that was not there: added" for each in fresh
    ]
    return replace(plan, left_out=frozenset(gone)), notes


def _is_fresh(tx: Transaction, watch: ConfiguredWatch, held: Container[tuple[str, str]]) -> bool:
    """Return whether a watch is neither there nor was removed by hand after it had been applied."""
    is_applied = tx.values.find(f"config.watch:{watch.channel}:{watch.topic}") is not None
    return (watch.channel, watch.topic) not in held and not is_applied
