"""Where elements stand within each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.parsing.html.elements import Element


def article_around(node: Element) -> Element | None:
    """The innermost ``article`` that an element stands in."""
    return next((outer for outer in ancestry(node) if outer.tag == "article"), None)


def path_below(node: Element, top: Element) -> list[str]:
    """The tags from an element up to one that holds it."""
    tags: list[str] = []
    while node is not None and node is not top:
        tags.append(node.tag)
        node = node.getparent()
    return tags


def is_within(node: Element, container: Element) -> bool:
    """Whether an element is another or stands in it."""
    while node is not None and node is not container:
        node = node.getparent()
    return node is not None


def container_of(nodes: Sequence[Element]) -> Element:
    """The innermost element that holds all of these."""
    shared = ancestry(nodes[0])
    for node in nodes[1:]:
        own = set(ancestry(node))
        shared = [outer for outer in shared if outer in own]
    return shared[0]


def ancestry(node: Element) -> list[Element]:
    """An element and all that it stands in, from the inside out."""
    return [node, *node.iterancestors()]
