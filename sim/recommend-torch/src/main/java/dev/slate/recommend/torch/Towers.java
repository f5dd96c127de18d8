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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of both towers in PyTorch's memory, and the steps that train them. */
final class Towers implements AutoCloseable {
  private static final double FIRST = 0.9;
  private static final double SECOND = 0.999;
  private static final float SPREAD = 0.05f;
  private static final float MASKED = -1e9f;

  private final NDManager manager = NDManager.newBaseManager();
  private final int d;
  private final double rate;
  private final double decay;
  private final Interactions history;
  private final List<Parameter> parameters = new ArrayList<>();
  private final Parameter users;
  private final Parameter items;
  private final Parameter bias;
  private final @Nullable Side ofUsers;
  private final @Nullable Side ofItems;
  private final boolean[] had;
  private int steps;

  /** A tensor that learns, and Adam's two moments of its gradient. */
  private record Parameter(NDArray value, NDArray mean, NDArray square, boolean decays) {}

  /** Features, and the map from them to vectors. */
  private record Side(NDArray features, Parameter map) {}

  Towers(Training training, int d, double rate, double decay) {
    this.d = d;
    this.rate = rate;
    this.decay = decay;
    this.history = training.interactions();
    this.had = new boolean[history.columns()];
    this.users = parameter(new Shape(history.rows(), d), SPREAD);
    this.items = parameter(new Shape(history.columns(), d), SPREAD);
    this.bias = parameter(new Shape(history.columns()), 0);
    this.ofUsers = side(training.userFeatures());
    this.ofItems = side(training.itemFeatures());
  }

  private Parameter parameter(Shape shape, float spread) {
    NDArray value = manager.randomNormal(0, 1, shape, DataType.FLOAT32).mul(spread);
    value.setRequiresGradient(true);
    Parameter parameter =
        new Parameter(value, manager.zeros(shape), manager.zeros(shape), shape.dimension() > 1);
    parameters.add(parameter);
    return parameter;
  }

  /** Columns of features are scaled to mean 0 and deviation 1, then rows to length 1. */
  private @Nullable Side side(@Nullable Features features) {
    if (features == null) {
      return null;
    }
    NDArray raw = manager.create(features.values(), new Shape(features.rows(), features.width()));
    NDArray centred = raw.sub(raw.mean(new int[] {0}, true));
    NDArray deviation = centred.square().mean(new int[] {0}, true).sqrt().add(1e-6f);
    NDArray scaled = centred.div(deviation);
    NDArray length = scaled.square().sum(new int[] {1}, true).sqrt().add(1e-6f);
    return new Side(scaled.div(length), parameter(new Shape(features.width(), d), 0.1f * SPREAD));
  }

  /**
   * One step of Adam on the pairs from..to, and the loss before it. What it makes on the way is
   * freed at its end: results belong to the manager of the parameters, which lives on.
   */
  double step(int[] user, int[] item, double[] share, int from, int to) {
    int n = to - from;
    long[] u = new long[n];
    long[] v = new long[n];
    float[] logQ = new float[n];
    for (int i = 0; i < n; i++) {
      u[i] = user[from + i];
      v[i] = item[from + i];
      logQ[i] = (float) Math.log(share[item[from + i]]);
    }
    float[] mask = mask(user, item, from, n);
    try (NDManager scope = manager.newSubManager();
        NDScope made = new NDScope()) {
      made.suppressNotUsedWarning();
      NDArray indexU = scope.create(u);
      NDArray indexV = scope.create(v);
      double value;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray left = rows(users, ofUsers, indexU);
        NDArray right = rows(items, ofItems, indexV);
        NDArray logits =
            left.matMul(right.transpose())
                .add(bias.value.get(new NDIndex("{}", indexV)).reshape(1, n))
                .sub(scope.create(logQ, new Shape(1, n)))
                .add(scope.create(mask, new Shape(n, n)));
        NDArray diagonal = logits.logSoftmax(1).mul(scope.eye(n)).sum();
        NDArray loss = diagonal.neg().div(n);
        collector.backward(loss);
        value = loss.getFloat();
      }
      steps++;
      double scale = rate * Math.sqrt(1 - Math.pow(SECOND, steps)) / (1 - Math.pow(FIRST, steps));
      for (Parameter parameter : parameters) {
        update(parameter, scale);
      }
      return value;
    }
  }

  /** What the user has as well is no wrong answer. */
  private float[] mask(int[] user, int[] item, int from, int n) {
    float[] mask = new float[n * n];
    for (int i = 0; i < n; i++) {
      int start = history.start(user[from + i]);
      int end = history.start(user[from + i] + 1);
      for (int at = start; at < end; at++) {
        had[history.column(at)] = true;
      }
      for (int j = 0; j < n; j++) {
        if (i != j && had[item[from + j]]) {
          mask[i * n + j] = MASKED;
        }
      }
      for (int at = start; at < end; at++) {
        had[history.column(at)] = false;
      }
    }
    return mask;
  }

  private NDArray rows(Parameter ids, @Nullable Side side, NDArray index) {
    NDArray rows = ids.value.get(new NDIndex("{}", index));
    return side == null
        ? rows
        : rows.add(side.features.get(new NDIndex("{}", index)).matMul(side.map.value));
  }

  /** Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019). */
  private void update(Parameter parameter, double scale) {
    try (NDScope made = new NDScope()) {
      made.suppressNotUsedWarning();
      NDArray gradient = parameter.value.getGradient();
      parameter.mean.muli(FIRST).addi(gradient.mul(1 - FIRST));
      parameter.square.muli(SECOND).addi(gradient.square().muli(1 - SECOND));
      NDArray change = parameter.mean.div(parameter.square.sqrt().addi(1e-8f)).muli(scale);
      gradient.subi(gradient); // PyTorch adds the next one to it.
      parameter.value.setRequiresGradient(false);
      parameter.value.subi(change);
      if (parameter.decays) {
        parameter.value.muli(1 - rate * decay);
      }
      parameter.value.setRequiresGradient(true);
    }
  }

  /** The vectors of all users and items. */
  Factors factors() {
    return new Factors(d, all(users, ofUsers), all(items, ofItems), bias.value.toFloatArray());
  }

  private static float[] all(Parameter ids, @Nullable Side side) {
    return side == null
        ? ids.value.toFloatArray()
        : ids.value.add(side.features.matMul(side.map.value)).toFloatArray();
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
