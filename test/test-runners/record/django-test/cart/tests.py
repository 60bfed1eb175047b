import unittest

from django.contrib.contenttypes.models import ContentType
from django.test import SimpleTestCase, TestCase

from cart.price import total


class PriceTest(SimpleTestCase):
    def test_adds(self):
        """adds lines [1.1]"""
        self.assertEqual(total([(2, 3)]), 6)

    def test_wrong(self):
        """is wrong [1.2]"""
        self.assertEqual(total([(2, 3)]), 7)

    def test_throws(self):
        total(None)

    def test_many(self):
        for count in (1, 2):
            with self.subTest(count=count):
                self.assertEqual(total([(1, count)]), 1)

    @unittest.skip("later")
    def test_later(self):
        pass


class DatabaseTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        ContentType.objects.create(app_label="cart", model="line")

    def test_reads(self):
        self.assertEqual(ContentType.objects.filter(app_label="cart").count(), 1)

    def test_reads_wrong(self):
        self.assertEqual(ContentType.objects.filter(app_label="cart").count(), 2)


class HookTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        raise RuntimeError("no data")

    def test_never_runs(self):
        pass
