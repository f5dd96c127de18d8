"""Times the k-d tree of SciPy, compiled from C++; float64, as it wants them.

    python3 scipy_tree.py --items items.npy --queries queries.npy [-k 10] [--help]

Debian: apt install python3-scipy
"""

import sys

import timing
import numpy
import scipy
from scipy.spatial import cKDTree


def build(items, metric):
    if metric != "euclidean":
        sys.exit("scipy-kd-tree: finds the nearest only")
    tree = cKDTree(items)

    def search(queries, k):
        ordinals = tree.query(queries, k)[1]
        return numpy.reshape(ordinals, (len(queries), k))

    return search


timing.main("scipy-kd-tree", scipy.__version__, "leaf 16", build)
