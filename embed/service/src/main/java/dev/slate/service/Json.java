package dev.slate.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Reads and writes the few shapes of JSON that the service speaks. */
final class Json {
  /** A request has one object and one array in it. */
  private static final int DEEPEST = 4;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(1_000)
                  .maxNameLength(100)
                  .maxNumberLength(100)
                  .build())
          .build();

  /** What Jackson adds for those who set it up: an option that would help, and where it was. */
  private static final Pattern FOR_PROGRAMMERS =
      Pattern.compile("(?s)(: enable `| \\(start marker at |\n).*");

  private Json() {}

  /** Reads a field whose name was read. */
  @FunctionalInterface
  interface Fields {
    /** Reads the value at which the parser stands; throws {@link BadRequest} for another name. */
    void read(String name, JsonParser value) throws IOException;
  }

  /** Writes an object. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator to) throws IOException;
  }

  /**
   * Reads one object and nothing behind it.
   *
   * @throws BadRequest if that is not what stands there
   */
  static void object(byte[] bytes, int from, int length, Fields fields) {
    try (JsonParser parser = FACTORY.createParser(bytes, from, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadRequest("a JSON object is expected");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.read(name, parser);
      }
      if (parser.nextToken() != null) {
        throw new BadRequest("something follows the JSON object");
      }
    } catch (IOException e) {
      String problem = String.valueOf(e.getMessage());
      throw new BadRequest("JSON: " + FOR_PROGRAMMERS.matcher(problem).replaceFirst(""));
    }
  }

  /** Reads an array of finite floats. */
  static float[] floats(String name, JsonParser from, int most) throws IOException {
    start(name, from);
    float[] values = new float[8];
    int size = 0;
    while (from.nextToken() != JsonToken.END_ARRAY) {
      if (!from.currentToken().isNumeric()) {
        throw new BadRequest(name + ": is not a number, column " + size);
      }
      float value = from.getFloatValue();
      if (!Float.isFinite(value)) {
        throw new BadRequest(name + ": does not fit a float, column " + size);
      }
      if (size == most) {
        throw new BadRequest(name + ": has more than " + most + " numbers");
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }
    return Arrays.copyOf(values, size);
  }

  /** Reads an array of ids. */
  static long[] ids(String name, JsonParser from, int most) throws IOException {
    start(name, from);
    long[] values = new long[8];
    int size = 0;
    while (from.nextToken() != JsonToken.END_ARRAY) {
      long value = id(name, from);
      if (size == most) {
        throw new BadRequest(name + ": has more than " + most + " ids");
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }
    return Arrays.copyOf(values, size);
  }

  /** Reads an id. */
  static long id(String name, JsonParser from) throws IOException {
    if (from.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new BadRequest(name + ": is not a whole number");
    }
    return from.getLongValue();
  }

  /** Reads a finite float. */
  static float number(String name, JsonParser from) throws IOException {
    if (!from.currentToken().isNumeric() || !Float.isFinite(from.getFloatValue())) {
      throw new BadRequest(name + ": is not a number that fits a float");
    }
    return from.getFloatValue();
  }

  private static void start(String name, JsonParser from) {
    if (from.currentToken() != JsonToken.START_ARRAY) {
      throw new BadRequest(name + ": is not an array");
    }
  }

  /** Writes one object. */
  static byte[] object(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator to = FACTORY.createGenerator(bytes)) {
      to.writeStartObject();
      content.write(to);
      to.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
