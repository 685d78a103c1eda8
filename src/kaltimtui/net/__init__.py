"""The network: one bounded client, and the only package that knows HTTP."""

import sys

# httpx loads the program of its own that it has for the command line, with click and Rich, unless
# these are missing: that takes longer than all else of it.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
