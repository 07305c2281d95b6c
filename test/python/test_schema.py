from __future__ import annotations

import pytest

from tabpy.tabpy_tools.schema import generate_schema


@pytest.mark.parametrize(
    ("sample", "schema"),
    [
        (5, {"type": "integer"}),
        (1.5, {"type": "number"}),
        (True, {"type": "boolean"}),
        (None, {"type": "null"}),
        ("x", {"type": "string"}),
        ([], {"type": "array"}),
        ({}, {"type": "object"}),
        ([1, 1.5], {"type": "array", "items": {"type": "number"}}),
        (["a", 1], {"type": "array", "items": {"type": ["integer", "string"]}}),
        ((1, 2), {"type": "array", "items": {"type": "integer"}}),
        (
            [1, [2]],
            {
                "type": "array",
                "items": {
                    "anyOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]
                },
            },
        ),
        (
            [{"a": 1}, {"a": 2.5, "b": 3}],
            {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"a": {"type": "number"}, "b": {"type": "integer"}},
                    "required": ["a"],
                },
            },
        ),
    ],
    ids=repr,
)
def test_describes_samples_as_genson_does(sample, schema) -> None:
    assert str(generate_schema(sample, 1)["input"]) == str(schema)


def test_describes_the_example_of_the_documentation() -> None:
    schema = generate_schema(
        input={"x": 3, "y": 2},
        output=6,
        input_description={"x": "value of x", "y": "value of y"},
        output_description="x times y",
    )
    assert schema == {
        "input": {
            "type": "object",
            "properties": {
                "x": {"type": "integer", "description": "value of x"},
                "y": {"type": "integer", "description": "value of y"},
            },
            "required": ["x", "y"],
        },
        "sample": {"x": 3, "y": 2},
        "output": {"type": "integer", "description": "x times y"},
    }


@pytest.mark.parametrize(
    ("sample", "description", "text"),
    [
        ({"x": 1}, "d", "{'x': 1} and d do not match"),
        ({"x": 1}, {"y": "z"}, "y not found in {'x': 1}"),
        (1, {"y": "z"}, "1 and {'y': 'z'} do not match"),
    ],
)
def test_refuses_descriptions_that_do_not_fit(sample, description, text) -> None:
    with pytest.raises(Exception, match=r"do not match|not found") as caught:
        generate_schema(sample, 1, description)
    assert str(caught.value) == text


def test_refuses_samples_that_json_does_not_know() -> None:
    with pytest.raises(RuntimeError, match="Could not find matching schema type"):
        generate_schema(object(), 1)
