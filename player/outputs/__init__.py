"""Where live sound goes. An output gets a callable that gives it samples, and knows nothing of sessions."""
