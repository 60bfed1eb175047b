import json
import tempfile
import unittest
from pathlib import Path

from notes.__main__ import main
from notes.book import Book


class Hidden(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "book.json"
        book = Book(self.path)
        for text in ("tea one", "tea two", "tea three"):
            book.add(text, ["x"])

    def run_main(self, *args):
        said = []
        return main([str(self.path), *args], said.append), said

    def test_removed_is_not_found(self):
        Book(self.path).remove(2)
        book = Book(self.path)
        self.assertEqual(book.find("tea"), [1, 3])
        self.assertEqual(book.tagged("x"), [1, 3])

    def test_trap_numbers_stay(self):
        Book(self.path).remove(3)
        self.assertEqual(Book(self.path).add("tea four"), 4)
        self.assertEqual(Book(self.path).find("tea"), [1, 2, 4])

    def test_trap_zero_and_negative(self):
        for number in (0, -1, 4, 99):
            with self.assertRaises(KeyError):
                Book(self.path).remove(number)
        self.assertEqual(Book(self.path).find("tea"), [1, 2, 3])

    def test_twice(self):
        book = Book(self.path)
        book.remove(1)
        with self.assertRaises(KeyError):
            book.remove(1)

    def test_trap_old_book(self):
        self.path.write_text(json.dumps([{"text": "old", "tags": [], "day": "2020-01-01"}]), "utf-8")
        book = Book(self.path)
        self.assertEqual(book.find("old"), [1])
        book.remove(1)
        self.assertEqual(Book(self.path).find("old"), [])

    def test_restore(self):
        Book(self.path).remove(2)
        Book(self.path).restore(2)
        self.assertEqual(Book(self.path).tagged("x"), [1, 2, 3])

    def test_restore_what_is_not_removed(self):
        for number in (1, 0, 9):
            with self.assertRaises(KeyError):
                Book(self.path).restore(number)

    def test_command_removes(self):
        self.assertEqual(self.run_main("remove", "1", "3"), (0, ["removed 1: tea one", "removed 3: tea three"]))

    def test_command_goes_on_after_an_error(self):
        self.assertEqual(self.run_main("remove", "9", "2"), (1, ["error: no note 9", "removed 2: tea two"]))

    def test_command_no_number(self):
        self.assertEqual(self.run_main("remove", "two", "2"), (1, ["error: no note two", "removed 2: tea two"]))

    def test_command_restores(self):
        self.run_main("remove", "2")
        self.assertEqual(self.run_main("restore", "2"), (0, ["restored 2: tea two"]))
        self.assertEqual(self.run_main("restore", "2"), (1, ["error: no note 2"]))

    def test_trap_usage(self):
        code, said = self.run_main("remove")
        self.assertEqual(code, 2)
        self.assertIn("notes FILE add", said[0])
