import pytest

from splitbill import settle, split


def test_split():
    assert split(100, {"ann": 1, "bob": 2}) == {"ann": 33, "bob": 67}


def test_settle():
    assert settle({"ann": 3, "bob": -3}) == [("bob", "ann", 3)]


def test_empty_name():
    with pytest.raises(ValueError):
        split(1, {" ": 1})
