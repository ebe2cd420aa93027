"""Text becomes finished clips: the port that voices fill, the speaker that asks, the cache that remembers."""
