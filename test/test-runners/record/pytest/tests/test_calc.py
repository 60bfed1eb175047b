import pytest
from calc import add


def test_adds():
    assert add(1, 2) == 3


def test_negatives():
    assert add(1, -2) == 1


def test_errors():
    None.foo


def test_not_raised():
    with pytest.raises(ValueError):
        add(1, 2)


@pytest.mark.parametrize("text", ["[1.1] one", "two & <three>"])
def test_many(text):
    assert text


@pytest.mark.skip(reason="later")
def test_later():
    pass


@pytest.mark.xfail
def test_expected():
    assert False


class TestGroup:
    def test_inside(self):
        assert True


@pytest.fixture
def broken():
    raise RuntimeError("no database")


def test_setup(broken):
    pass


def test_imports_inside():
    import gone
