package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag$;

/** What travels between executors arrives, with each of Spark's serialisers. */
final class SerializerTest {
  private static SerializerInstance serializer(String name) {
    SparkConf conf = new SparkConf(false);
    return name.equals("kryo")
        ? new KryoSerializer(conf).newInstance()
        : new JavaSerializer(conf).newInstance();
  }

  private static <T> T sent(T value, SerializerInstance serializer) {
    ByteBuffer bytes = serializer.serialize(value, ClassTag$.MODULE$.apply(value.getClass()));
    return serializer.deserialize(bytes, ClassTag$.MODULE$.apply(value.getClass()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "kryo"})
  void blocksAndAnswersArrive(String name) {
    SerializerInstance serializer = serializer(name);
    ItemBlock items =
        sent(
            new ItemBlock(
                IdColumnTest.texts("", "é"), new float[] {1, -0f, 3, 4}, new float[] {5, 6}),
            serializer);
    assertEquals(2, items.size());
    assertEquals(2, items.dimensions());
    assertEquals("'é'", items.ids().toString(1));
    assertArrayEquals(new float[] {1, -0f, 3, 4}, items.rows());
    assertArrayEquals(new float[] {5, 6}, items.biases());
    QueryBlock asked =
        sent(
            new QueryBlock(
                7,
                8,
                new Fingerprint(13, 14, true),
                2,
                new float[] {9, 10},
                new QueryBlock.Denied(IdColumnTest.numbers(11, 12), new int[] {0, 2}),
                new byte[][] {{1}, {2, 3}}),
            serializer);
    assertEquals(7, asked.partition());
    assertEquals(8, asked.number());
    assertEquals(new Fingerprint(13, 14, true), asked.fingerprint());
    assertEquals(2, asked.size());
    assertArrayEquals(new float[] {9, 10}, asked.vectors());
    assertEquals(12, asked.denied().ids().number(1));
    assertArrayEquals(new int[] {0, 2}, asked.denied().ends());
    assertArrayEquals(new byte[] {2, 3}, asked.rows()[1]);
    assertNull(sent(asked.withoutRows(), serializer).rows());
    ShardAnswers answers =
        sent(
            new ShardAnswers(
                3,
                new Fingerprint(15, 16, false),
                new Answers(new int[] {1, 2}, IdColumnTest.numbers(4, 5), new float[] {6, 7}),
                null),
            serializer);
    assertEquals(3, answers.number());
    assertEquals(new Fingerprint(15, 16, false), answers.fingerprint());
    assertEquals(5, answers.answers().ids().number(answers.answers().start(1)));
    assertArrayEquals(new float[] {6, 7}, answers.answers().scores());
    assertNull(answers.rows());
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "kryo"})
  void aLeaseThatArrivesTwiceIsOne(String name) {
    SerializerInstance serializer = serializer(name);
    IndexLease lease = new IndexLease();
    IndexLease first = sent(lease, serializer);
    SearchSpec spec = new SearchSpec(dev.slate.kernel.Metric.DOT, SearchSpec.AUTO, 1, Float.NaN, 1);
    ShardIndex built = first.index(0, spec, () -> new ShardIndex(null, null));
    IndexLease second = sent(lease, serializer);
    assertSame(first, second);
    assertSame(
        built,
        second.index(
            0,
            spec,
            () -> {
              throw new AssertionError("built twice");
            }));
    assertEquals(1, first.size());
    assertEquals(0, lease.size());
    assertEquals(0, sent(new IndexLease(), serializer).size());
  }
}
