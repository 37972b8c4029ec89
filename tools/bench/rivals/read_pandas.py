"""pandas on one thread: read_csv, and a matrix of 32-bit floats where that is asked for."""

import time

import numpy

from answer import answer, give_up

try:
    import pandas
except ImportError:
    give_up("python3-pandas")


class Reader:
    def read(self, path, kind):
        begin = time.perf_counter()
        if kind == "numbers":
            matrix = pandas.read_csv(path).to_numpy(dtype=numpy.float32)
            seconds = time.perf_counter() - begin
            return {"seconds": seconds, "rows": len(matrix), "sum": float(matrix.sum(dtype=float))}
        table = pandas.read_csv(path)
        seconds = time.perf_counter() - begin
        numbers = table.select_dtypes("number")
        return {"seconds": seconds, "rows": len(table), "sum": float(numbers.sum().sum())}


answer(Reader())
