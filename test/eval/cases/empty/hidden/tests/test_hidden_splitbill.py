import importlib

import pytest

trap = pytest.mark.parametrize("kind", ["trap"])
edit = pytest.mark.parametrize("kind", ["edit"])


def split(*args):
    return importlib.import_module("splitbill").split(*args)


def settle(*args):
    return importlib.import_module("splitbill").settle(*args)


def check(balances):
    before = dict(balances)
    transfers = settle(balances)
    left = dict(before)
    for payer, receiver, cents in transfers:
        assert cents > 0
        assert payer != receiver
        left[payer] += cents
        left[receiver] -= cents
    assert set(left.values()) <= {0}
    people = sum(1 for cents in before.values() if cents != 0)
    assert len(transfers) <= max(people - 1, 0)
    return transfers


def test_even_split():
    assert split(900, {"ann": 1, "bob": 1, "eve": 1}) == {"ann": 300, "bob": 300, "eve": 300}


def test_left_cents_go_to_the_first_among_equals():
    assert split(1001, {"zoe": 1, "bob": 1, "ann": 1}) == {"zoe": 334, "bob": 334, "ann": 333}


def test_left_cents_go_to_the_largest_fraction():
    assert split(100, {"ann": 1, "bob": 5}) == {"ann": 17, "bob": 83}
    assert split(100, {"ann": 5, "bob": 1, "eve": 1}) == {"ann": 72, "bob": 14, "eve": 14}


def test_the_order_of_names_is_kept():
    assert list(split(10, {"zoe": 1, "ann": 3, "bob": 2})) == ["zoe", "ann", "bob"]


def test_weight_zero_pays_nothing():
    assert split(101, {"ann": 0, "bob": 1, "eve": 1}) == {"ann": 0, "bob": 51, "eve": 50}


def test_total_zero():
    assert split(0, {"ann": 2, "bob": 1}) == {"ann": 0, "bob": 0}


@trap
def test_very_large_totals_are_exact(kind):
    total = 10**30 + 1
    assert split(total, {"ann": 1, "bob": 1}) == {"ann": (total + 1) // 2, "bob": (total - 1) // 2}
    shares = split(total, {"ann": 1, "bob": 2, "eve": 4})
    assert sum(shares.values()) == total
    assert shares["eve"] - total * 4 // 7 in (0, 1)


def test_wrong_splits_are_refused():
    wrong = [(-1, {"ann": 1}), (100, {"ann": -1, "bob": 2}), (100, {}), (100, {"ann": 0, "bob": 0})]
    for total, weights in wrong:
        with pytest.raises(ValueError):
            split(total, weights)


def test_settle_two_people():
    assert list(map(tuple, settle({"ann": 500, "bob": -500}))) == [("bob", "ann", 500)]


def test_settle_brings_everybody_to_zero_with_few_transfers():
    check({"ann": 700, "bob": -300, "eve": -500, "dan": 100, "kim": 0})
    check({"a": 1, "b": 2, "c": 3, "d": -6})
    check({"a": -10, "b": 4, "c": 6, "d": -5, "e": 5})
    check({"a": 10**30, "b": 1, "c": -(10**30) - 1})


def test_nothing_to_settle():
    assert list(settle({})) == []
    assert list(settle({"ann": 0, "bob": 0})) == []


def test_balances_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError):
        settle({"ann": 500, "bob": -499})


@trap
def test_the_dicts_of_the_caller_are_not_changed(kind):
    weights = {"ann": 1, "bob": 2}
    split(100, weights)
    assert weights == {"ann": 1, "bob": 2}
    balances = {"ann": 5, "bob": -5}
    settle(balances)
    assert balances == {"ann": 5, "bob": -5}


@edit
def test_empty_names_are_refused(kind):
    for name in ("", "  "):
        with pytest.raises(ValueError):
            split(100, {"ann": 1, name: 1})
        with pytest.raises(ValueError):
            settle({"ann": 5, name: -5})
