"""On a user's machine a test may be skipped, with a reason; if CI is set, a skip fails."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

LONGEST = (
    "test_heart.py",
    "test_live.py",
    "test_cli.py",
    "test_fuzz.py",
    "test_suspending.py",
    "test_export_sessions.py",
    "test_faults_live.py",
    "test_ui_now_playing.py",
    "test_export_killed.py",
    "test_which_file.py",
    "test_cli_refusals.py",
    "test_outputs_contract.py",
    "test_faults.py",
    "test_ui_settings.py",
    "test_ui_memory.py",
    "test_ui_terminal.py",
    "test_doctor.py",
    "test_plugins.py",
    "test_export_formats.py",
    "test_place.py",
    "test_cli_play.py",
    "test_layout_promises.py",
    "test_voices.py",
    "test_mpris.py",
    "test_live_hour.py",
    "test_ui_browser.py",
    "test_soak.py",
)
"""Slow test files, started first, those that wait beside those that compute, so nothing long is left at the
end."""

NOT_QUICK = {
    # they start Cuemat, or other programs that read what it wrote
    *("test_authoring.py", "test_beds.py", "test_bookmark.py", "test_cli.py", "test_cli_play.py"),
    *("test_cli_refusals.py", "test_completion.py", "test_export_all.py", "test_export_commands.py"),
    *("test_export_formats.py", "test_export_killed.py", "test_export_sessions.py", "test_export_split.py"),
    *(
        "test_handout.py",
        "test_heads.py",
        "test_help.py",
        "test_keep_awake.py",
        "test_list_lengths.py",
        "test_logs.py",
    ),
    *("test_new_author.py", "test_package_skips.py", "test_place.py", "test_private.py"),
    *("test_which_file.py", "test_keep_awake.py", "test_doctor_sleep.py"),
    # they listen to real voices, or play on real outputs, sound servers, terminals and buses
    *(
        "test_awake.py",
        "test_doctor.py",
        "test_earcons_heard.py",
        "test_faults_live.py",
        "test_heart.py",
        "test_live.py",
    ),
    *("test_live_hour.py", "test_mpris.py", "test_outputs_contract.py", "test_outputs_devices.py"),
    *("test_outputs_program.py", "test_outputs_stream.py"),
    *("test_plugins.py", "test_suspending.py", "test_ui_terminal.py", "test_voice_workers.py"),
    "test_voices.py",
    # they try a great many cases
    *("test_faults.py", "test_fuzz.py", "test_layout_promises.py", "test_mutants.py", "test_soak.py"),
    # they press key after key on the whole panel
    *("test_ui_browser.py", "test_ui_memory.py", "test_ui_now_playing.py", "test_ui_settings.py"),
}
"""What `-m quick` leaves out. A new file is quick unless it is named here."""

# Hundreds of programs are started here: each would compile all of Cuemat anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a job in a shell's background; programs inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)

pytest.register_assert_rewrite("player.testing.output_contract", "player.testing.voice_contract")

settings.register_profile("usual", max_examples=50)
settings.register_profile("long", max_examples=1_000)
settings.load_profile("usual")

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.fixture(scope="session", autouse=True)
def usual_voice() -> Iterator[None]:
    """Most tests speak with the voice that every machine has; those of the natural one ask for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("player.voices.engines.natural_is_installed", lambda: False)
        yield


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of users whose tests are not about speaking: what one of them has said, all have at hand.

    Entries are named by all that changes their sound, so it is the same whoever spoke first.
    """
    return tmp_path_factory.mktemp("spoken")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the quick tests; the files in the order in which they are given to the workers."""
    for item in items:
        if item.path.name not in NOT_QUICK:
            item.add_marker("quick")
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
