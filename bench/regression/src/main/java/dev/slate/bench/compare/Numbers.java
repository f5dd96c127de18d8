package dev.slate.bench.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them: four digits, SI letters for the large ones. */
public final class Numbers {
  private static final String LETTERS = "kMGTP";
  private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

  private Numbers() {}

  /**
   * A value in at most seven characters.
   *
   * @param value in any unit
   * @return four significant digits: {@code 0.0123}, {@code 12.34}, {@code 14.02M}, {@code 1.2e-7};
   *     an empty string for NaN
   */
  public static String value(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    double size = Math.abs(value);
    if (value == 0) {
      return "0";
    }
    if (Double.isInfinite(value) || size >= 1e18 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.1e", value).replace("e-0", "e-").replace("e+", "e");
    }
    double scaled = new BigDecimal(value).round(DIGITS).doubleValue();
    if (Math.abs(scaled) < 10_000) {
      return digits(scaled);
    }
    int letter = -1;
    while (Math.abs(scaled) >= 1000 && letter < LETTERS.length() - 1) {
      scaled /= 1000;
      letter++;
    }
    return digits(scaled) + LETTERS.charAt(letter);
  }

  /**
   * A share as a percentage, unsigned.
   *
   * @param share 0.1 is ten percent
   * @return such as {@code 10%} or {@code 2.5%}
   */
  public static String percent(double share) {
    return Double.isInfinite(share) ? "∞" : plain(Math.round(share * 1000) / 10.0) + "%";
  }

  /**
   * A change as a percentage with its sign.
   *
   * @param share 0.1 is ten percent more
   * @return such as {@code +10.0%}; {@code new} from nothing; an empty string for NaN
   */
  public static String change(double share) {
    if (Double.isNaN(share)) {
      return "";
    }
    if (Double.isInfinite(share)) {
      return "from 0";
    }
    return signed(share) + "%";
  }

  /**
   * A change in percent, without the sign of percent.
   *
   * @param share 0.1 is ten percent more
   * @return such as {@code +10.0}
   */
  public static String signed(double share) {
    double percent = share * 100;
    int digits = Math.abs(percent) >= 100 ? 0 : 1;
    String text = String.format(Locale.ROOT, "%+." + digits + "f", percent);
    return text.equals("-0.0") ? "+0.0" : text;
  }

  /**
   * A number as short as it is written by hand.
   *
   * @param value such as 0.01 or 5.0
   * @return such as {@code 0.01} or {@code 5}
   */
  public static String plain(double value) {
    return new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString();
  }

  private static String digits(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
