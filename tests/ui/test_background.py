from __future__ import annotations

import pytest
from textual.containers import Container

from kaltimtui.ui.widgets.list_pane import ListPane
from kaltimtui.ui.widgets.rule_lines import RuleLines
from kaltimtui.ui.widgets.search_bar import SearchBar


@pytest.mark.parametrize("holds_panes", [ListPane, RuleLines, SearchBar])
def test_what_starts_work_has_the_styles_of_its_kind(holds_panes: type[Container]) -> None:
    assert Container.__name__ in holds_panes._css_type_names
