"""The functions that Tableau Prep offers to ``get_output_schema()`` of a script.

Tableau documents them as parts of ``pd.DataFrame({'name': prep_string(), ...})``: each is a column
of one value, and the value names the type. A list is a column both for a DataFrame and for a plain
dict, and needs no import of pandas.
"""

from __future__ import annotations


def prep_string() -> list[str]:
    """Return a column of type text."""
    return ["prep_string_type"]


def prep_int() -> list[str]:
    """Return a column of type integer."""
    return ["prep_int_type"]


def prep_decimal() -> list[str]:
    """Return a column of type decimal number."""
    return ["prep_decimal_type"]


def prep_bool() -> list[str]:
    """Return a column of type boolean."""
    return ["prep_bool_type"]


def prep_date() -> list[str]:
    """Return a column of type date."""
    return ["prep_date_type"]


def prep_datetime() -> list[str]:
    """Return a column of type date and time."""
    return ["prep_datetime_type"]


NAMES = {
    function.__name__: function
    for function in (prep_string, prep_int, prep_decimal, prep_bool, prep_date, prep_datetime)
}
