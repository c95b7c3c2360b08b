"""Checks documents on standard input against a JSON Schema; prints what is wrong and fails then.

usage: validate.py SCHEMA [--yaml]    one document, JSON unless --yaml is given
"""
import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1], encoding="utf-8"))
text = sys.stdin.buffer.read().decode("utf-8")  # a report is UTF-8, whatever it is about
if "--yaml" in sys.argv:
    import yaml

    # YAML 1.1 takes on, off and dates for other types; the schema is of what stands there.
    class Plain(yaml.SafeLoader):
        pass

    Plain.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("bool", "timestamp"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    document = yaml.load(text, Plain)
else:
    document = json.loads(text)

kind = jsonschema.validators.validator_for(schema)
kind.check_schema(schema)
faults = [f"{error.json_path}: {error.message[:300]}" for error in kind(schema).iter_errors(document)]
print("\n".join(faults))
sys.exit(1 if faults else 0)
