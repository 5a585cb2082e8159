"""openpyxl in its read-only mode. Prints the same line as the contenders on Node."""

import json
import resource
import sys
import time

from openpyxl import load_workbook

cpu_before = time.process_time()
start = time.perf_counter()
rows = 0
cells = 0
workbook = load_workbook(sys.argv[1], read_only=True, data_only=True)
for row in workbook.worksheets[0].iter_rows(values_only=True):
    rows += 1
    for value in row:
        if value is not None and value != "":
            cells += 1
print(
    json.dumps(
        {
            "rows": rows,
            "cells": cells,
            "seconds": time.perf_counter() - start,
            "cpuSeconds": time.process_time() - cpu_before,
            "rssPeakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        }
    )
)
