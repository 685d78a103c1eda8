"""The language one searches in: the same in the search box, saved searches, rules and commands.

``parse`` makes a tree of what was typed (``tree``), ``printed`` writes it down again, ``matches``
tells of one article whether it is meant. How a tree becomes SQL is in ``store/compile.py``.
"""

from __future__ import annotations

from kaltimtui.errors import QueryError
from kaltimtui.query.match import Subject, matches
from kaltimtui.query.printing import printed
from kaltimtui.query.syntax import parse
from kaltimtui.query.tree import Query

__all__ = ["Query", "QueryError", "Subject", "matches", "parse", "printed"]
