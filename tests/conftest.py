"""On a user's machine a test may be skipped, with a reason; if CI is set, a skip fails."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

LONGEST = (
    "test_live.py",
    "test_export_sessions.py",
    "test_faults_live.py",
    "test_cli.py",
    "test_ui_now_playing.py",
    "test_fuzz.py",
    "test_outputs_contract.py",
    "test_export_killed.py",
    "test_faults.py",
    "test_ui_settings.py",
    "test_ui_terminal.py",
    "test_cli_play.py",
)
"""Slow test files, started first, those that wait beside those that compute, so nothing long is left at the
end."""

pytest.register_assert_rewrite("player.testing.output_contract", "player.testing.voice_contract")

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files for the workers."""
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Of one test."""
    return _nothing_skipped((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Of one file of tests."""
    return _nothing_skipped((yield))


def _nothing_skipped(report: Report) -> Report:
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped here (CI is set). {reason}"
    return report
