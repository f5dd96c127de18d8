"""What every peer in Python shares: options, vectors, answers, and the clock."""

import argparse
import json
import os
import sys
import time
from array import array

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import numpy  # noqa: E402: reads the number of threads


def main(peer, version, detail, build):
    """Times build(items, metric), a function from m x d queries and k to m x k ordinals."""
    options = parse(peer)
    try:
        items = numpy.load(options.items)
        queries = numpy.load(options.queries)
    except (OSError, ValueError) as problem:
        sys.exit(f"{peer}: {problem}")
    if items.dtype != numpy.float32 or items.ndim != 2 or queries.shape[1:] != items.shape[1:] or not len(queries):
        sys.exit(f"{peer}: items and queries are float32 of the same dimensions")
    k = min(options.k, len(items))

    start = time.perf_counter()
    search = build(items, options.metric)
    build_s = time.perf_counter() - start

    if options.answers:
        answer(search, queries[: options.checked], k, options)
    m = options.batch
    rows = [numpy.ascontiguousarray(queries[numpy.arange(i, i + m) % len(queries)]) for i in range(0, len(queries), m)]
    measure(search, rows, k, options.warmup)
    samples = measure(search, rows, k, options.seconds)
    if options.samples:
        with open(options.samples, "wb") as out:
            samples.tofile(out)
    percentile = numpy.percentile(samples, [50, 99], method="lower") / 1e3
    print(
        json.dumps(
            {
                "peer": peer,
                "version": version,
                "detail": detail,
                "build_s": round(build_s, 3),
                "samples": len(samples),
                "p50_us": percentile[0],
                "p99_us": percentile[1],
            }
        )
    )


def parse(peer):
    parser = argparse.ArgumentParser(prog=peer)
    parser.add_argument("--items", required=True, help="npy file of float32")
    parser.add_argument("--queries", required=True, help="npy file of float32")
    parser.add_argument("-k", type=int, default=10)
    parser.add_argument("--metric", default="euclidean", choices=["euclidean", "dot", "cosine"])
    parser.add_argument("--batch", type=int, default=1, help="queries in one call")
    parser.add_argument("--warmup", type=float, default=1, help="seconds")
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--checked", type=int, help="how many queries to answer, from the first; all unless given")
    parser.add_argument("--answers", help="ivecs file to write")
    parser.add_argument("--samples", help="file to write: nanoseconds of each call, int64")
    return parser.parse_args()


def answer(search, queries, k, options):
    """Writes the ordinals, found in calls as they are timed."""
    m = options.batch
    with open(options.answers, "wb") as out:
        for first in range(0, len(queries), m):
            for row in search(numpy.ascontiguousarray(queries[first : first + m]), k):
                numpy.concatenate(([len(row)], row)).astype("<i4").tofile(out)


def measure(search, rows, k, seconds):
    """Calls in turn until the time is over; nanoseconds of each call."""
    samples = array("q")
    end = time.perf_counter_ns() + int(seconds * 1e9)
    now, i = 0, 0
    while now < end or not samples:
        row = rows[i]
        start = time.perf_counter_ns()
        search(row, k)
        now = time.perf_counter_ns()
        samples.append(now - start)
        i = i + 1 if i + 1 < len(rows) else 0
    return samples
