"""Terminal tables: Arabic is isolated, numbers stand right, nothing of a text steers the terminal."""

from rich.console import Console

from flows.cli import show


def test_arabic_cells_are_isolated_and_others_are_not(monkeypatch) -> None:
    assert show.isolated("روسيا") == "روسيا", "what is piped stays as it is"
    monkeypatch.setattr(show, "OUT", Console(force_terminal=True))
    assert show.isolated("روسيا") == "\u2067روسيا\u2069"
    assert show.isolated("RUS") == "RUS"


def test_controls_of_a_hostile_text_are_taken_out() -> None:
    assert show.clean("a\x1b[31mb\u202ec\x00\nd") == "a[31mbc d"


def test_table_keeps_markup_of_a_text_as_text(monkeypatch) -> None:
    console = Console(record=True, width=80, force_terminal=False)
    monkeypatch.setattr(show, "OUT", console)
    show.print_rows([{"title": "[bold]x[/bold]", "n": 3}])
    assert "[bold]x[/bold]" in console.export_text()
