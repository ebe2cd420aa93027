"""PCM in memory: clips, loading, resampling and levelling. Knows nothing of sessions or speech."""
