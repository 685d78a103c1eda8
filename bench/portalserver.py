"""A portal on loopback, in a process of its own: ``python -m bench.portalserver ARTICLES``.

It tells its site profile and the addresses of its articles as one line of JSON, and serves until
its standard input ends.
"""

from __future__ import annotations

import json
import sys

from kaltimtui.demo.portal import Portal


def main() -> None:
    """Serve until standard input ends."""
    with Portal(articles=int(sys.argv[1])) as portal:
        articles = [article.url for article in portal.articles]
        print(
            json.dumps({"home": portal.at("/"), "profile": portal.profile, "articles": articles}),
            flush=True,
        )
        sys.stdin.read()


if __name__ == "__main__":
    main()
