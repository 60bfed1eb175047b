from datetime import date

import pytest

from helpdesk import TicketStore, link, resolve

DAY = date(2025, 3, 1)


def filled(count):
    store = TicketStore()
    for number in range(count):
        store.open(f"ticket {number + 1}", DAY)
    return store


def test_ids_count_from_one():
    assert [ticket.id for ticket in filled(3).all()] == [1, 2, 3]


def test_an_id_is_never_given_twice():
    store = filled(3)
    store.withdraw(3, DAY)
    store.close(1, DAY)
    assert store.open("another", DAY).id == 4
    assert TicketStore.load(store.dump()).open("one more", DAY).id == 5


def test_states():
    store = filled(2)
    store.close(1, DAY)
    assert [ticket.id for ticket in store.all("closed")] == [1]
    store.reopen(1)
    assert store.get(1).state == "open"
    store.withdraw(1, DAY)
    with pytest.raises(ValueError):
        store.reopen(1)
    with pytest.raises(ValueError):
        store.close(1, DAY)


def test_unknown_id():
    with pytest.raises(KeyError):
        filled(1).get(2)


def test_dump_and_load():
    store = filled(2)
    store.close(2, DAY)
    assert TicketStore.load(store.dump()).all() == store.all()


def test_links():
    store = filled(2)
    assert link(store.get(2)) == "HD-2"
    assert resolve("Re: [HD-2] help", store) == store.get(2)
    assert resolve("HD-9", store) is None
    assert resolve("hello", store) is None
