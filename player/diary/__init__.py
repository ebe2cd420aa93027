"""What was done: the place in a session that was broken off, and which exercises were heard to their end.

Pure where it decides, plain files where it remembers. It knows no engine: whoever plays shows it moments.
"""
