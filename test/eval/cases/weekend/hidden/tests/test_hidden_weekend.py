from datetime import date

import pytest

from depot import Depot, delivery_day, load_depots, table

trap = pytest.mark.parametrize("kind", ["trap"])

THURSDAY = date(2025, 3, 6)
SATURDAY = date(2025, 3, 8)
MONDAY = date(2025, 3, 10)
WEEK = ["mon", "tue", "wed", "thu", "fri"]


def test_the_example_of_the_report():
    _, oslo = load_depots(
        {"open_days": WEEK, "depots": [{"name": "Lyon", "also_open": ["sat"]}, {"name": "Oslo"}]}
    )
    assert delivery_day(oslo, THURSDAY) == MONDAY


def test_the_order_of_the_depots_does_not_matter():
    oslo, _ = load_depots(
        {"open_days": WEEK, "depots": [{"name": "Oslo"}, {"name": "Lyon", "also_open": ["sat"]}]}
    )
    assert delivery_day(oslo, THURSDAY) == MONDAY


def test_a_later_open_also_is_for_one_depot_only():
    lyon, oslo = load_depots({"open_days": WEEK, "depots": [{"name": "Lyon"}, {"name": "Oslo"}]})
    lyon.open_also("sat")
    assert delivery_day(oslo, THURSDAY) == MONDAY


def test_an_added_working_day_is_for_one_depot_only():
    lyon, oslo = load_depots({"open_days": ["mon", "tue"], "depots": [{"name": "Lyon"}, {"name": "Oslo"}]})
    lyon.open_also("wed")
    assert delivery_day(lyon, date(2025, 3, 3)) == date(2025, 3, 5)
    assert delivery_day(oslo, date(2025, 3, 3)) == MONDAY


@trap
def test_the_standard_days_are_not_changed_for_other_depots(kind):
    before = Depot("Bergen")
    Depot("Lyon").open_also("sat")
    assert delivery_day(before, THURSDAY) == MONDAY
    assert delivery_day(Depot("Oslo"), THURSDAY) == MONDAY


@trap
def test_the_standard_days_survive_a_configuration_without_open_days(kind):
    load_depots({"depots": [{"name": "Lyon", "also_open": ["sat"]}]})
    [oslo] = load_depots({"depots": [{"name": "Oslo"}]})
    assert delivery_day(oslo, THURSDAY) == MONDAY


@trap
def test_the_set_of_the_caller_is_not_changed(kind):
    days = {0, 1, 2, 3, 4}
    Depot("Lyon", open_days=days).open_also("sat")
    assert days == {0, 1, 2, 3, 4}


def test_lyon_still_delivers_on_saturday():
    lyon, _ = load_depots(
        {"open_days": WEEK, "depots": [{"name": "Lyon", "also_open": ["sat"]}, {"name": "Oslo"}]}
    )
    assert delivery_day(lyon, THURSDAY) == SATURDAY


@trap
def test_depots_that_work_on_sundays_still_do(kind):
    [haifa] = load_depots({"open_days": ["sun", "mon", "tue", "wed", "thu"], "depots": [{"name": "Haifa"}]})
    assert delivery_day(haifa, THURSDAY) == MONDAY
    assert delivery_day(haifa, THURSDAY, needed=1) == date(2025, 3, 9)


def test_closed_dates_are_still_left_out():
    lyon, oslo = load_depots(
        {
            "open_days": WEEK,
            "closed": ["2025-03-10"],
            "depots": [{"name": "Lyon", "also_open": ["sat"], "closed": ["2025-03-08"]}, {"name": "Oslo"}],
        }
    )
    assert delivery_day(lyon, THURSDAY) == date(2025, 3, 11)
    assert delivery_day(oslo, THURSDAY) == date(2025, 3, 11)


def test_the_table_shows_each_depot_with_its_own_days():
    depots = load_depots(
        {"open_days": WEEK, "depots": [{"name": "Lyon", "also_open": ["sat"]}, {"name": "Oslo"}]}
    )
    assert table(depots, THURSDAY) == "Lyon       sat 2025-03-08\nOslo       mon 2025-03-10"
