"""Turns text into finished clips: the port of voices, the speaker that asks them, the cache of clips."""
