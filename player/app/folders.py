"""Where Cuemat keeps its files: in the system's usual folders, or where environment variables point."""

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
    """The folder of finished clips and of session lengths."""
    if path := os.environ.get(CACHE):
        return Path(path)
    import platformdirs

    return platformdirs.user_cache_path("cuemat", appauthor=False) / "speech"


def state_folder() -> Path:
    """The folder of the log and the bookmark of an unfinished session."""
    if path := os.environ.get(STATE):
        return Path(path)
    import platformdirs

    return platformdirs.user_state_path("cuemat", appauthor=False)
