"""Whatever is asked in whatever order: the engine is where its model is, and is heard as the model says."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.engine_model import EngineAgainstModel

EngineAgainstModel.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestEngineAgainstModel = EngineAgainstModel.TestCase
