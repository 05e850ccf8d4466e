"""Rows and plain values share their field names: one mapping serves all of them."""

from dataclasses import fields


def restore(cls, row, **given):
    """A value of dataclass `cls` from the fields of `row`; `given` ones are taken as they are."""
    names = (field.name for field in fields(cls))
    return cls(**{name: getattr(row, name) for name in names if name not in given}, **given)


def columns(value, *without):
    """The fields of a dataclass value as columns of its model, those in `without` left out."""
    names = (field.name for field in fields(value))
    return {name: getattr(value, name) for name in names if name not in without}
