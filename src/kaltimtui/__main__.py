"""The program as the shell starts it."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command that the shell was given; the exit status comes back."""
    try:
        from kaltimtui import cli  # within, so that Ctrl+C while it loads shows no traceback

        return cli.main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
