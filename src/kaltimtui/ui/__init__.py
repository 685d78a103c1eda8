"""The reader: a Textual application over ``library.py``."""

import os

# Textual paints at the next beat after a change, and takes sixty beats a second: a key's answer
# waits 8 ms for each of its pictures, the greater part of what one waits for. It is asked before
# Textual is loaded; who has set it for all programs is obeyed.
os.environ.setdefault("TEXTUAL_FPS", "120")
