#!/usr/bin/env python3
"""The command __NAME__ [filter...]: how full the disks of some nodes are."""
import json
import sys


def say(**line):
    print(json.dumps(line), flush=True)


request = json.loads(sys.stdin.readline())
if request["type"] == "describe":
    say(type="declaration", api="__API_LEVEL__", version="1.0.0", commands=[{
        "name": "__NAME__",
        "summary": "reports how full disks are",
        "examples": ["__NAME__", "__NAME__ env=staging"],
        "parameters": [{"name": "filter", "form": "rest", "type": "nodes",
                        "required": False, "help": "which nodes (default: all)"}]}])
else:
    say(type="ask-nodes", filter=" ".join(request["arguments"].get("filter", [])))
    answer = json.loads(sys.stdin.readline())
    if answer["type"] == "unreadable":
        say(type="refusal", reason=answer["reason"])
    elif not answer["nodes"]:
        say(type="refusal", reason="No node matches.")
    else:
        say(type="work", capability="adhoc", action="disk", arguments={"arguments": []},
            nodes=[node["name"] for node in answer["nodes"]], changes=False)
