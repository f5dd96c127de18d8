package dev.slate.kernel.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.GroupCounts;
import dev.slate.kernel.select.TopK;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each part is of one group exactly if its items are, and is left out exactly if it may be. */
class UniformPartsTest {
  private static final int CASES = 60;

  @Test
  void partsOfOneGroupAreThoseWhoseItemsAre() {
    int nodes = 0;
    int split = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Case c = new Case(seed);
      BitSet expected = c.expected();
      long[] bits = c.parts.find(c.groupOf);
      String what = "seed " + seed;
      if (!c.hasFullLeafOfOneGroup(expected)) {
        assertNull(bits, what);
        continue;
      }
      assertEquals(expected, BitSet.valueOf(bits), what);
      for (int node = 0; node < c.tree.nodes.count(); node++) {
        int first = c.firstChild(node);
        int fan = c.tree.nodes.fan(node);
        BitSet children = expected.get(first, first + fan);
        long found = c.parts.childrenOfOneGroup(node, bits);
        assertEquals(children, BitSet.valueOf(new long[] {found}), what + " node " + node);
        nodes += children.isEmpty() ? 0 : 1;
        split += first >> 6 != (first + fan - 1) >> 6 && children.length() == fan ? 1 : 0;
      }
    }
    assertTrue(nodes > 0 && split > 0, nodes + " nodes, " + split + " in two words");
  }

  @Test
  void childrenBehindTheirGroupAreDropped() {
    int dropped = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Case c = new Case(seed);
      Random r = new Random(seed);
      CompiledQuery query = new CompiledQuery();
      query.groupOf = c.groupOf;
      query.uniform = c.parts.find(c.groupOf);
      TopK best = new TopK();
      best.reset(10, Candidate.FIRST, Candidate.NONE);
      best.limitGroups(c.groupOf, 1);
      for (int i = 0; i < 10; i++) {
        best.offer(Candidate.pack(r.nextInt(4), r.nextInt(c.groupOf.length)));
      }
      for (int node = 0; node < c.tree.nodes.count(); node++) {
        NodeQueue queue = new NodeQueue();
        NodeQueue expected = new NodeQueue();
        int first = c.tree.nodes.first(node);
        add(queue, -7, 0);
        add(expected, -7, 0);
        for (int child = 0; child < c.tree.nodes.fan(node); child++) {
          int id = (first < 0 ? ~first : first) + child;
          int bound = (int) (Candidate.pack(r.nextInt(4), 0) >> 32);
          if (r.nextInt(4) > 0) {
            add(queue, id, bound);
            if (!c.parts.excludesChild(node, child, bound, query, best)) {
              add(expected, id, bound);
            }
          }
        }
        dropped += queue.size - expected.size;
        c.parts.dropChildren(node, queue, 1, query, best);
        String what = "seed " + seed + " node " + node;
        assertEquals(expected.size, queue.size, what);
        for (int i = 0; i < queue.size; i++) {
          assertEquals(expected.ids[i], queue.ids[i], what);
          assertEquals(expected.bounds[i], queue.bounds[i], what);
        }
      }
    }
    assertTrue(dropped > 0, "nothing was dropped");
  }

  private static void add(NodeQueue queue, int id, int bound) {
    queue.ids[queue.size] = id;
    queue.bounds[queue.size++] = bound;
  }

  /** A tree of items whose groups mostly lie together, in intervals of the first attribute. */
  private static final class Case {
    private final TreeEngine tree;
    private final UniformParts parts;
    private final int[] groupOf;

    private Case(int seed) {
      Random r = new Random(seed);
      int n = 1 + r.nextInt(seed % 4 == 0 ? 100 : 30_000);
      int d = 1 + r.nextInt(3);
      int intervals = 1 + r.nextInt(40);
      int strangers = r.nextInt(3) == 0 ? 0 : 1 + r.nextInt(1_000);
      float[] rows = new float[n * d];
      this.groupOf = new int[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < d; j++) {
          rows[i * d + j] = r.nextFloat();
        }
        int interval = (int) (rows[i * d] * intervals);
        groupOf[i] = interval % 7 == 3 ? GroupCounts.NO_GROUP : interval;
        if (strangers > 0 && r.nextInt(strangers) == 0) {
          groupOf[i] = 1_000 + r.nextInt(n);
        }
      }
      Rows source = new Rows(Catalog.of(rows, d), false, false);
      this.tree = new TreeBuilder(source, new WorkerGroup(null, 1)).build();
      this.parts = new UniformParts(tree.leaves, tree.nodes);
    }

    private int firstChild(int node) {
      int first = tree.nodes.first(node);
      return first < 0 ? tree.nodes.count() + ~first : first;
    }

    /** The parts whose items belong to one group: nodes, then leaves. */
    private BitSet expected() {
      BitSet expected = new BitSet();
      for (int part = 0; part < tree.nodes.count() + tree.leaves.count(); part++) {
        Set<Integer> groups = new HashSet<>();
        collect(part, groups);
        expected.set(part, groups.size() == 1 && !groups.contains(GroupCounts.NO_GROUP));
      }
      return expected;
    }

    private void collect(int part, Set<Integer> groups) {
      int leaf = part - tree.nodes.count();
      if (leaf < 0) {
        for (int c = 0; c < tree.nodes.fan(part); c++) {
          collect(firstChild(part) + c, groups);
        }
        return;
      }
      for (int lane = 0; lane < tree.leaves.lanes; lane++) {
        int ordinal = tree.leaves.ordinal(leaf, lane);
        if (ordinal >= 0) {
          groups.add(groupOf[ordinal]);
        }
      }
    }

    private boolean hasFullLeafOfOneGroup(BitSet expected) {
      boolean found = false;
      for (int leaf = 0; leaf < tree.leaves.count(); leaf++) {
        found |= tree.leaves.full(leaf) && expected.get(tree.nodes.count() + leaf);
      }
      return found;
    }
  }
}
