"""What all tests share: no way out of this machine, and quiet, repeatable property tests."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.surroundings import OUTSIDE

# The machine that runs the tests may be slow or shared: a property is judged by its result and never by its time.
# With --hypothesis-profile=thorough it is looked at for longer, and differently each time.
settings.register_profile(
    "house", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("thorough", settings.get_profile("house"), max_examples=2_000, derandomize=False)
settings.load_profile("house")

LOOPBACK = ["127.0.0.1", "::1", "localhost"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Use one process more than there are processors: who tests a bot waits for it, much of the time."""
    ours = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return len(ours) + 1


def pytest_collection_finish() -> None:
    """Leave all that was loaded for the tests out of the search for cyclic garbage, which took a tenth of the time."""
    gc.freeze()
    gc.set_threshold(10_000)


def pytest_runtest_setup() -> None:
    """Refuse every socket beyond loopback, so that no test can reach the world by mistake."""
    from pytest_socket import socket_allow_hosts  # noqa: PLC0415 - a plug-in of the test run, not of the package

    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tokens, proxies and paths of the caller's environment out of the tests."""
    for name in OUTSIDE:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _log_of_its_own() -> Iterator[None]:
    """Take away the log that a test set up: its output is closed when the test is over."""
    before = logging.getLogger().handlers
    yield
    logging.getLogger().handlers = before
