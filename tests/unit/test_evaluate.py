"""The scorer of gold files: what counts as found, missed, false and free."""

import pytest

from tasks.evaluate import fit, score_events


def gold_event(code: str = "190", source: str | None = "ISR", target: str | None = "PSE", **more: object) -> dict:
    def side(country: str | None, roles: list[str]) -> dict | None:
        return {"text": "x", "country": country, "roles": roles} if country else None

    event = {
        "sent": 0,
        "trigger": "t",
        "code": code,
        "also": [],
        "source": side(source, ["MIL"]),
        "target": side(target, []),
    }
    return {**event, "date": "2024-01-05", "date_end": None, "optional": False, "context": False, **more}


def guess(code: str = "190", source: str | None = "ISR", target: str | None = "PSE", **more: object) -> dict:
    event = {"start": 0, "code": code, "source_country": source, "source_roles": ["MIL"], "target_country": target}
    return {**event, "target_roles": [], "date": "2024-01-05", "date_end": None, **more}


def record(*events: dict, sentences: tuple[str, ...] = ("جملة أولى", "جملة ثانية")) -> dict:
    return {"id": "a", "sentences": list(sentences), "events": list(events)}


def scores(events: list[dict], guesses: list[dict], strict: bool = False):
    return score_events([record(*events)], {"a": guesses}, strict)


def test_a_right_event_is_found() -> None:
    result = scores([gold_event()], [guess()])
    assert (result.root["f1"], result.triple["f1"], result.code, result.roles, result.date) == (1, 1, 1, 1, 1)
    assert result.cases == []


def test_wrong_country_finds_the_root_only() -> None:
    result = scores([gold_event()], [guess(target="LBN")])
    assert result.root["f1"] == 1
    assert result.triple["f1"] == 0
    assert sorted(case.kind for case in result.cases) == ["false alarm", "miss"]


def test_another_sentence_does_not_count() -> None:
    assert scores([gold_event()], [guess(start=12)]).root["f1"] == 0


def test_optional_event_is_neither_miss_nor_false_alarm() -> None:
    assert scores([gold_event(optional=True)], []).root["gold"] == 0
    found = scores([gold_event(), gold_event("112", optional=True)], [guess(), guess("112")])
    assert (found.root["precision"], found.root["recall"]) == (1, 1)


@pytest.mark.parametrize(("code", "turned"), [("040", True), ("041", True), ("057", True), ("042", False), ("190", False)])
def test_meetings_and_agreements_match_in_either_direction(code: str, turned: bool) -> None:
    result = scores([gold_event(code)], [guess(code, "PSE", "ISR", source_roles=[], target_roles=["MIL"])])
    assert (result.triple["f1"] == 1) is turned


def test_accepted_codes_and_strict() -> None:
    event = gold_event("041", also=["040"])
    assert scores([event], [guess("040")]).code == 1
    assert scores([event], [guess("040")], strict=True).code == 0


def test_span_of_days_must_be_equal() -> None:
    event = gold_event(date="2022-05-11", date_end="2022-05-20")
    assert scores([event], [guess(date="2022-05-11", date_end="2022-05-20")]).date == 1
    assert scores([event], [guess(date="2022-05-11")]).date == 0
    assert scores([gold_event(date_end="2024-01-05")], [guess()]).date == 1


def test_day_that_is_not_scored_is_left_out() -> None:
    result = scores([gold_event(date="1999-01-01", date_scored=False), gold_event("112")], [guess(), guess("112")])
    assert result.date == 1


def test_security_service_is_police_and_one_shared_role_is_enough() -> None:
    source = {"text": "x", "country": "ISR", "roles": ["GOV", "SPY"]}
    assert fit(gold_event(source=None) | {"source": source}, guess(source_roles=["COP"])).roles
    assert not fit(gold_event(source=None) | {"source": source}, guess(source_roles=["MIL"])).roles


def test_two_events_take_the_better_partner() -> None:
    events = [gold_event(target="LBN"), gold_event(target="PSE")]
    result = scores(events, [guess(target="PSE"), guess(target="LBN")])
    assert result.triple["hits"] == 2
