"""Pictures as pixels for a terminal: how large they are, how they fit, and what they look like.

Only ``worker`` loads Pillow, in a process of its own; nothing here knows of a screen.
"""
