import time

import calc
import pytest


class TestOuter:
    class TestInner:
        def test_nested(self):
            """Keeps the list [2.1]"""
            assert {"a": 1, "b": [1]} == {"a": 1, "b": [2]}


@pytest.mark.parametrize("text", ["regex (a|b)* $1? [2.2]", "ünïcödé 日本語"])
def test_regex(text):
    assert text


def test_ünïcödé():
    pass


@pytest.mark.timeout(0.2)
def test_times_out():
    time.sleep(5)


def test_missing_name():
    calc.missing(1)


def test_not_written_yet():
    raise NotImplementedError("not implemented")


def test_prints_much():
    for line in range(300):
        print(f"line {line} of a test that prints much")
