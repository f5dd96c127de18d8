package org.example;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sums in order: each addition waits for the one before it, so that time grows with their number. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SumBenchmark {
  @Param("2000")
  public int n;

  private double[] values = {};
  private int again;
  private boolean garbage;
  private double sum;

  @Setup
  public void prepare() throws IOException {
    values = new Random(1).doubles(n).toArray();
    Properties careless = new Properties();
    try (InputStream in = SumBenchmark.class.getResourceAsStream("careless.properties")) {
      careless.load(in);
    }
    again = n * Integer.parseInt(careless.getProperty("slowdown")) / 100;
    garbage = Boolean.parseBoolean(careless.getProperty("garbage"));
  }

  @Benchmark
  public Object sum() {
    sum = sum(n) + sum(again);
    return garbage ? new double[] {sum} : this;
  }

  private double sum(int count) {
    double result = 0;
    for (int i = 0; i < count; i++) {
      result += values[i];
    }
    return result;
  }
}
