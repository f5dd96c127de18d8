"""Times the exact flat index of FAISS.

    python3 faiss_flat.py --items items.npy --queries queries.npy [-k 10] [--metric euclidean] [--batch 1] [--help]

Debian: apt install python3-faiss
"""

import timing
import faiss


def build(items, metric):
    faiss.omp_set_num_threads(1)
    index = (faiss.IndexFlatL2 if metric == "euclidean" else faiss.IndexFlatIP)(items.shape[1])
    if metric == "cosine":
        faiss.normalize_L2(items)
    index.add(items)

    def search(queries, k):
        if metric == "cosine":
            queries = queries.copy()
            faiss.normalize_L2(queries)
        return index.search(queries, k)[1]

    return search


timing.main("faiss-flat", faiss.__version__, "", build)
