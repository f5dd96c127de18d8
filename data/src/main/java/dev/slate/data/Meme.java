package dev.slate.data;

import java.util.List;
import java.util.Objects;

/**
 * One meme, with its attributes in [-1, 1].
 *
 * @param name of its picture
 * @param humour from not funny to hilarious
 * @param sarcasm from not sarcastic to general
 * @param offensive from not offensive to hateful
 * @param motivational -1 or 1
 * @param overallSentiment from very negative to very positive
 */
public record Meme(
    String name,
    float humour,
    float sarcasm,
    float offensive,
    float motivational,
    float overallSentiment) {
  /** Names of the attributes, in their order. */
  public static final List<String> ATTRIBUTES =
      List.of("humour", "sarcasm", "offensive", "motivational", "overall_sentiment");

  /**
   * Creates a meme.
   *
   * @param name of its picture
   * @param humour in [-1, 1]
   * @param sarcasm in [-1, 1]
   * @param offensive in [-1, 1]
   * @param motivational in [-1, 1]
   * @param overallSentiment in [-1, 1]
   * @throws IllegalArgumentException if an attribute is out of range
   */
  public Meme {
    Objects.requireNonNull(name, "name");
    check(humour);
    check(sarcasm);
    check(offensive);
    check(motivational);
    check(overallSentiment);
  }

  /**
   * Creates a meme from an array.
   *
   * @param name of its picture
   * @param attributes five values in the order of {@link #ATTRIBUTES}
   * @return the meme
   * @throws IllegalArgumentException if there are not five, or one is out of range
   */
  public static Meme of(String name, float... attributes) {
    if (attributes.length != ATTRIBUTES.size()) {
      throw new IllegalArgumentException("a meme has 5 attributes, not " + attributes.length);
    }
    return new Meme(
        name, attributes[0], attributes[1], attributes[2], attributes[3], attributes[4]);
  }

  /**
   * The attributes as a row.
   *
   * @return five values in the order of {@link #ATTRIBUTES}; a new array
   */
  public float[] attributes() {
    return new float[] {humour, sarcasm, offensive, motivational, overallSentiment};
  }

  private static void check(float attribute) {
    if (!(attribute >= -1 && attribute <= 1)) {
      throw new IllegalArgumentException("attribute must be from -1 to 1, but it is " + attribute);
    }
  }
}
