package dev.slate.recommend.feedback;

import dev.slate.recommend.Kind;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Weighting;
import java.util.Locale;

/**
 * A weighting out of settings: {@code weight.KIND=NUMBER}, {@code scale=none|linear|log} for the
 * values of implicit kinds, and {@code positive-from=RATING}.
 */
public final class WeightingSettings {
  private WeightingSettings() {}

  /** Reads the settings; those that are not given are as {@link Weighting#usual} has them. */
  public static Weighting of(Settings settings) {
    Weighting weighting = Weighting.usual();
    for (Kind kind : Kind.values()) {
      String key = "weight." + kind.word();
      if (settings.has(key)) {
        weighting = weighting.weight(kind, settings.number(key, 1, -1e6, 1e6));
      }
    }
    if (settings.has("positive-from")) {
      weighting = weighting.positiveFrom(settings.number("positive-from", 0, -1e9, 1e9));
    }
    String scale = settings.text("scale", "none");
    try {
      return weighting.scale(Weighting.Scale.valueOf(scale.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw settings.refused("scale", "'" + scale + "' is not none, linear or log", e);
    }
  }
}
