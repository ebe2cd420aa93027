"""If CI is set, a skipped test fails, with the reason for the skip."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import LONGEST, NOT_QUICK

CONFTEST = Path(__file__).with_name("conftest.py")

ONE_TEST = """
import pytest
@pytest.mark.skipif(True, reason="needs a moon")
def test_one(): ...
"""
IN_A_TEST = """
import pytest
def test_one(): pytest.skip("needs a moon")
"""
A_FILE = """
import pytest
pytest.skip("needs a moon", allow_module_level=True)
"""
EXPECTED_FAILURE = """
import pytest
@pytest.mark.xfail(reason="needs a moon")
def test_one(): assert False
"""


def run(folder: Path, tests: str, ci: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text(CONFTEST.read_text())
    (folder / "test_it.py").write_text(tests)
    (folder / "test_other.py").write_text("def test_other(): ...")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", "--rootdir", folder, folder],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "CI": ci},
        cwd=folder,
    )


@pytest.mark.parametrize("tests", [ONE_TEST, IN_A_TEST, A_FILE], ids=["mark", "call", "file"])
def test_a_skip_fails_and_says_its_reason(tmp_path: Path, tests: str) -> None:
    outcome = run(tmp_path, tests, ci="true")

    assert outcome.returncode != 0
    assert "Nothing may be skipped here (CI is set). " in outcome.stdout
    assert "needs a moon" in outcome.stdout


@pytest.mark.parametrize("tests", [ONE_TEST, IN_A_TEST, A_FILE], ids=["mark", "call", "file"])
def test_on_a_user_s_machine_it_is_skipped_with_its_reason(tmp_path: Path, tests: str) -> None:
    outcome = run(tmp_path, tests, ci="")

    assert outcome.returncode == 0
    assert "1 skipped" in outcome.stdout
    assert "needs a moon" in outcome.stdout


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    assert run(tmp_path, EXPECTED_FAILURE, ci="true").returncode == 0


@pytest.mark.parametrize("name", sorted({*LONGEST, *NOT_QUICK}))
def test_every_file_that_is_named_is_there(name: str) -> None:
    assert CONFTEST.with_name(name).exists()
