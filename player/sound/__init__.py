"""PCM in memory: clips, loading, resampling once, levelling once. Knows nothing of sessions or speech."""
