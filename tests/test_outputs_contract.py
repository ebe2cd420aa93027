"""What every output promises, real or not, heard at its end: a virtual sound card, a pipe, a pump."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from player.testing.output_contract import OutputContract

from tests.output_rigs import RIGS, rig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.testing.output_contract import Ear


class TestEveryOutput(OutputContract):
    @pytest.fixture(params=RIGS)
    def ear(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
        """Each output in turn."""
        with rig(request.param, monkeypatch) as made:
            yield made
