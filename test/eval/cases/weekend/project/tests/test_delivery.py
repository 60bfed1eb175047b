from datetime import date

import pytest

from depot import Depot, delivery_day, load_depots, table


def test_the_day_of_the_order_does_not_count():
    assert delivery_day(Depot("Oslo"), date(2025, 3, 3)) == date(2025, 3, 5)


def test_the_weekend_is_left_out():
    assert delivery_day(Depot("Oslo"), date(2025, 3, 6)) == date(2025, 3, 10)


def test_closed_dates_are_left_out():
    depot = Depot("Oslo", closed=[date(2025, 5, 1)])
    assert delivery_day(depot, date(2025, 4, 29)) == date(2025, 5, 2)


def test_a_depot_that_never_opens():
    with pytest.raises(ValueError):
        delivery_day(Depot("Nowhere", open_days={6}, closed=[]), date(2025, 3, 3), needed=99)


def test_also_open():
    [lyon] = load_depots({"open_days": ["mon", "tue"], "depots": [{"name": "Lyon", "also_open": ["sat"]}]})
    assert delivery_day(lyon, date(2025, 3, 4)) == date(2025, 3, 10)


def test_unknown_weekday():
    with pytest.raises(ValueError):
        load_depots({"open_days": ["funday"], "depots": []})


def test_table():
    depots = load_depots({"depots": [{"name": "Oslo"}, {"name": "Bergen", "closed": ["2025-03-05"]}]})
    assert table(depots, date(2025, 3, 3)) == "Oslo       wed 2025-03-05\nBergen     thu 2025-03-06"
