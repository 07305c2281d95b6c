"""Describes sample values as JSON Schema, for the ``schema`` of a deployed function.

TabPy uses genson and jsonschema for this; the outputs here are the same, key order included,
because ``GET /endpoints`` shows the schema as the text of a Python dict.
"""

from __future__ import annotations

from typing import Any

_TEXT_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    list: "array",
    tuple: "array",
    dict: "object",
}


def generate_schema(
    input: Any,
    output: Any,
    input_description: Any = None,
    output_description: Any = None,
) -> dict[str, Any]:
    """Return ``{"input": schema, "sample": input, "output": schema}`` for one sample call.

    Descriptions are a text, or for a dict of parameters a dict of texts. Raises ``Exception``
    when descriptions do not fit the samples, as TabPy does.
    """
    return {
        "input": _described(input, input_description),
        "sample": input,
        "output": _described(output, output_description),
    }


def _described(sample: Any, description: Any) -> dict[str, Any]:
    schema = _schema_of([sample])
    if description is None:
        return schema
    properties = schema.get("properties")
    if properties is None:
        if isinstance(description, dict):
            raise _mismatch(f"{sample} and {description} do not match")
        schema["description"] = description
        return schema
    if not isinstance(description, dict):
        raise _mismatch(f"{sample} and {description} do not match")
    for key, text in description.items():
        if key not in properties:
            raise _mismatch(f"{key} not found in {sample}")
        properties[key]["description"] = text
    return schema


def _mismatch(text: str) -> Exception:
    """Return the class that TabPy raises, which is as broad as this."""
    return Exception(text)


def _schema_of(samples: list[Any]) -> dict[str, Any]:
    """Return one schema that fits all samples, in the order in which their kinds appear."""
    by_kind: dict[str, list[Any]] = {}
    for sample in samples:
        by_kind.setdefault(_kind_of(sample), []).append(sample)
    schemas = [_of_kind(kind, members) for kind, members in by_kind.items()]
    bare = sorted(schema["type"] for schema in schemas if len(schema) == 1)
    others = [schema for schema in schemas if len(schema) > 1]
    if bare:
        others.insert(0, {"type": bare[0] if len(bare) == 1 else bare})
    return others[0] if len(others) == 1 else {"anyOf": others}


def _kind_of(sample: Any) -> str:
    for kind, name in _TEXT_KINDS.items():
        if type(sample) is kind:
            return name
    for kind, name in _TEXT_KINDS.items():
        if isinstance(sample, kind):
            return name
    raise RuntimeError(f"Could not find matching schema type for object: {sample!r}")


def _of_kind(kind: str, members: list[Any]) -> dict[str, Any]:
    if kind == "number":
        return {"type": "number" if any(isinstance(n, float) for n in members) else "integer"}
    if kind == "array":
        items = [item for member in members for item in member]
        return {"type": "array", "items": _schema_of(items)} if items else {"type": "array"}
    if kind == "object":
        return _of_objects(members)
    return {"type": kind}


def _of_objects(members: list[dict[str, Any]]) -> dict[str, Any]:
    values: dict[str, list[Any]] = {}
    for member in members:
        for key, value in member.items():
            values.setdefault(key, []).append(value)
    schema: dict[str, Any] = {"type": "object"}
    if values:
        schema["properties"] = {key: _schema_of(samples) for key, samples in values.items()}
    required = sorted(set(values).intersection(*members))
    if required:
        schema["required"] = required
    return schema
