"""A book of notes in one JSON file."""
import json
from datetime import date
from pathlib import Path


class Book:
    def __init__(self, path):
        self.path = Path(path)
        self.notes = json.loads(self.path.read_text("utf-8")) if self.path.exists() else []

    def add(self, text, tags=(), day=None):
        """Adds a note and gives its number, from 1."""
        if not text.strip():
            raise ValueError("a note needs a text")
        self.notes.append({"text": text, "tags": sorted(set(tags)), "day": (day or date.today()).isoformat()})
        self._save()
        return len(self.notes)

    def find(self, word):
        """Numbers of the notes whose text has the word, in any case."""
        return [i + 1 for i, note in enumerate(self.notes) if not note.get("removed") and word.lower() in note["text"].lower()]

    def tagged(self, tag):
        return [i + 1 for i, note in enumerate(self.notes) if not note.get("removed") and tag in note["tags"]]

    def remove(self, number):
        """Takes a note away and gives its text; its number stays taken."""
        return self._mark(number, False, True)

    def restore(self, number):
        return self._mark(number, True, False)

    def _mark(self, number, was, becomes):
        if not 1 <= number <= len(self.notes) or self.notes[number - 1].get("removed", False) is not was:
            raise KeyError(number)
        note = self.notes[number - 1]
        note.pop("removed", None)
        if becomes:
            note["removed"] = True
        self._save()
        return note["text"]

    def _save(self):
        self.path.write_text(json.dumps(self.notes, ensure_ascii=False, indent=1), "utf-8")
