package dev.slate.recommend.cli;

import dev.slate.data.InputException;
import dev.slate.data.OtherFormats;
import dev.slate.recommend.TrainingException;
import dev.slate.recommend.feedback.FeedbackFormat;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Names the option at fault where the library names data. */
final class TrainingErrors {
  private TrainingErrors() {}

  /** Runs {@code slate train}; a {@link TrainingException} becomes bad input. */
  static int asInput(IntSupplier command) {
    try {
      return command.getAsInt();
    } catch (TrainingException e) {
      throw new InputException(option(e.data()), e.problem(), e);
    }
  }

  private static String option(TrainingException.Data data) {
    return switch (data) {
      case FEEDBACK -> "--feedback";
      case ITEM_FEATURES -> "--item-features";
      case USER_FEATURES -> "--user-features";
      case SPLIT -> "--split";
    };
  }

  /** Refuses a log whose layout neither an option nor its name tells. */
  static void requireFormat(String option, @Nullable FeedbackFormat format, List<String> specs) {
    for (String spec : specs) {
      if (format == null && FeedbackFormat.byName(spec) == null) {
        OtherFormats.refuse(spec);
        throw new InputException(
            spec,
            "its name does not tell its format: say " + option + " movielens|lastfm|inter|csv");
      }
    }
  }
}
