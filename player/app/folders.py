"""Where Cuemat keeps things: in the system's own places, or where an environment variable leads."""

from __future__ import annotations

import os
from pathlib import Path

HOME, CONFIG, CACHE, STATE = "CUEMAT_HOME", "CUEMAT_CONFIG", "CUEMAT_CACHE", "CUEMAT_STATE"


def settings_file() -> Path:
    """The listener's settings, `config.toml`."""
    if path := os.environ.get(CONFIG):
        return Path(path)
    import platformdirs

    return platformdirs.user_config_path("cuemat", appauthor=False) / "config.toml"


def cache_folder() -> Path:
    """Finished clips, and how long sessions take."""
    if path := os.environ.get(CACHE):
        return Path(path)
    import platformdirs

    return platformdirs.user_cache_path("cuemat", appauthor=False) / "speech"


def state_folder() -> Path:
    """The log, and the place in a session that was broken off."""
    if path := os.environ.get(STATE):
        return Path(path)
    import platformdirs

    return platformdirs.user_state_path("cuemat", appauthor=False)
