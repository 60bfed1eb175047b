import unittest
from unittest import mock

import calc
from calc import add


class CalcTest(unittest.TestCase):
    def test_adds(self):
        self.assertEqual(add(1, 2), 3)

    def test_negatives(self):
        """Takes away [1.2]"""
        self.assertEqual(add(1, -2), 1)

    def test_with_message(self):
        self.assertEqual(add(1, -2), 1, "one and minus two")

    def test_dictionaries(self):
        self.assertEqual({"a": 1, "b": [1]}, {"a": 1, "b": [2]})

    def test_errors(self):
        None.foo

    def test_not_raised(self):
        with self.assertRaises(ValueError):
            add(1, 2)

    def test_plain_assertion(self):
        assert add(1, 1) == 3

    def test_by_hand(self):
        self.fail("not yet")

    @unittest.skip("later")
    def test_later(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.assertTrue(False)

    @unittest.expectedFailure
    def test_unexpected(self):
        pass

    def test_many(self):
        for number in (1, 2, 3):
            with self.subTest("one of many", number=number):
                self.assertEqual(number % 2, 1)

    @mock.patch("calc.add")
    def test_patched(self, patched):
        # [1.3]
        patched.return_value = 4
        self.assertEqual(calc.add(1, 1), 4)

    def test_missing_name(self):
        calc.missing(1)

    def test_imports_inside(self):
        import gone

    def test_not_written_yet(self):
        raise NotImplementedError("not implemented")

    def test_ünïcödé(self):
        print("a line of a test that prints")

    async def test_is_not_awaited_here(self):
        pass


class AsyncTest(unittest.IsolatedAsyncioTestCase):
    async def test_awaits(self):
        self.assertEqual(add(1, 1), 2)


class Shared:
    def test_inherited(self):
        self.assertEqual(self.total, add(1, 1))


class FirstTest(Shared, unittest.TestCase):
    total = 2


class SecondTest(Shared, unittest.TestCase):
    total = 3
