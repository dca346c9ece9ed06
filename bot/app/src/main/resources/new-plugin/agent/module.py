#!/usr/bin/env python3
"""The agent module __NAME__: how full a file system is."""
import json
import os
import sys

wanted = json.loads(sys.stdin.readline())
try:
    fs = os.statvfs(wanted["path"])
except OSError as error:
    print(json.dumps({"type": "result", "ok": False, "message": str(error)}))
    sys.exit()
used = 100 - 100 * fs.f_bavail // max(fs.f_blocks, 1)
print(json.dumps({"type": "result", "ok": used <= wanted.get("limit", 90),
                  "message": f"{used}% used", "data": {"used_percent": used}}))
