"""The page of the roots says what the tables say."""

from scripts.refresh_roots import PAGE, page


def test_page_is_fresh_and_has_all_roots() -> None:
    text = page()
    assert PAGE.read_text(encoding="utf-8") == text, "run scripts/refresh_roots.py"
    assert [line[2:4] for line in text.splitlines() if line.startswith("| ") and line[2:4].isdigit()] == [
        f"{root:02}" for root in range(1, 21)
    ]
