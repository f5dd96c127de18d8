package dev.slate.recommend.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.slate.recommend.Factors;
import dev.slate.recommend.Features;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Training;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of both towers, and the steps that train them. Vectors of ids are in arrays of
 * Java, of which PyTorch gets the rows that a batch meets; the maps of features, and the features,
 * are in PyTorch's memory.
 */
final class Towers implements AutoCloseable {
  private static final float SPREAD = 0.05f;
  private static final float MASKED = -1e9f;

  private final NDManager manager = NDManager.newBaseManager();
  private final int d;
  private final Adam adam;
  private final Interactions history;
  private final EmbeddingTable users;
  private final EmbeddingTable items;
  private final EmbeddingTable bias;
  private final @Nullable Side ofUsers;
  private final @Nullable Side ofItems;

  /** A tensor that learns, and Adam's two moments of its gradient. */
  private record Parameter(NDArray value, NDArray mean, NDArray square) {}

  /** Features, and the map from them to vectors. */
  private record Side(NDArray features, Parameter map) {}

  Towers(Training training, int d, Adam adam) {
    SplittableRandom random = new SplittableRandom(training.seed());
    this.d = d;
    this.adam = adam;
    this.history = training.interactions();
    this.users = new EmbeddingTable(history.rows(), d, SPREAD, true, random);
    this.items = new EmbeddingTable(history.columns(), d, SPREAD, true, random);
    this.bias = new EmbeddingTable(history.columns(), 1, 0, false, random);
    this.ofUsers = side(training.userFeatures());
    this.ofItems = side(training.itemFeatures());
  }

  /** Columns of features are scaled to mean 0 and deviation 1, then rows to length 1. */
  private @Nullable Side side(@Nullable Features features) {
    if (features == null) {
      return null;
    }
    try (NDScope made = new NDScope()) {
      made.suppressNotUsedWarning();
      Shape shape = new Shape(features.width(), d);
      NDArray raw = manager.create(features.values(), new Shape(features.rows(), features.width()));
      NDArray centred = raw.sub(raw.mean(new int[] {0}, true));
      NDArray deviation = centred.square().mean(new int[] {0}, true).sqrt().add(1e-6f);
      NDArray scaled = centred.div(deviation);
      NDArray length = scaled.square().sum(new int[] {1}, true).sqrt().add(1e-6f);
      NDArray value = manager.randomNormal(0, 1, shape, DataType.FLOAT32).mul(0.1f * SPREAD);
      value.setRequiresGradient(true);
      Side side =
          new Side(
              scaled.div(length), new Parameter(value, manager.zeros(shape), manager.zeros(shape)));
      NDScope.unregister(side.features, side.map.value, side.map.mean, side.map.square);
      return side;
    }
  }

  /**
   * One step of Adam on the pairs from..to, and the loss before it. What it makes on the way is
   * freed at its end.
   */
  double step(int[] user, int[] item, double[] share, int from, int to) {
    int n = to - from;
    int[] userPlace = users.select(user, from, to);
    int[] itemPlace = items.select(item, from, to);
    bias.select(item, from, to);
    float[] logQ = new float[n];
    for (int i = 0; i < n; i++) {
      logQ[i] = (float) Math.log(share[item[from + i]]);
    }
    try (NDManager scope = manager.newSubManager();
        NDScope made = new NDScope()) {
      made.suppressNotUsedWarning();
      NDArray rowsU = leaf(scope, users, d);
      NDArray rowsV = leaf(scope, items, d);
      NDArray rowsB = leaf(scope, bias, 1);
      NDArray indexV = scope.create(longs(itemPlace));
      double value;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray left =
            rows(scope, rowsU, users, ofUsers)
                .get(new NDIndex("{}", scope.create(longs(userPlace))));
        NDArray right = rows(scope, rowsV, items, ofItems).get(new NDIndex("{}", indexV));
        NDArray offset =
            rowsB
                .get(new NDIndex("{}", indexV))
                .reshape(1, n)
                .sub(scope.create(logQ, new Shape(1, n)));
        NDArray logits =
            left.matMul(right.transpose()).addi(offset).addi(mask(scope, user, itemPlace, from, n));
        NDArray diagonal = scope.arange(n).toType(DataType.INT64, false).reshape(n, 1);
        NDArray loss = logits.logSoftmax(1).gather(diagonal, 1).sum().neg().div(n);
        collector.backward(loss);
        value = loss.getFloat();
      }
      adam.advance();
      users.update(rowsU.getGradient().toFloatArray(), adam);
      items.update(rowsV.getGradient().toFloatArray(), adam);
      bias.update(rowsB.getGradient().toFloatArray(), adam);
      update(ofUsers);
      update(ofItems);
      return value;
    }
  }

  private static NDArray leaf(NDManager scope, EmbeddingTable table, int d) {
    NDArray rows = scope.create(table.gather(), new Shape(table.size(), d));
    rows.setRequiresGradient(true);
    return rows;
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  /** What the user has as well is no wrong answer: n x n, 0 or {@link #MASKED}. */
  private NDArray mask(NDManager scope, int[] user, int[] itemPlace, int from, int n) {
    int[] next = new int[n];
    int[] last = new int[items.size()];
    Arrays.fill(last, -1);
    for (int j = 0; j < n; j++) {
      next[j] = last[itemPlace[j]];
      last[itemPlace[j]] = j;
    }
    LongArrayList masked = new LongArrayList();
    for (int i = 0; i < n; i++) {
      int end = history.start(user[from + i] + 1);
      for (int at = history.start(user[from + i]); at < end; at++) {
        int place = items.place(history.column(at));
        for (int j = place < 0 ? -1 : last[place]; j >= 0; j = next[j]) {
          if (i != j) {
            masked.add((long) i * n + j);
          }
        }
      }
    }
    NDArray mask = scope.zeros(new Shape((long) n * n));
    if (!masked.isEmpty()) {
      float[] low = new float[masked.size()];
      Arrays.fill(low, MASKED);
      mask = mask.put(scope.create(masked.toLongArray()), scope.create(low));
    }
    return mask.reshape(n, n);
  }

  /** The vectors of a batch's distinct ids. */
  private static NDArray rows(
      NDManager scope, NDArray ids, EmbeddingTable table, @Nullable Side side) {
    return side == null
        ? ids
        : ids.add(
            side.features
                .get(new NDIndex("{}", scope.create(longs(table.ids()))))
                .matMul(side.map.value));
  }

  /** Adam on a map, all of which each step meets. */
  private void update(@Nullable Side side) {
    if (side == null) {
      return;
    }
    Parameter map = side.map;
    NDArray gradient = map.value.getGradient();
    map.mean.muli(Adam.FIRST).addi(gradient.mul(1 - Adam.FIRST));
    map.square.muli(Adam.SECOND).addi(gradient.square().muli(1 - Adam.SECOND));
    NDArray change = map.mean.div(map.square.sqrt().addi(Adam.EPSILON)).muli(adam.scale());
    gradient.subi(gradient); // PyTorch adds the next one to it.
    map.value.setRequiresGradient(false);
    map.value.subi(change);
    map.value.muli(adam.kept());
    map.value.setRequiresGradient(true);
  }

  /** The vectors of all users and items. */
  Factors factors() {
    return new Factors(d, all(users, ofUsers), all(items, ofItems), bias.values());
  }

  private static float[] all(EmbeddingTable ids, @Nullable Side side) {
    float[] rows = ids.values();
    if (side != null) {
      try (NDArray mapped = side.features.matMul(side.map.value)) {
        float[] ofFeatures = mapped.toFloatArray();
        for (int i = 0; i < rows.length; i++) {
          rows[i] += ofFeatures[i];
        }
      }
    }
    return rows;
  }

  /** How many tensors are held: as many after each step. */
  int held() {
    return manager.getManagedArrays().size();
  }

  @Override
  public void close() {
    manager.close();
  }
}
