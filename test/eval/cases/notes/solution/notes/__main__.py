"""notes FILE add TEXT [#tag …] | find WORD | tagged TAG | remove NUMBER … | restore NUMBER"""
import sys

from .book import Book


def main(args, out=print):
    if len(args) < 3:
        out(__doc__)
        return 2
    path, verb, *rest = args
    book = Book(path)
    if verb == "add":
        words = " ".join(rest).split()
        tags = [word[1:] for word in words if word.startswith("#")]
        text = " ".join(word for word in words if not word.startswith("#"))
        try:
            out(f"note {book.add(text, tags)}")
        except ValueError as error:
            out(f"error: {error}")
            return 1
        return 0
    if verb in ("find", "tagged"):
        for number in getattr(book, verb)(rest[0]):
            out(f"{number}: {book.notes[number - 1]['text']}")
        return 0
    if verb in ("remove", "restore"):
        code = 0
        for word in rest:
            try:
                out(f"{verb}{'d' if verb == 'remove' else 'd'} {int(word)}: {getattr(book, verb)(int(word))}")
            except (KeyError, ValueError):
                out(f"error: no note {word}")
                code = 1
        return code
    out(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
