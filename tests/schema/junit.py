"""Checks a JUnit report on standard input; prints what is wrong and fails then."""
import sys
import xml.etree.ElementTree as ElementTree

# Element → attributes it must have, attributes it may have, elements it may hold.
GRAMMAR = {
    "testsuites": ({"tests", "failures", "errors"}, {"name", "skipped", "time"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors"}, {"skipped", "time"}, {"testcase"}),
    "testcase": ({"name", "classname"}, {"file", "line", "time"}, {"failure", "error", "skipped"}),
    "failure": ({"message", "type"}, set(), set()),
    "error": ({"message", "type"}, set(), set()),
    "skipped": (set(), {"message"}, set()),
}
faults = []


def check_grammar(element):
    must, may, children = GRAMMAR[element.tag]
    for name in must - set(element.keys()):
        faults.append(f"<{element.tag}> without {name}")
    for name in set(element.keys()) - must - may:
        faults.append(f"<{element.tag}> with {name}")
    for child in element:
        if child.tag in children:
            check_grammar(child)
        else:
            faults.append(f"<{child.tag}> in <{element.tag}>")


def check_counts(element):
    for attribute, path in {
        "tests": ".//testcase",
        "failures": ".//failure",
        "errors": ".//error",
        "skipped": ".//skipped",
    }.items():
        there = len(element.findall(path))
        if int(element.get(attribute, there)) != there:
            faults.append(f"{element.tag} {element.get('name')!r}: {attribute} is not {there}")


root = ElementTree.fromstring(sys.stdin.buffer.read())
if root.tag != "testsuites":
    faults.append(f"begins with <{root.tag}>")
else:
    check_grammar(root)
    for element in [root, *root]:
        check_counts(element)
print("\n".join(faults))
sys.exit(1 if faults else 0)
